export { createRedirectionVerifier, type RedirectionVerifierOptions } from "./standalone.js";
export type { RedirectionVerifier, VerifyOptions } from "./verifier.js";
export type { RedirectionInput } from "./token-input.js";
export type { FetchFunction } from "../http/runtime-fetch.js";
export { PurseConfigurationError } from "../errors/configuration-error.js";
export { isPurseError } from "../errors/union.js";
export { PurseRedirectionError, type RedirectionRefusal } from "../errors/redirection-error.js";

export type { PurseJsonWebKey, PurseJsonWebKeySet, RedirectionClaims } from "../../generated/schema.js";
