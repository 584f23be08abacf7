import type { PurseJsonWebKeySet } from "../../generated/schema.js";
import { systemClock, type Clock } from "../clock.js";
import type { FetchLike } from "../http/fetch-like.js";
import { runtimeFetch } from "../http/runtime-fetch.js";
import { checkUrl, failOption, isProductionHost, readDurationMs, checkFetch } from "../checks/options.js";
import { readMembers } from "../checks/members.js";
import { fetchKeySet } from "./fetch-key-set.js";
import { createFixedKeySet } from "./key-set.js";
import { createFetchingVerifier, createVerifier, type RedirectionVerifier } from "./verifier.js";

/** Options of {@link createRedirectionVerifier}. Set either `jwksUrl` or `keys`. */
export interface RedirectionVerifierOptions {
  /**
   * URL of the key set, for example `https://api.purse-sandbox.com/payment/v2/signing-jwks`. Fetched on the first
   * verification and cached; `http:` is accepted for loopback addresses only.
   */
  jwksUrl?: string | URL | undefined;
  /** The key set itself. Nothing is fetched; you must update it when Purse rotates its keys. */
  keys?: PurseJsonWebKeySet | undefined;
  /** Used instead of the global `fetch`. Called with a URL and plain options. */
  fetch?: FetchLike | undefined;
  /**
   * Timeout for fetching the key set, in milliseconds. The shopper may wait for it.
   * @defaultValue 5000
   */
  timeoutMs?: number | undefined;
  /**
   * Allows `http:` for other than loopback addresses. Refused for production.
   * @defaultValue false
   */
  allowInsecureHttp?: boolean | undefined;
}

const optionNames = [
  "jwksUrl",
  "keys",
  "fetch",
  "timeoutMs",
  "allowInsecureHttp",
] as const satisfies readonly (keyof RedirectionVerifierOptions)[];

const defaultTimeoutMs = 5000;

/**
 * Creates a verifier for redirects that needs no credentials, for a process that serves the return page without access to
 * the client secret. Create it once and reuse it, because it caches the keys.
 *
 * It checks the same as `purse.redirection`. A genuine token does not mean that the order is paid: before shipping, read the
 * payment with a client that has credentials.
 *
 * Source: parameter, claims and key set are documented; the algorithm (RS256) is inferred from the keys.
 *
 * @throws PurseConfigurationError when an option is missing or invalid.
 *
 * @example
 * ```ts
 * import { createRedirectionVerifier } from "purse-payments/redirection";
 *
 * const verifier = createRedirectionVerifier({
 *   jwksUrl: "https://api.purse-sandbox.com/payment/v2/signing-jwks",
 * });
 *
 * export async function paymentToLookAt(requestUrl: string, clientSessionId: string): Promise<string | undefined> {
 *   const claims = await verifier.verify(requestUrl, { clientSessionId });
 *   return claims.payment_id;
 * }
 * ```
 */
export function createRedirectionVerifier(options: RedirectionVerifierOptions): RedirectionVerifier {
  return createStandaloneVerifier(options, systemClock);
}

/** {@link createRedirectionVerifier} with a clock, for tests. */
export function createStandaloneVerifier(given: unknown, clock: Clock): RedirectionVerifier {
  // Every member is checked below.
  const options: RedirectionVerifierOptions = readMembers(given, "options", optionNames, failOption);
  const { jwksUrl, keys } = options;
  if ((jwksUrl === undefined) === (keys === undefined))
    failOption("jwksUrl", "or keys is required, but not both.");
  if (keys !== undefined) return createVerifier(createFixedKeySet(checkKeys(keys)), clock);
  const source = {
    url: readJwksUrl(options),
    fetch: checkFetch(options.fetch) ?? runtimeFetch,
    timeoutMs: readDurationMs(options.timeoutMs, "timeoutMs", defaultTimeoutMs),
    clock,
  };
  return createFetchingVerifier({ clock, timeoutMs: source.timeoutMs, fetchKeys: () => fetchKeySet(source) });
}

/** Copies the keys, because they are imported later, when the caller may have changed the object. */
function checkKeys(keys: unknown): object {
  if (typeof keys === "object" && keys !== null && "keys" in keys && Array.isArray(keys.keys))
    return { keys: keys.keys.map((key: unknown) => (typeof key === "object" ? { ...key } : key)) };
  return failOption("keys", "must be a JSON Web Key Set: an object with an array keys.");
}

function readJwksUrl({ jwksUrl, allowInsecureHttp }: RedirectionVerifierOptions): string {
  // Not `instanceof`: frameworks have their own URL classes.
  const text: unknown = typeof jwksUrl === "string" ? jwksUrl : (jwksUrl as Partial<URL> | null)?.href;
  if (typeof text !== "string") return failOption("jwksUrl", "must be a string or a URL.");
  const allowHttp = allowInsecureHttp === true;
  if (allowHttp && isProductionHost(text)) failOption("allowInsecureHttp", "cannot be used with production.");
  return checkUrl(text, "jwksUrl", allowHttp).href;
}
