import {
  base64Url,
  concat,
  fromBase64Url,
  fromNumber,
  power,
  toBytes,
  toNumber,
  type Bytes,
} from "./bytes.js";

const rs256 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;

/** An RSA key pair, and its entry in a key set with nothing but what the documentation shows. */
export interface TestKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly privateJwk: Readonly<Record<"n" | "e" | "d", string>>;
  readonly entry: Readonly<Record<"kty" | "kid" | "n" | "e", string>>;
}

export const goodClaims = {
  client_session_id: "session-1",
  client_session_status: "COMPLETED",
  payment_id: "payment-1",
  authorization_status: "AUTHORIZED",
} as const;

export const goodHeader = { alg: "RS256", kid: "key-1" } as const;

export async function makeKey(
  kid: string,
  { modulusLength = 2048, publicExponent = [1, 0, 1] } = {},
): Promise<TestKey> {
  const parameters = { ...rs256, modulusLength, publicExponent: Uint8Array.from(publicExponent) };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(parameters, true, ["sign", "verify"]);
  const { n = "", e = "", d = "" } = await crypto.subtle.exportKey("jwk", privateKey);
  return { privateKey, publicKey, privateJwk: { n, e, d }, entry: { kty: "RSA", kid, n, e } };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** The service's key. */
export const genuineKey: () => Promise<TestKey> = once(() => makeKey("key-1"));
/** A second key of the service. */
export const otherKey: () => Promise<TestKey> = once(() => makeKey("key-2"));
/** A key that the service knows nothing of. */
export const attackerKey: () => Promise<TestKey> = once(() => makeKey("attacker"));

/** The first two segments; what is neither bytes nor text is written as JSON. */
export function signingInput(header: unknown, payload: unknown): string {
  return `${base64Url(header)}.${base64Url(payload)}`;
}

/** Signs header and payload as they are. */
export async function sign(
  key: TestKey,
  header: unknown = goodHeader,
  payload: unknown = goodClaims,
): Promise<string> {
  return signInput(key, signingInput(header, payload));
}

export async function signInput(key: TestKey, input: string): Promise<string> {
  return withSignature(input, await signatureOf(key, input));
}

export async function signatureOf(key: TestKey, input: string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(rs256, key.privateKey, toBytes(input)));
}

export function withSignature(input: string, signature: Uint8Array): string {
  return `${input}.${base64Url(signature)}`;
}

/** Signs with another algorithm of the same key. */
export async function signAs(
  key: TestKey,
  algorithm: RsaHashedImportParams & { saltLength?: number },
  header: unknown,
): Promise<string> {
  const jwk = { ...(await crypto.subtle.exportKey("jwk", key.privateKey)) };
  delete jwk.alg;
  const privateKey = await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["sign"]);
  const input = signingInput(header, goodClaims);
  return withSignature(
    input,
    new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, toBytes(input))),
  );
}

/** A keyed hash under a secret of the attacker's choice. */
export async function signHmac(secret: Uint8Array, bits: number, header: unknown): Promise<string> {
  const algorithm = { name: "HMAC", hash: `SHA-${String(bits)}` };
  const key = await crypto.subtle.importKey("raw", new Uint8Array(secret), algorithm, false, ["sign"]);
  const input = signingInput(header, goodClaims);
  return withSignature(input, new Uint8Array(await crypto.subtle.sign(algorithm, key, toBytes(input))));
}

/** The bare RSA operation with the private exponent, for blocks that no library would sign. */
export function signBlock(key: TestKey, block: Uint8Array): Bytes {
  const [n, d] = [toNumber(fromBase64Url(key.privateJwk.n)), toNumber(fromBase64Url(key.privateJwk.d))];
  return fromNumber(power(toNumber(block), d, n), 256);
}

export async function sha256(input: string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", toBytes(input)));
}

/** The bytes that stand before a SHA-256 hash in a signed block. */
export const sha256Prefix: Bytes = Uint8Array.from([
  0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04,
  0x20,
]);

/** A block of PKCS #1 v1.5: 00 01, padding, 00, content. */
export function paddedBlock(content: Uint8Array, length = 256): Bytes {
  const padding = new Uint8Array(length - content.length - 3).fill(0xff);
  return concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), content);
}

export async function publicKeyDer(key: TestKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey("spki", key.publicKey));
}

export async function publicKeyPem(key: TestKey): Promise<string> {
  const text = btoa(String.fromCharCode(...(await publicKeyDer(key))));
  return `-----BEGIN PUBLIC KEY-----\n${(text.match(/.{1,64}/g) ?? []).join("\n")}\n-----END PUBLIC KEY-----`;
}
