import type { PurseJsonWebKeySet } from "../../generated/schema.js";
import { systemClock, type Clock } from "../clock.js";
import type { FetchLike } from "../http/fetch-like.js";
import { checkUrl, failOption, isProductionHost, readDurationMs, readFetch } from "../checks/options.js";
import { readMembers } from "../checks/members.js";
import { fetchKeySet } from "./fetch-key-set.js";
import { createFixedKeySet } from "./key-set.js";
import { createFetchingVerifier, createVerifier, type RedirectionVerifier } from "./verifier.js";

/** How to set up a verifier: where its keys come from. Give `jwksUrl` or `keys`, not both. */
export interface RedirectionVerifierOptions {
  /**
   * Address of the key set, for example `https://api.purse-sandbox.com/payment/v2/signing-jwks`. Fetched at the first
   * verification and kept; `http:` is accepted for loopback addresses only.
   */
  jwksUrl?: string | URL | undefined;
  /** The keys themselves, as a JSON Web Key Set: nothing is fetched, and a rotation is yours to follow. */
  keys?: PurseJsonWebKeySet | undefined;
  /** Fetches the key set, instead of the global `fetch`. Called with an address and plain options. */
  fetch?: FetchLike | undefined;
  /**
   * Time for fetching the key set, in milliseconds. A shopper is waiting meanwhile.
   * @defaultValue 5000
   */
  timeoutMs?: number | undefined;
  /**
   * Lets `http:` reach other than loopback addresses. Refused for production.
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

const standardTimeoutMs = 5000;

/**
 * Makes a verifier of redirections that needs no credentials: for the process that serves the return page and has
 * no business with the client secret. Make one and keep it: it keeps the keys.
 *
 * It refuses and accepts what `purse.redirection` does. A genuine token is not a paid order: whoever ships has to read
 * the payment first, with a client that has credentials.
 *
 * @throws PurseConfigurationError when an option is missing or wrong.
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
 *
 * Source: parameter, claims and key set are documented; the algorithm (RS256) is inferred from the keys.
 */
export function createRedirectionVerifier(options: RedirectionVerifierOptions): RedirectionVerifier {
  return createStandaloneVerifier(options, systemClock);
}

/** As {@link createRedirectionVerifier}; tests give it a clock of their own. */
export function createStandaloneVerifier(given: unknown, clock: Clock): RedirectionVerifier {
  // Each member is checked below, whatever its declared type.
  const options: RedirectionVerifierOptions = readMembers(given, "options", optionNames, failOption);
  const { jwksUrl, keys } = options;
  if ((jwksUrl === undefined) === (keys === undefined))
    failOption("jwksUrl", "or keys is needed, and not both.");
  if (keys !== undefined) return createVerifier(createFixedKeySet(checkKeys(keys)), clock);
  const source = {
    url: readJwksUrl(options),
    fetch: readFetch(options.fetch),
    timeoutMs: readDurationMs(options.timeoutMs, "timeoutMs", standardTimeoutMs),
    clock,
  };
  return createFetchingVerifier({ clock, timeoutMs: source.timeoutMs, fetchKeys: () => fetchKeySet(source) });
}

/** A copy: keys are imported when the first token comes, and the caller's object may be another by then. */
function checkKeys(keys: unknown): object {
  if (typeof keys === "object" && keys !== null && "keys" in keys && Array.isArray(keys.keys))
    return { keys: keys.keys.map((key: unknown) => (typeof key === "object" ? { ...key } : key)) };
  return failOption("keys", "must be a JSON Web Key Set: an object whose member keys is a list.");
}

function readJwksUrl({ jwksUrl, allowInsecureHttp }: RedirectionVerifierOptions): string {
  // A URL by its member, not by its class: frameworks have their own.
  const text: unknown = typeof jwksUrl === "string" ? jwksUrl : (jwksUrl as Partial<URL> | null)?.href;
  if (typeof text !== "string") return failOption("jwksUrl", "must be a string or a URL.");
  const allowHttp = allowInsecureHttp === true;
  if (allowHttp && isProductionHost(text)) failOption("allowInsecureHttp", "cannot be used with production.");
  return checkUrl(text, "jwksUrl", allowHttp).href;
}
