import { CompactSign } from "jose/jws/compact/sign";
import { exportJWK } from "jose/key/export";
import { generateKeyPair } from "jose/key/generate/keypair";
import type { JsonWebKeySet, RedirectionClaims } from "../../generated/schema.js";

const algorithm = "RS256";

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

export interface SigningKeys {
  /** What the key set endpoint answers. */
  list(): Promise<JsonWebKeySet>;
  /** The signed token that goes along when the shopper is sent back. */
  sign(claims: RedirectionClaims): Promise<string>;
}

/** The newest key signs; older ones stay in the set, as after a key rotation. */
export function createSigningKeys(): SigningKeys {
  const keys: Promise<SigningKey>[] = [];

  function current(): Promise<SigningKey> {
    const newest = keys.at(-1) ?? generateKey();
    if (keys.length === 0) keys.push(newest);
    return newest;
  }

  return {
    async list() {
      await current();
      return { keys: await Promise.all(keys.map(async (key) => toJsonWebKey(await key))) };
    },
    async sign(claims) {
      const { kid, privateKey } = await current();
      const payload = new TextEncoder().encode(JSON.stringify(claims));
      return new CompactSign(payload).setProtectedHeader({ alg: algorithm, kid }).sign(privateKey);
    },
  };
}

async function generateKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { modulusLength: 2048 });
  return { kid: crypto.randomUUID(), privateKey, publicKey };
}

async function toJsonWebKey({ kid, publicKey }: SigningKey): Promise<JsonWebKeySet["keys"][number]> {
  const { kty, e, n } = await exportJWK(publicKey);
  if (kty === undefined || e === undefined || n === undefined) throw new Error("not an RSA key");
  return { kty, e, n, kid };
}
