import { casesOf, type Attack, type AttackCase } from "./attack-case.js";
import { base64Url } from "./bytes.js";
import { attackerKey, genuineKey, goodHeader, publicKeyDer, sign, signHmac } from "./signing.js";
import { toBytes } from "./bytes.js";

/** What a header can say about the key to use, pointing to the attacker's. */
async function ownKeyMembers(): Promise<Readonly<Record<string, unknown>>> {
  const attacker = await attackerKey();
  return {
    jwk: attacker.entry,
    jku: "https://evil.example/keys",
    x5u: "https://evil.example/certificate",
    x5c: [btoa(String.fromCharCode(...(await publicKeyDer(attacker))))],
    keys: [attacker.entry],
    jwks: { keys: [attacker.entry] },
  };
}

const names = ["jwk", "jku", "x5u", "x5c", "keys", "jwks"];

const signedByAttacker = (name: string, kid: unknown) => async (): Promise<Attack> => {
  const members = await ownKeyMembers();
  const header = { alg: "RS256", kid, [name]: members[name] };
  return { token: await sign(await attackerKey(), header), keys: [(await genuineKey()).entry] };
};

const injected = names.flatMap((name) =>
  casesOf("keys in the token", [
    [`${name}, under the genuine id`, "signature_invalid", signedByAttacker(name, "key-1")],
    [`${name}, under an own id`, "key_unknown", signedByAttacker(name, "attacker")],
    [`${name}, without an id`, "header_refused", signedByAttacker(name, undefined)],
    [
      `${name}, and yet genuine`,
      "accept",
      async () => {
        const [key, members] = await Promise.all([genuineKey(), ownKeyMembers()]);
        return { token: await sign(key, { ...goodHeader, [name]: members[name] }), keys: [key.entry] };
      },
    ],
  ]),
);

const secret = casesOf("keys in the token", [
  [
    "jwk that is a secret",
    "algorithm_refused",
    async () => {
      const bytes = toBytes("chosen by the attacker, 32 bytes");
      const header = { alg: "HS256", kid: "key-1", jwk: { kty: "oct", k: base64Url(bytes) } };
      return { token: await signHmac(bytes, 256, header), keys: [(await genuineKey()).entry] };
    },
  ],
]);

const injections = [
  "../../../../dev/null",
  "/etc/passwd",
  "https://evil.example/keys#attacker",
  "file:///dev/null",
  "key-1' OR '1'='1",
  "x' UNION SELECT 'c2VjcmV0' --",
  "key-1; cat /etc/passwd",
  "$(id)",
  "{{7*7}}",
  "*",
];

const asCode = injections.flatMap((kid) =>
  casesOf("key ids as code", [
    [
      kid,
      "key_unknown",
      async () => ({
        token: await sign(await attackerKey(), { alg: "RS256", kid }),
        keys: [(await genuineKey()).entry],
      }),
    ],
  ]),
);

export const keyInjectionCases: readonly AttackCase[] = [...injected, ...secret, ...asCode];
