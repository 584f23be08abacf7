import { CompactEncrypt } from "jose";
import { casesOf, type Attack, type AttackCase } from "./attack-case.js";
import { toBytes } from "./bytes.js";
import { genuineKey, goodClaims, goodHeader, sign } from "./signing.js";

type Segments = readonly [header: string, payload: string, signature: string];

const rearranged = (arrange: (segments: Segments) => string) => async (): Promise<Attack> => {
  const key = await genuineKey();
  const [header = "", payload = "", signature = ""] = (await sign(key)).split(".");
  return { token: arrange([header, payload, signature]), keys: [key.entry] };
};

/** A token encrypted for the service's own key, which anyone can make. */
const encrypted = async (): Promise<Attack> => {
  const key = await genuineKey();
  const algorithm = { name: "RSA-OAEP", hash: "SHA-256" };
  const { n, e } = key.entry;
  const publicKey = await crypto.subtle.importKey("jwk", { kty: "RSA", n, e }, algorithm, false, ["encrypt"]);
  const token = await new CompactEncrypt(toBytes(goodClaims))
    .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", kid: "key-1" })
    .encrypt(publicKey);
  return { token, keys: [key.entry] };
};

export const segmentCases: readonly AttackCase[] = casesOf("segments", [
  ["one", "token_malformed", rearranged(([header]) => header)],
  ["two", "token_malformed", rearranged(([header, payload]) => `${header}.${payload}`)],
  ["four", "token_malformed", rearranged(([...all]) => [...all, "AAAA"].join("."))],
  ["four, the last empty", "token_malformed", rearranged(([...all]) => `${all.join(".")}.`)],
  ["four, the first empty", "token_malformed", rearranged(([...all]) => `.${all.join(".")}`)],
  ["five", "token_malformed", rearranged(([...all]) => [...all, "AAAA", "AAAA"].join("."))],
  ["an empty header", "token_malformed", rearranged(([, payload, signature]) => `.${payload}.${signature}`)],
  ["an empty payload", "token_malformed", rearranged(([header, , signature]) => `${header}..${signature}`)],
  ["an empty signature", "token_malformed", rearranged(([header, payload]) => `${header}.${payload}.`)],
  ["nothing but dots", "token_malformed", rearranged(() => "..")],
  [
    "in another order",
    "algorithm_refused",
    rearranged(([header, payload, signature]) => [payload, header, signature].join(".")),
  ],
  ["two tokens in one", "token_malformed", rearranged(([...all]) => `${all.join(".")}.${all.join(".")}`)],
  [
    "two tokens with a comma",
    "token_malformed",
    rearranged(([...all]) => `${all.join(".")},${all.join(".")}`),
  ],
  ["a disclosure after it", "token_malformed", rearranged(([...all]) => `${all.join(".")}~WyJhIl0~`)],
  [
    "the flattened JSON form",
    "token_malformed",
    rearranged(([header, payload, signature]) => JSON.stringify({ protected: header, payload, signature })),
  ],
  [
    "the general JSON form",
    "token_malformed",
    rearranged(([header, payload, signature]) =>
      JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
    ),
  ],
  ["an encrypted token", "token_malformed", encrypted],
  [
    "a token inside a token",
    "claims_invalid",
    async () => {
      const key = await genuineKey();
      return { token: await sign(key, { ...goodHeader, cty: "JWT" }, await sign(key)), keys: [key.entry] };
    },
  ],
]);
