export { createRedirectionVerifier, type RedirectionVerifierOptions } from "./standalone.js";
export type { RedirectionVerifier, VerifyOptions } from "./verifier.js";
export type { RedirectionInput } from "./token-input.js";
export type { FetchAnswer } from "../http/fetch-like.js";
export type { FetchFunction } from "../http/fetch-like.js";
export type { FetchLike } from "../http/fetch-like.js";
export { PurseConfigurationError } from "../errors/configuration-error.js";
export { isPurseError } from "../errors/union.js";
export { PurseRedirectionError, type RedirectionRefusal } from "../errors/redirection-error.js";

export type { PurseJsonWebKey, PurseJsonWebKeySet, RedirectionClaims } from "../../generated/schema.js";
