import type { Attack, AttackCase } from "./attack-case.js";
import { casesOf } from "./attack-case.js";
import { base64Url, fromBase64Url, toBytes } from "./bytes.js";
import {
  genuineKey,
  goodClaims,
  goodHeader,
  publicKeyDer,
  publicKeyPem,
  sign,
  signAs,
  signHmac,
  signingInput,
  withSignature,
  type TestKey,
} from "./signing.js";

const pkcs1 = "RSASSA-PKCS1-v1_5";

/** Every form in which a library may have held the public key when it was asked for a secret. */
const secrets: Readonly<Record<string, (key: TestKey) => Promise<Uint8Array>>> = {
  "the PEM": async (key) => toBytes(await publicKeyPem(key)),
  "the PEM with a line break at its end": async (key) => toBytes(`${await publicKeyPem(key)}\n`),
  "the PEM with CRLF": async (key) => toBytes((await publicKeyPem(key)).replaceAll("\n", "\r\n")),
  "the DER bytes": publicKeyDer,
  "the key set's entry as JSON": ({ entry }) => Promise.resolve(toBytes(entry)),
  "the thumbprint's JSON": ({ entry: { e, kty, n } }) => Promise.resolve(toBytes({ e, kty, n })),
  "the modulus bytes": ({ entry }) => Promise.resolve(fromBase64Url(entry.n)),
  "the modulus text": ({ entry }) => Promise.resolve(toBytes(entry.n)),
  "a zero byte": () => Promise.resolve(new Uint8Array(1)),
};

const byGenuineKey = (header: unknown) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return { token: await sign(key, header), keys: [key.entry] };
};

const unsigned = (alg: string, signature: "" | "AAAA" | "genuine") => async (): Promise<Attack> => {
  const key = await genuineKey();
  const genuine = (await sign(key)).split(".").at(-1) ?? "";
  const last = signature === "genuine" ? genuine : signature;
  return { token: `${signingInput({ ...goodHeader, alg }, goodClaims)}.${last}`, keys: [key.entry] };
};

const none = ["none", "None", "NONE", "nOnE"].flatMap((alg) =>
  casesOf("algorithm none", [
    [`${alg} without a signature`, "token_malformed", unsigned(alg, "")],
    [`${alg} with some signature`, "algorithm_refused", unsigned(alg, "AAAA")],
    [`${alg} with a genuine signature`, "algorithm_refused", unsigned(alg, "genuine")],
  ]),
);

const hmac = [256, 384, 512].flatMap((bits) =>
  Object.entries(secrets).flatMap(([name, secretOf]) =>
    casesOf("public key as HMAC secret", [
      [
        `HS${String(bits)} with ${name}`,
        "algorithm_refused",
        async () => {
          const key = await genuineKey();
          const header = { ...goodHeader, alg: `HS${String(bits)}` };
          return { token: await signHmac(await secretOf(key), bits, header), keys: [key.entry] };
        },
      ],
    ]),
  ),
);

const mislabelledHmac = Object.entries(secrets).flatMap(([name, secretOf]) =>
  casesOf("public key as HMAC secret", [
    [
      `called RS256, HMAC with ${name}`,
      "signature_invalid",
      async () => {
        const key = await genuineKey();
        return { token: await signHmac(await secretOf(key), 256, goodHeader), keys: [key.entry] };
      },
    ],
  ]),
);

const rsaKinds = [
  ["PS256", { name: "RSA-PSS", hash: "SHA-256", saltLength: 32 }],
  ["PS384", { name: "RSA-PSS", hash: "SHA-384", saltLength: 48 }],
  ["PS512", { name: "RSA-PSS", hash: "SHA-512", saltLength: 64 }],
  ["RS384", { name: pkcs1, hash: "SHA-384" }],
  ["RS512", { name: pkcs1, hash: "SHA-512" }],
  ["RS1", { name: pkcs1, hash: "SHA-1" }],
] as const;

const otherRsa = rsaKinds.flatMap(([alg, algorithm]) =>
  casesOf("other algorithms of the right key", [
    [
      alg,
      "algorithm_refused",
      async () => {
        const key = await genuineKey();
        return { token: await signAs(key, algorithm, { ...goodHeader, alg }), keys: [key.entry] };
      },
    ],
    [
      `${alg}, called RS256`,
      "signature_invalid",
      async () => {
        const key = await genuineKey();
        return { token: await signAs(key, algorithm, goodHeader), keys: [key.entry] };
      },
    ],
  ]),
);

const curves = [
  ["ES256", { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }],
  ["ES384", { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" }],
  ["EdDSA", { name: "Ed25519" }],
] as const;

/** The key set lists the elliptic key beside the good one, under the same id or under its own. */
const elliptic = curves.flatMap(([alg, algorithm]) =>
  ["key-1", "curve"].map((kid): AttackCase => ({
    group: "keys of another kind",
    name: `${alg} with a listed key called ${kid}`,
    expected: "algorithm_refused",
    async make() {
      const [key, pair] = await Promise.all([
        genuineKey(),
        crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]) as Promise<CryptoKeyPair>, // Asymmetric.
      ]);
      const input = signingInput({ alg, kid }, goodClaims);
      const signature = await crypto.subtle.sign(algorithm, pair.privateKey, toBytes(input));
      const entry = { ...(await crypto.subtle.exportKey("jwk", pair.publicKey)), kid };
      return { token: withSignature(input, new Uint8Array(signature)), keys: [entry, key.entry] };
    },
  })),
);

const listedSecret = casesOf("keys of another kind", [
  [
    "HS256 with a secret that the key set lists",
    "algorithm_refused",
    async () => {
      const [key, secret] = [await genuineKey(), toBytes("a secret of thirty-two characters")];
      const entry = { kty: "oct", kid: "secret", k: base64Url(secret) };
      return {
        token: await signHmac(secret, 256, { alg: "HS256", kid: "secret" }),
        keys: [entry, key.entry],
      };
    },
  ],
]);

const games: readonly (readonly [string, unknown])[] = [
  ["rs256", "rs256"],
  ["Rs256", "Rs256"],
  ["a blank before it", " RS256"],
  ["a blank after it", "RS256 "],
  ["a line break after it", "RS256\n"],
  ["a zero byte after it", "RS256\u0000"],
  ["full-width letters", "ＲＳ256"],
  ["RS-256", "RS-256"],
  ["its name in WebCrypto", pkcs1],
  ["an empty text", ""],
  ["a list", ["RS256"]],
  ["an object", { RS256: true }],
  ["a number", 256],
  ["true", true],
  ["null", null],
  ["nothing", undefined],
];

const spellings = games.flatMap(([name, alg]) =>
  casesOf("spellings of RS256", [
    [`${name}, signed by the right key`, "algorithm_refused", byGenuineKey({ ...goodHeader, alg })],
  ]),
);

export const algorithmCases: readonly AttackCase[] = [
  ...none,
  ...hmac,
  ...mislabelledHmac,
  ...otherRsa,
  ...elliptic,
  ...listedSecret,
  ...spellings,
];
