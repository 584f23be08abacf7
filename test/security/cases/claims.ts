import { casesOf, type Attack, type AttackCase } from "./attack-case.js";
import { genuineKey, goodClaims, goodHeader, sign } from "./signing.js";

/** Really signed, with these members beside or instead of the good ones. */
const saying = (members: object, claims?: object) => async (): Promise<Attack> => {
  const key = await genuineKey();
  const said = { ...goodClaims, ...members };
  return { token: await sign(key, goodHeader, said), keys: [key.entry], claims: { ...(claims ?? said) } };
};

const without = (name: keyof typeof goodClaims): object =>
  Object.fromEntries(Object.entries(goodClaims).filter(([other]) => other !== name));

const wrong: readonly (readonly [string, unknown])[] = [
  ["a number", 5],
  ["true", true],
  ["a list", ["session-1"]],
  ["an object", { id: "session-1" }],
];

const required = (["client_session_id", "client_session_status"] as const).flatMap((name) =>
  casesOf("claims", [
    ...wrong.map(
      ([what, value]) => [`${name} is ${what}`, "claims_invalid", saying({ [name]: value })] as const,
    ),
    [`${name} is null`, "claims_invalid", saying({ [name]: null })],
    [`${name} is missing`, "claims_invalid", saying({ [name]: undefined })],
    [`${name} is empty`, "claims_invalid", saying({ [name]: "" })],
  ]),
);

const optional = (["payment_id", "authorization_status"] as const).flatMap((name) =>
  casesOf("claims", [
    ...wrong.map(
      ([what, value]) => [`${name} is ${what}`, "claims_invalid", saying({ [name]: value })] as const,
    ),
    [`${name} is null`, "accept", saying({ [name]: null }, without(name))],
    [`${name} is missing`, "accept", saying({ [name]: undefined }, without(name))],
    [`${name} is empty`, "accept", saying({ [name]: "" })],
  ]),
);

const statuses = ["REFUSED", "PENDING", "ERROR", "ABORTED", "BRAND_NEW"].flatMap((status) =>
  casesOf("claims", [
    [`genuine, and ${status}: a result`, "accept", saying({ authorization_status: status })],
  ]),
);

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

const times: readonly AttackCase[] = casesOf("validity period", [
  ["exp in an hour", "accept", () => saying({ exp: nowSeconds() + 3600 })()],
  ["exp a little ago", "accept", () => saying({ exp: nowSeconds() - 30 })()],
  ["exp an hour ago", "not_current", () => saying({ exp: nowSeconds() - 3600 })()],
  ["exp zero", "not_current", saying({ exp: 0 })],
  ["exp negative", "not_current", saying({ exp: -1 })],
  ["exp as text", "not_current", () => saying({ exp: String(nowSeconds() + 3600) })()],
  ["exp as a date", "not_current", saying({ exp: "2999-01-01T00:00:00Z" })],
  ["exp in a list", "not_current", () => saying({ exp: [nowSeconds() + 3600] })()],
  ["exp true", "not_current", saying({ exp: true })],
  ["exp null", "accept", saying({ exp: null }, goodClaims)],
  ["nbf an hour ago", "accept", () => saying({ nbf: nowSeconds() - 3600 })()],
  ["nbf in a moment", "accept", () => saying({ nbf: nowSeconds() + 30 })()],
  ["nbf in an hour", "not_current", () => saying({ nbf: nowSeconds() + 3600 })()],
  ["nbf as text", "not_current", saying({ nbf: "0" })],
  [
    "nbf beyond all numbers",
    "not_current",
    async () => {
      const key = await genuineKey();
      return {
        token: await sign(key, goodHeader, `${JSON.stringify(goodClaims).slice(0, -1)},"nbf":1e400}`),
        keys: [key.entry],
      };
    },
  ],
  [
    "iat in the future, which is not promised to be checked",
    "accept",
    () => saying({ iat: nowSeconds() + 3600 })(),
  ],
]);

const sessions: readonly AttackCase[] = (
  [
    ["the same", "accept", "session-1"],
    ["another", "other_session", "session-2"],
    ["in upper case", "other_session", "SESSION-1"],
    ["with a blank after it", "other_session", "session-1 "],
    ["its beginning", "other_session", "session"],
    ["empty", "session_missing", ""],
  ] as const
).map(([name, expected, clientSessionId]) => ({
  group: "expected session",
  name,
  expected,
  make: async () => ({ ...(await saying({})()), clientSessionId }),
}));

/** Signed by the same service with the same key, for another purpose. */
const otherKinds: readonly AttackCase[] = casesOf("tokens of other kinds", [
  [
    "an OAuth access token",
    "claims_invalid",
    async () => {
      const key = await genuineKey();
      const claims = {
        iss: "https://api.purse.example",
        sub: "client-1",
        aud: "payment",
        scope: "payments",
        exp: nowSeconds() + 300,
      };
      return { token: await sign(key, { ...goodHeader, typ: "at+jwt" }, claims), keys: [key.entry] };
    },
  ],
  [
    "an identity token",
    "claims_invalid",
    async () => {
      const key = await genuineKey();
      const claims = {
        iss: "https://api.purse.example",
        sub: "shopper-1",
        aud: "shop",
        nonce: "n",
        exp: nowSeconds() + 300,
      };
      return { token: await sign(key, { ...goodHeader, typ: "JWT" }, claims), keys: [key.entry] };
    },
  ],
  [
    "a payment, signed",
    "claims_invalid",
    async () => {
      const key = await genuineKey();
      return {
        token: await sign(key, goodHeader, { id: "payment-1", status: "AUTHORIZED" }),
        keys: [key.entry],
      };
    },
  ],
  [
    "the claims one level down",
    "claims_invalid",
    async () => {
      const key = await genuineKey();
      return { token: await sign(key, goodHeader, { data: goodClaims }), keys: [key.entry] };
    },
  ],
  [
    "the claims in a list",
    "claims_invalid",
    async () => {
      const key = await genuineKey();
      return { token: await sign(key, goodHeader, [goodClaims]), keys: [key.entry] };
    },
  ],
  [
    "a redirection with the type JWT",
    "accept",
    async () => {
      const key = await genuineKey();
      return { token: await sign(key, { ...goodHeader, typ: "JWT" }), keys: [key.entry] };
    },
  ],
]);

const extras: readonly AttackCase[] = casesOf("claims", [
  ["others beside them", "accept", saying({ novelty: { deep: [1, 2] }, aud: ["other"], iss: 5 })],
  [
    "in camel case",
    "claims_invalid",
    async () => {
      const key = await genuineKey();
      return {
        token: await sign(key, goodHeader, {
          clientSessionId: "session-1",
          clientSessionStatus: "COMPLETED",
        }),
        keys: [key.entry],
      };
    },
  ],
]);

export const claimCases: readonly AttackCase[] = [
  ...required,
  ...optional,
  ...statuses,
  ...extras,
  ...times,
  ...sessions,
  ...otherKinds,
];
