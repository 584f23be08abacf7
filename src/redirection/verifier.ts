import { compactVerify } from "jose/jws/compact/verify";
import { importJWK } from "jose/key/import";
import type { RedirectionClaims } from "../../generated/schema.js";
import type { Clock } from "../clock.js";
import { PurseRedirectionError } from "../errors/redirection-error.js";
import { readClaims } from "./claims.js";
import { createKeySet, type ImportedKey, type KeySet } from "./key-set.js";
import { findToken, type RedirectionInput } from "./token-input.js";

/** What a redirection is checked against. */
export interface VerifyOptions {
  /** Id of the session the shopper was sent out with; a genuine token of another session is refused. */
  clientSessionId?: string | undefined;
}

export interface RedirectionVerifier {
  verify(input: RedirectionInput, options?: VerifyOptions): Promise<RedirectionClaims>;
}

export interface VerifierParts {
  readonly clock: Clock;
  readonly fetchKeys: () => Promise<readonly unknown[]>;
}

/** The keys do not say what they are for, so the algorithm is fixed here and never read from the token. */
const algorithm = "RS256";
const smallestModulusBits = 2048;

export function createVerifier({ clock, fetchKeys }: VerifierParts): RedirectionVerifier {
  const keys = createKeySet({ clock, fetchKeys, importKey });
  return {
    async verify(input, options = {}) {
      const token = findToken(input);
      const payload = await verifySignature(token, await findKey(token, keys));
      const claims = readClaims(payload, clock.wallMs());
      const { clientSessionId } = options;
      if (clientSessionId !== undefined && claims.client_session_id !== clientSessionId) {
        throw new PurseRedirectionError(
          "other_session",
          "The token is genuine, but belongs to another client session.",
        );
      }
      return claims;
    },
  };
}

async function findKey(token: string, keys: KeySet): Promise<CryptoKey> {
  const key = await keys.find(readKeyId(token));
  if (key === undefined)
    throw new PurseRedirectionError("key_unknown", "The token names a key that the service does not list.");
  return key;
}

/** Checks the header before any key is looked up, and takes nothing from it but the key's id. */
function readKeyId(token: string): string {
  const segments = token.split(".");
  if (segments.length !== 3 || !segments.every(isStrictBase64Url)) {
    throw new PurseRedirectionError("token_malformed", "The token is not three segments of base64url.");
  }
  const header = parseHeader(segments[0] ?? "");
  if (header["alg"] !== algorithm) {
    throw new PurseRedirectionError("algorithm_refused", `The token must be signed with ${algorithm}.`);
  }
  if ("crit" in header || "b64" in header) {
    throw new PurseRedirectionError(
      "header_refused",
      "The token's header demands an extension that is not supported.",
    );
  }
  const kid = keyId(header["kid"]);
  if (kid === undefined)
    throw new PurseRedirectionError("header_refused", "The token's header names no key.");
  return kid;
}

/** Only the one spelling: a token that can be written in two ways slips past lists of tokens already seen. */
function isStrictBase64Url(segment: string): boolean {
  if (!/^[A-Za-z0-9_-]+$/.test(segment) || segment.length % 4 === 1) return false;
  const unusedBits = (segment.length * 6) % 8;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return (alphabet.indexOf(segment.at(-1) ?? "") & ((1 << unusedBits) - 1)) === 0;
}

function parseHeader(segment: string): Record<string, unknown> {
  try {
    const binary = atob(segment.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof header === "object" && header !== null && !Array.isArray(header)) return { ...header };
  } catch {
    // Falls through to the refusal.
  }
  throw new PurseRedirectionError("token_malformed", "The token's header is not a JSON object.");
}

async function verifySignature(token: string, key: CryptoKey): Promise<Uint8Array> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: [algorithm] });
    return payload;
  } catch (error) {
    const name = error instanceof Error ? error.name : "Error";
    throw new PurseRedirectionError("signature_invalid", "The token's signature does not match.", { name });
  }
}

/** The documentation shows ids once as a number and once as text; they are compared as text. */
function keyId(value: unknown): string | undefined {
  if (typeof value === "string" && value !== "") return value;
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : undefined;
}

/** Makes a key of one entry. A bad entry is skipped, so that it does not take the good ones with it. */
async function importKey(entry: unknown): Promise<ImportedKey | undefined> {
  if (typeof entry !== "object" || entry === null) return undefined;
  const { kty, n, e, kid, alg, use } = entry as Record<string, unknown>;
  const id = keyId(kid);
  if (id === undefined || kty !== "RSA" || typeof n !== "string" || typeof e !== "string") return undefined;
  if ((alg !== undefined && alg !== algorithm) || (use !== undefined && use !== "sig")) return undefined;
  try {
    // Only the public parts: whatever else the entry holds does not take part.
    const key = await importJWK({ kty, n, e }, algorithm);
    return key instanceof Uint8Array || !isStrong(key) ? undefined : { kid: id, key };
  } catch {
    return undefined;
  }
}

function isStrong(key: CryptoKey): boolean {
  const { modulusLength, publicExponent } = key.algorithm as RsaHashedKeyAlgorithm; // An RSA key, by its `kty`.
  const exponent = publicExponent.reduce((value, byte) => value * 256 + byte, 0);
  return modulusLength >= smallestModulusBits && exponent >= 65_537 && exponent % 2 === 1;
}
