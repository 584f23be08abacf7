import { casesOf, type Attack, type AttackCase } from "./attack-case.js";
import { base64Url, concat, fromBase64Url, fromNumber, toBytes, toNumber, type Bytes } from "./bytes.js";
import {
  attackerKey,
  genuineKey,
  goodClaims,
  goodHeader,
  paddedBlock,
  sha256,
  sha256Prefix,
  sign,
  signatureOf,
  signBlock,
  signingInput,
  withSignature,
} from "./signing.js";

const input = signingInput(goodHeader, goodClaims);

const changed = (change: (signature: Bytes) => Uint8Array) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return { token: withSignature(input, change(await signatureOf(key, input))), keys: [key.entry] };
};

/** A block that the private key really signed, but that is not the one the standard asks for. */
const block = (make: (hash: Uint8Array) => Uint8Array) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return { token: withSignature(input, signBlock(key, make(await sha256(input)))), keys: [key.entry] };
};

function flipBit(signature: Uint8Array, index: number): Uint8Array {
  return signature.map((byte, at) => (at === index ? byte ^ 1 : byte));
}

/** The same residue as a genuine signature, but not the one number below the modulus. */
const aboveModulus = async (): Promise<Attack> => {
  const key = await genuineKey();
  const n = toNumber(fromBase64Url(key.entry.n));
  for (let attempt = 0; ; attempt++) {
    const tried = signingInput(goodHeader, { ...goodClaims, attempt });
    const sum = toNumber(await signatureOf(key, tried)) + n;
    if (sum < 1n << 2048n) return { token: withSignature(tried, fromNumber(sum, 256)), keys: [key.entry] };
  }
};

const modulusItself = async (): Promise<Attack> => {
  const { entry } = await genuineKey();
  return { token: `${input}.${entry.n}`, keys: [entry] };
};

const oidOfSha1 = Uint8Array.from([
  0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x20,
]);
const withoutNull = Uint8Array.from([
  0x30, 0x2f, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x04, 0x20,
]);

/** Correct up to the hash, with little padding and rubbish at the end. */
function shortPadding(hash: Uint8Array): Uint8Array {
  const start = concat(
    Uint8Array.of(0, 1),
    new Uint8Array(8).fill(0xff),
    Uint8Array.of(0),
    sha256Prefix,
    hash,
  );
  return concat(start, new Uint8Array(256 - start.length).fill(0x41));
}

const swapped = (header: object, claims: object) => async (): Promise<Attack> => {
  const key = await genuineKey();
  const signature = (await sign(key)).split(".").at(-1) ?? "";
  return { token: `${signingInput(header, claims)}.${signature}`, keys: [key.entry] };
};

export const signatureCases: readonly AttackCase[] = [
  ...casesOf("signatures", [
    ["cut by a byte", "signature_invalid", changed((signature) => signature.slice(0, -1))],
    ["cut by the first byte", "signature_invalid", changed((signature) => signature.slice(1))],
    ["cut in half", "signature_invalid", changed((signature) => signature.slice(0, 128))],
    ["one byte alone", "signature_invalid", changed((signature) => signature.slice(0, 1))],
    [
      "longer by a zero at the end",
      "signature_invalid",
      changed((signature) => concat(signature, Uint8Array.of(0))),
    ],
    [
      "longer by a zero in front",
      "signature_invalid",
      changed((signature) => concat(Uint8Array.of(0), signature)),
    ],
    ["twice", "signature_invalid", changed((signature) => concat(signature, signature))],
    ["all zero", "signature_invalid", changed(() => new Uint8Array(256))],
    ["the number one", "signature_invalid", changed(() => fromNumber(1n, 256))],
    ["all ones", "signature_invalid", changed(() => new Uint8Array(256).fill(0xff))],
    ["one bit off at the start", "signature_invalid", changed((signature) => flipBit(signature, 0))],
    ["one bit off at the end", "signature_invalid", changed((signature) => flipBit(signature, 255))],
    ["backwards", "signature_invalid", changed((signature) => signature.slice().reverse())],
    ["the modulus", "signature_invalid", modulusItself],
    ["plus the modulus", "signature_invalid", aboveModulus],
    ["text for bytes", "signature_invalid", changed((signature) => toBytes(base64Url(signature)))],
    ["an elliptic one of zeros", "signature_invalid", changed(() => new Uint8Array(64))],
    [
      "the hash itself",
      "signature_invalid",
      async () =>
        changed(() => new Uint8Array(0))().then(async (attack) => ({
          ...attack,
          token: withSignature(input, await sha256(input)),
        })),
    ],
    [
      "the padded hash, not signed",
      "signature_invalid",
      async () => ({
        token: withSignature(input, paddedBlock(concat(sha256Prefix, await sha256(input)))),
        keys: [(await genuineKey()).entry],
      }),
    ],
    [
      "of an unknown key",
      "signature_invalid",
      async () => ({
        token: await sign(await attackerKey()),
        keys: [(await genuineKey()).entry],
      }),
    ],
    [
      "of another payment",
      "signature_invalid",
      swapped(goodHeader, { ...goodClaims, payment_id: "payment-2" }),
    ],
    [
      "of another session",
      "signature_invalid",
      swapped(goodHeader, { ...goodClaims, client_session_id: "session-2" }),
    ],
    [
      "of another status",
      "signature_invalid",
      swapped(goodHeader, { ...goodClaims, authorization_status: "REFUSED" }),
    ],
    ["of another header", "signature_invalid", swapped({ kid: "key-1", alg: "RS256" }, goodClaims)],
  ]),
  ...casesOf("padding, really signed", [
    ["as the standard says", "accept", block((hash) => paddedBlock(concat(sha256Prefix, hash)))],
    [
      "no NULL after the hash's name",
      "signature_invalid",
      block((hash) => paddedBlock(concat(withoutNull, hash))),
    ],
    ["another hash's name", "signature_invalid", block((hash) => paddedBlock(concat(oidOfSha1, hash)))],
    ["no hash's name", "signature_invalid", block((hash) => paddedBlock(hash))],
    [
      "rubbish after the hash",
      "signature_invalid",
      block((hash) => paddedBlock(concat(sha256Prefix, hash, hash))),
    ],
    ["short, rubbish after it", "signature_invalid", block(shortPadding)],
    [
      "zeros for padding",
      "signature_invalid",
      block((hash) =>
        paddedBlock(concat(sha256Prefix, hash)).map((byte, at) =>
          at > 1 && byte === 0xff && at < 200 ? 0 : byte,
        ),
      ),
    ],
    [
      "of block type 2",
      "signature_invalid",
      block((hash) => paddedBlock(concat(sha256Prefix, hash)).map((byte, at) => (at === 1 ? 2 : byte))),
    ],
    [
      "of block type 0",
      "signature_invalid",
      block((hash) => paddedBlock(concat(sha256Prefix, hash)).map((byte, at) => (at === 1 ? 0 : byte))),
    ],
    ["nothing but zeros", "signature_invalid", block(() => new Uint8Array(256))],
  ]),
];
