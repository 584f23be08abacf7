import { algorithm, keyId } from "./algorithm.js";

/** Derived, because `CryptoKey` is not a global type in Node's type definitions. */
export type VerificationKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** Keys by id. Two keys of the service may share an id, for example `5` and `"5"`. */
export type PublicKeys = ReadonlyMap<string, readonly VerificationKey[]>;

/** The Web Crypto parameters of RS256; saves jose's import code for all other algorithms. */
const importAlgorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;
const minModulusBits = 2048;
const minExponent = 65_537;

/**
 * Imports a JSON Web Key Set, skipping invalid entries. Rejects when no key is usable, because with an empty set every
 * genuine token would count as forged.
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
    // Only the public members are imported.
    const key = await crypto.subtle.importKey("jwk", { kty, n, e }, importAlgorithm, false, ["verify"]);
    return isStrong(key) ? { kid: id, key } : undefined;
  } catch {
    return undefined;
  }
}

/** An absent or null member does not restrict the key. */
function isForVerifying({ alg, use, key_ops: operations }: Record<string, unknown>): boolean {
  if ((alg ?? algorithm) !== algorithm || (use ?? "sig") !== "sig") return false;
  return (
    (operations ?? undefined) === undefined || (Array.isArray(operations) && operations.includes("verify"))
  );
}

function isStrong(key: VerificationKey): boolean {
  const { modulusLength, publicExponent } = key.algorithm as RsaHashedKeyAlgorithm; // An RSA key, by its `kty`.
  const exponent = publicExponent.reduce((value, byte) => value * 256 + byte, 0);
  return modulusLength >= minModulusBits && exponent >= minExponent && exponent % 2 === 1;
}
