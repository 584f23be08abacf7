export { createNodeFetch, type NodeFetch } from "./node-fetch.js";
export type { NodeFetchOptions, Pem } from "./options.js";

export { PurseConfigurationError } from "../errors/configuration-error.js";
export { isPurseError } from "../errors/union.js";
