import { casesOf, type Attack, type AttackCase } from "./attack-case.js";
import { base64Url, concat, cubeRoot, fromNumber, toNumber } from "./bytes.js";
import {
  genuineKey,
  goodClaims,
  goodHeader,
  makeKey,
  otherKey,
  paddedBlock,
  sha256,
  sha256Prefix,
  sign,
  signatureOf,
  signingInput,
  withSignature,
} from "./signing.js";

const input = signingInput(goodHeader, goodClaims);

/** The key set lists a good key too, so that the set as such can be used. */
const beside = async (entry: unknown, token: string): Promise<Attack> => ({
  token,
  keys: [entry, (await otherKey()).entry],
});

/** Bleichenbacher, 2006: the cube root of a block that is right up to the hash, made without the private key. */
const cubeRootForgery = async (): Promise<Attack> => {
  const { entry } = await genuineKey();
  const content = concat(sha256Prefix, await sha256(input));
  const start = concat(Uint8Array.of(0, 1), new Uint8Array(8).fill(0xff), Uint8Array.of(0), content);
  const highest = toNumber(concat(start, new Uint8Array(256 - start.length).fill(0xff)));
  return beside({ ...entry, e: "Aw" }, withSignature(input, fromNumber(cubeRoot(highest), 256)));
};

/** With the exponent 1 a signature is the padded hash itself. */
const exponentOneForgery = async (): Promise<Attack> => {
  const { entry } = await genuineKey();
  const forged = paddedBlock(concat(sha256Prefix, await sha256(input)));
  return beside({ ...entry, e: "AQ" }, withSignature(input, forged));
};

const withExponent = (e: bigint, length: number) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return beside({ ...key.entry, e: base64Url(fromNumber(e, length)) }, await sign(key));
};

const made =
  (options: { modulusLength?: number; publicExponent?: number[] }) => async (): Promise<Attack> => {
    const key = await makeKey("key-1", options);
    return beside(key.entry, withSignature(input, await signatureOf(key, input)));
  };

const described = (members: object) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return beside({ ...key.entry, ...members }, await sign(key));
};

const listed =
  (...others: readonly unknown[]) =>
  async (): Promise<Attack> => {
    const key = await genuineKey();
    return { token: await sign(key), keys: [...others, key.entry] };
  };

const only = (members: object) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return { token: await sign(key), keys: [{ ...key.entry, ...members }] };
};

export const keyCases: readonly AttackCase[] = [
  ...casesOf("weak keys", [
    ["exponent 3, cube root forgery", "key_unknown", cubeRootForgery],
    ["exponent 3, honestly made", "key_unknown", made({ publicExponent: [3] })],
    ["exponent 1, the padded hash as signature", "key_unknown", exponentOneForgery],
    ["exponent 0", "key_unknown", withExponent(0n, 1)],
    ["exponent 2", "key_unknown", withExponent(2n, 1)],
    ["exponent 17", "key_unknown", withExponent(17n, 1)],
    ["an even exponent", "key_unknown", withExponent(65_538n, 3)],
    ["an exponent as long as the modulus", "key_unknown", withExponent((1n << 2040n) + 1n, 256)],
    ["a modulus of 1024 bits", "key_unknown", made({ modulusLength: 1024 })],
  ]),
  ...casesOf("key set entries", [
    ["for another algorithm", "key_unknown", described({ alg: "PS256" })],
    ["for HMAC", "key_unknown", described({ alg: "HS256" })],
    ["for encrypting", "key_unknown", described({ use: "enc" })],
    ["for signing only", "key_unknown", described({ key_ops: ["sign"] })],
    ["for nothing", "key_unknown", described({ key_ops: [] })],
    ["for operations that are text", "key_unknown", described({ key_ops: "verify" })],
    ["of the kind oct", "key_unknown", described({ kty: "oct", k: "AAAA" })],
    ["of the kind rsa", "key_unknown", described({ kty: "rsa" })],
    ["without a modulus", "key_unknown", described({ n: undefined })],
    ["with an empty modulus", "key_unknown", described({ n: "" })],
    ["with an exponent that is a number", "key_unknown", described({ e: 65_537 })],
    ["that says what it is for", "accept", described({ alg: "RS256", use: "sig", key_ops: ["verify"] })],
    ["that says null", "accept", described({ alg: null, use: null, key_ops: null })],
    ["beside null", "accept", listed(null)],
    ["beside text and numbers", "accept", listed("key", 5, true, [])],
    ["beside empty objects", "accept", listed({}, {})],
    ["beside a broken key of the same id", "accept", listed({ kty: "RSA", kid: "key-1", n: "!", e: "AQAB" })],
    ["beside a secret of the same id", "accept", listed({ kty: "oct", kid: "key-1", k: "AAAA" })],
    ["none that can be used", "keys_unavailable", only({ kty: "EC" })],
    ["none at all", "keys_unavailable", async () => ({ token: await sign(await genuineKey()), keys: [] })],
  ]),
];
