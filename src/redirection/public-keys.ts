import { algorithm, keyId } from "./algorithm.js";

/** Not by its global name: Node's type definitions have none, and their users need no DOM library. */
export type VerificationKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** Keys by id. Two keys may share an id, as `5` and `"5"` do once ids are text; each of them is the service's own. */
export type PublicKeys = ReadonlyMap<string, readonly VerificationKey[]>;

/** What jose would import for the fixed algorithm, without the code that imports for all the others. */
const importAlgorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;
const smallestModulusBits = 2048;
const smallestExponent = 65_537;

/**
 * Makes keys of a JSON Web Key Set. Bad entries are skipped, so that they do not take the good ones with them.
 * Rejects when none is left: an empty set would call every genuine token a forgery.
 */
export async function importKeySet(set: unknown): Promise<PublicKeys> {
  const imported = await Promise.all(entriesOf(set).map(importKey));
  const keys = new Map<string, VerificationKey[]>();
  for (const entry of imported) {
    if (entry !== undefined) keys.set(entry.kid, [...(keys.get(entry.kid) ?? []), entry.key]);
  }
  if (keys.size === 0) throw new Error("no usable key");
  return keys;
}

function entriesOf(set: unknown): readonly unknown[] {
  if (typeof set !== "object" || set === null || !("keys" in set)) return [];
  return Array.isArray(set.keys) ? set.keys : [];
}

async function importKey(entry: unknown): Promise<{ kid: string; key: VerificationKey } | undefined> {
  if (typeof entry !== "object" || entry === null) return undefined;
  const { kty, n, e, kid, ...purpose } = entry as Record<string, unknown>; // Each member is checked here.
  const id = keyId(kid);
  if (id === undefined || kty !== "RSA" || typeof n !== "string" || typeof e !== "string") return undefined;
  if (!isForVerifying(purpose)) return undefined;
  try {
    // Only the public parts: whatever else the entry holds does not take part.
    const key = await crypto.subtle.importKey("jwk", { kty, n, e }, importAlgorithm, false, ["verify"]);
    return isStrong(key) ? { kid: id, key } : undefined;
  } catch {
    return undefined;
  }
}

/** A member that is absent, or null as some servers write it, restricts nothing. */
function isForVerifying({ alg, use, key_ops: operations }: Record<string, unknown>): boolean {
  if ((alg ?? algorithm) !== algorithm || (use ?? "sig") !== "sig") return false;
  return (
    (operations ?? undefined) === undefined || (Array.isArray(operations) && operations.includes("verify"))
  );
}

function isStrong(key: VerificationKey): boolean {
  const { modulusLength, publicExponent } = key.algorithm as RsaHashedKeyAlgorithm; // An RSA key, by its `kty`.
  const exponent = publicExponent.reduce((value, byte) => value * 256 + byte, 0);
  return modulusLength >= smallestModulusBits && exponent >= smallestExponent && exponent % 2 === 1;
}
