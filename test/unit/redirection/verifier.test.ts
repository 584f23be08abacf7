import { createHmac, createPublicKey, sign } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { PurseRedirectionError } from "../../../src/errors/redirection-error.js";
import { createFetchingVerifier, type RedirectionVerifier } from "../../../src/redirection/verifier.js";
import { failureAs } from "../../support/failures.js";
import { manualClock } from "../../support/manual-clock.js";
import {
  base64Url,
  goodClaims,
  partsOf,
  signingKey,
  signToken,
  type SigningKey,
} from "../../support/signed-tokens.js";

const nowMs = Date.UTC(2026, 0, 1);
const nowSeconds = nowMs / 1000;
let key: SigningKey;
let other: SigningKey;

beforeAll(async () => {
  key = await signingKey("key-1");
  other = await signingKey("key-2");
});

function verifierWith(entries: readonly unknown[]): RedirectionVerifier {
  const clock = manualClock({ wallMs: nowMs });
  return createFetchingVerifier({
    clock,
    timeoutMs: 5000,
    fetchKeys: () => Promise.resolve({ keys: entries }),
  });
}

async function reasonOf(token: string, entries: readonly unknown[] = [key.entry]): Promise<string> {
  const error = await failureAs(PurseRedirectionError, verifierWith(entries).verify(token));
  if (token !== "") expect(error.message).not.toContain(token);
  return error.reason;
}

/** Signs any header and payload, which jose would refuse. */
function signRaw(header: unknown, payload: unknown = goodClaims): string {
  const input = `${base64Url(header)}.${base64Url(payload)}`;
  return `${input}.${sign("sha256", Buffer.from(input), key.privateKey).toString("base64url")}`;
}

test("a genuine token returns its claims", async () => {
  expect(await verifierWith([other.entry, key.entry]).verify(await signToken(key))).toEqual(goodClaims);
});

test("undocumented claims are passed on", async () => {
  const claims = { ...goodClaims, authorization_status: "BRAND_NEW", novelty: { deep: 1 } };
  expect(await verifierWith([key.entry]).verify(await signToken(key, claims))).toEqual(claims);
});

describe("the algorithm is RS256 and nothing else", () => {
  test("an unsigned token is refused", async () => {
    const { payload } = partsOf(await signToken(key));
    for (const alg of ["none", "None", "", undefined, null, ["RS256"], "rs256"]) {
      const header = base64Url({ alg, kid: "key-1" });
      expect(await reasonOf(`${header}.${payload}.AAAA`)).toBe("algorithm_refused");
      expect(await reasonOf(`${header}.${payload}.`)).toMatch(/malformed|refused/);
    }
  });

  test("a token signed with the public key as an HMAC secret is refused", async () => {
    const pem = createPublicKey(key.privateKey).export({ type: "spki", format: "pem" });
    const input = `${base64Url({ alg: "HS256", kid: "key-1" })}.${base64Url(goodClaims)}`;
    for (const secret of [pem, key.entry.n, Buffer.from(key.entry.n, "base64url")]) {
      const mac = createHmac("sha256", secret).update(input).digest("base64url");
      expect(await reasonOf(`${input}.${mac}`)).toBe("algorithm_refused");
    }
  });

  test.each(["PS256", "RS384", "RS512"])("%s with the right key is refused", async (alg) => {
    expect(await reasonOf(await signToken(key, goodClaims, { alg }))).toBe("algorithm_refused");
  });
});

describe("the signature", () => {
  test("of another key is refused", async () => {
    expect(await reasonOf(await signToken({ ...other, kid: "key-1" }))).toBe("signature_invalid");
  });

  test("does not match changed claims or another header", async () => {
    const { header, payload, signature } = partsOf(await signToken(key));
    const forged = base64Url({ ...goodClaims, payment_id: "payment-2" });
    expect(await reasonOf(`${header}.${forged}.${signature}`)).toBe("signature_invalid");
    const changed = base64Url({ kid: "key-1", alg: "RS256" });
    expect(await reasonOf(`${changed}.${payload}.${signature}`)).toBe("signature_invalid");
  });

  test("that is truncated is refused", async () => {
    const token = await signToken(key);
    for (const missing of [1, 2, 4, 100, 340]) {
      expect(await reasonOf(token.slice(0, -missing))).toMatch(/signature_invalid|token_malformed/);
    }
  });
});

describe("encoding", () => {
  test.each<[string, (token: string) => string]>([
    ["padding", (token) => `${token}==`],
    ["a leading space", (token) => ` ${token}`],
    ["a trailing line break", (token) => `${token}\n`],
    ["a fourth segment", (token) => `${token}.AAAA`],
    ["two segments", (token) => token.slice(0, token.lastIndexOf("."))],
    ["an empty payload", (token) => token.replace(/\.[^.]+\./, "..")],
    ["foreign characters", (token) => token.replace(".", ".!!")],
    ["unused bits set", withUnusedBits],
  ])("a token with %s is refused", async (_, respell) => {
    const token = respell(await signToken(key));
    const search = new URLSearchParams({ "purse-redirection-data": token });
    const error = await failureAs(PurseRedirectionError, verifierWith([key.entry]).verify(search));
    expect(error.reason).toBe("token_malformed");
  });

  test.each(["[]", "null", '"x"', "1", "{", "\u0000"])("a header of %j is refused", async (header) => {
    expect(await reasonOf(`${base64Url(header)}.${base64Url(goodClaims)}.AAAA`)).toBe("token_malformed");
  });
});

describe("the header", () => {
  test.each([[["exp"]], [[]], ["b64"], [null]])("with crit %j is refused, though signed", async (crit) => {
    expect(await reasonOf(signRaw({ alg: "RS256", kid: "key-1", crit, exp: 1 }))).toBe("header_refused");
  });

  test.each([true, false])("with b64 %s is refused, though signed", async (b64) => {
    expect(await reasonOf(signRaw({ alg: "RS256", kid: "key-1", b64 }))).toBe("header_refused");
  });

  test.each([[undefined], [null], [""], [1.5], [2 ** 53], [{}], [["key-1"]], [true]])(
    "with the key id %j is refused",
    async (kid) => {
      expect(await reasonOf(signRaw({ alg: "RS256", kid }))).toBe("header_refused");
    },
  );

  test("naming an unknown key is refused as key_unknown", async () => {
    expect(await reasonOf(await signToken(other))).toBe("key_unknown");
    expect(await reasonOf(signRaw({ alg: "RS256", kid: "KEY-1" }))).toBe("key_unknown");
    expect(await reasonOf(signRaw({ alg: "RS256", kid: "__proto__" }))).toBe("key_unknown");
  });

  test("cannot supply its own key", async () => {
    const own = {
      jwk: other.entry,
      jku: "https://evil.example/keys",
      x5u: "https://evil.example/x",
      x5c: ["AAAA"],
    };
    expect(await reasonOf(await signToken({ ...other, kid: "key-1" }, goodClaims, own))).toBe(
      "signature_invalid",
    );
    expect(await verifierWith([key.entry]).verify(await signToken(key, goodClaims, own))).toEqual(goodClaims);
  });

  test.each([
    [12345, "12345"],
    ["12345", 12345],
    [12345, 12345],
    [0, "0"],
  ])("key ids are compared as strings: %j in the token, %j in the key set", async (inToken, inSet) => {
    const verifier = verifierWith([{ ...key.entry, kid: inSet }]);
    expect(await verifier.verify(signRaw({ alg: "RS256", kid: inToken }))).toEqual(goodClaims);
  });
});

describe("keys", () => {
  test.each([1, 3, 17, 65_536])("with the exponent %d are not used", async (exponent) => {
    const hex = exponent.toString(16);
    const e = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex").toString("base64url");
    expect(await reasonOf(await signToken(key), [{ ...key.entry, e }])).toBe("keys_unavailable");
  });

  test("generated with exponent 3 or 1024 bits are not used", async () => {
    const low = await signingKey("key-1", { publicExponent: 3 });
    expect(await reasonOf(await signToken(low), [low.entry])).toBe("keys_unavailable");
    const short = await signingKey("key-1", { modulusLength: 1024 });
    const input = `${base64Url({ alg: "RS256", kid: "key-1" })}.${base64Url(goodClaims)}`;
    const token = `${input}.${sign("sha256", Buffer.from(input), short.privateKey).toString("base64url")}`;
    expect(await reasonOf(token, [short.entry])).toBe("keys_unavailable");
  });

  test.each([
    { kty: "oct", k: "c2VjcmV0" },
    { kty: "EC" },
    { alg: "HS256" },
    { alg: "PS256" },
    { use: "enc" },
    { n: undefined },
    { n: "" },
    { n: "!!!" },
    { e: 65_537 },
    { kid: undefined },
    { kid: null },
  ])("with %j are not used", async (members) => {
    expect(await reasonOf(await signToken(key), [{ ...key.entry, ...members }])).toBe("keys_unavailable");
  });

  test("are used despite invalid ones in the set", async () => {
    const bad = [null, 5, "x", [], {}, { ...other.entry, n: "!" }, { kty: "oct", kid: "key-1", k: "AA" }];
    expect(await verifierWith([...bad, key.entry]).verify(await signToken(key))).toEqual(goodClaims);
  });

  test("may name their algorithm and use", async () => {
    const entry = { ...key.entry, alg: "RS256", use: "sig", key_ops: ["verify"], x5t: "ignored" };
    expect(await verifierWith([entry]).verify(await signToken(key))).toEqual(goodClaims);
  });
});

describe("the claims", () => {
  test.each([
    { client_session_id: undefined },
    { client_session_id: null },
    { client_session_id: "" },
    { client_session_id: 5 },
    { client_session_status: undefined },
    { client_session_status: {} },
    { payment_id: 5 },
    { payment_id: ["payment-1"] },
    { authorization_status: true },
  ])("with %j are refused", async (members) => {
    expect(await reasonOf(await signToken(key, { ...goodClaims, ...members }))).toBe("claims_invalid");
  });

  test.each(["[]", "null", '"x"', "{", "5"])("that are %s are refused", async (payload) => {
    expect(await reasonOf(await signToken(key, payload))).toBe("claims_invalid");
  });

  test("that are not UTF-8 are refused", async () => {
    const input = `${base64Url({ alg: "RS256", kid: "key-1" })}.${Buffer.from([0x22, 0xff, 0x22]).toString("base64url")}`;
    const signature = sign("sha256", Buffer.from(input), key.privateKey).toString("base64url");
    expect(await reasonOf(`${input}.${signature}`)).toBe("claims_invalid");
  });

  test.each([null, undefined])("may omit the payment (%s)", async (nothing) => {
    const claims = { ...goodClaims, payment_id: nothing, authorization_status: nothing };
    const read = await verifierWith([key.entry]).verify(await signToken(key, claims));
    expect(Object.keys(read)).toEqual(["client_session_id", "client_session_status"]);
  });

  test.each([
    [{ exp: nowSeconds - 61 }],
    [{ exp: String(nowSeconds + 600) }],
    [{ exp: {} }],
    [{ nbf: nowSeconds + 61 }],
    [{ nbf: "0" }],
  ])("with %j are not current", async (members) => {
    expect(await reasonOf(await signToken(key, { ...goodClaims, ...members }))).toBe("not_current");
  });

  test.each([
    { exp: nowSeconds + 1 },
    { exp: nowSeconds - 59 },
    { nbf: nowSeconds },
    { nbf: nowSeconds + 59 },
  ])("with %j are current", async (members) => {
    const claims = { ...goodClaims, ...members };
    expect(await verifierWith([key.entry]).verify(await signToken(key, claims))).toEqual(claims);
  });
});

test("the expected session, if given, is compared exactly", async () => {
  const verifier = verifierWith([key.entry]);
  const token = await signToken(key);
  expect(await verifier.verify(token, { clientSessionId: "session-1" })).toEqual(goodClaims);
  expect(await verifier.verify(token, {})).toEqual(goodClaims);
  for (const expected of ["session-2", "SESSION-1", "session-1 "]) {
    const call = verifier.verify(token, { clientSessionId: expected });
    expect((await failureAs(PurseRedirectionError, call)).reason).toBe("other_session");
  }
});

/** Encodes the same bytes with another last character. */
function withUnusedBits(token: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = alphabet.indexOf(token.at(-1) ?? "");
  return `${token.slice(0, -1)}${alphabet.charAt(last | 1)}`;
}
