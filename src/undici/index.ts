export { createUndiciFetch, type UndiciFetchOptions } from "./undici-fetch.js";

export { PurseConfigurationError } from "../errors/configuration-error.js";
export type { FetchAnswer, FetchLike } from "../http/exchange.js";
export { isPurseError } from "../errors/purse-error.js";
