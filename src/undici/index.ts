export { createUndiciFetch, type UndiciFetchOptions } from "./undici-fetch.js";

export { PurseConfigurationError } from "../errors/configuration-error.js";
export type { FetchAnswer } from "../http/fetch-like.js";
export type { FetchLike } from "../http/fetch-like.js";
export { isPurseError } from "../errors/union.js";
