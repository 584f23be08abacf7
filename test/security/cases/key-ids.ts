import { casesOf, type Attack, type AttackCase } from "./attack-case.js";
import { genuineKey, goodHeader, otherKey, sign } from "./signing.js";

/** A token by the genuine key whose id is one thing in the header and another in the key set. */
const ids = (inToken: unknown, inSet: unknown) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return { token: await sign(key, { alg: "RS256", kid: inToken }), keys: [{ ...key.entry, kid: inSet }] };
};

/** As {@link ids}, with the id as it stands in the header's JSON. */
const written = (inToken: string, inSet: unknown) => async (): Promise<Attack> => {
  const key = await genuineKey();
  const entries = [{ ...key.entry, kid: inSet }, (await otherKey()).entry];
  return { token: await sign(key, `{"alg":"RS256","kid":${inToken}}`), keys: entries };
};

export const keyIdCases: readonly AttackCase[] = casesOf("key ids", [
  ["missing", "header_refused", ids(undefined, "key-1")],
  ["null", "header_refused", ids(null, "key-1")],
  ["empty", "header_refused", ids("", "key-1")],
  ["empty on both sides", "header_refused", written('""', "")],
  ["true", "header_refused", ids(true, "true")],
  ["a list", "header_refused", ids(["key-1"], "key-1")],
  ["an object", "header_refused", ids({ toString: "key-1" }, "key-1")],
  ["a fraction", "header_refused", ids(1.5, "1.5")],
  ["a number too large to be exact", "header_refused", written("9007199254740993", "9007199254740992")],
  ["a number beyond all numbers", "header_refused", written("1e400", "Infinity")],
  ["a number on both sides", "accept", ids(12345, 12345)],
  ["a number in the token, text in the set", "accept", ids(12345, "12345")],
  ["text in the token, a number in the set", "accept", ids("12345", 12345)],
  ["zero on both sides", "accept", ids(0, 0)],
  ["the same number, written with an exponent", "accept", written("1.2345e4", 12345)],
  ["a leading zero", "key_unknown", written('"012345"', 12345)],
  ["a fraction of nothing, as text", "key_unknown", written('"12345.0"', 12345)],
  ["a plus sign", "key_unknown", written('"+12345"', 12345)],
  ["hexadecimal", "key_unknown", written('"0x3039"', 12345)],
  ["full-width digits", "key_unknown", written('"１２３４５"', 12345)],
  ["a negative number", "key_unknown", written("-12345", 12345)],
  ["a blank after it", "key_unknown", written('"key-1 "', "key-1")],
  ["a zero byte after it", "key_unknown", written('"key-1\\u0000"', "key-1")],
  ["an invisible character after it", "key_unknown", written('"key-1\\u200b"', "key-1")],
  ["upper case", "key_unknown", written('"KEY-1"', "key-1")],
  ["a Cyrillic letter", "key_unknown", written('"k\\u0435y-1"', "key-1")],
  ["accents composed otherwise", "key_unknown", written('"ke\\u0301y"', "k\u00e9y")],
  ["escapes that mean the same", "accept", written('"\\u006bey\\u002d1"', "key-1")],
  ["__proto__", "key_unknown", ids("__proto__", "key-1")],
  ["constructor", "key_unknown", ids("constructor", "key-1")],
  ["toString", "key_unknown", ids("toString", "key-1")],
  ["the word null for a key without an id", "key_unknown", written('"null"', null)],
  ["the word undefined for a key without an id", "key_unknown", written('"undefined"', undefined)],
  ["five thousand characters", "key_unknown", ids("k".repeat(5000), "key-1")],
  ["a UUID", "accept", ids("8ad8ce62-b489-78d4-8d14-9bdbeef9781f", "8ad8ce62-b489-78d4-8d14-9bdbeef9781f")],
  [
    "of another key of the set",
    "signature_invalid",
    async () => {
      const [key, other] = await Promise.all([genuineKey(), otherKey()]);
      return { token: await sign(key, { alg: "RS256", kid: "key-2" }), keys: [key.entry, other.entry] };
    },
  ],
  [
    "that two keys of the set share",
    "accept",
    async () => {
      const [key, other] = await Promise.all([genuineKey(), otherKey()]);
      return { token: await sign(key), keys: [key.entry, { ...other.entry, kid: "key-1" }] };
    },
  ],
  [
    "that stands twice, the genuine one last",
    "accept",
    async () => {
      const key = await genuineKey();
      return { token: await sign(key, '{"alg":"RS256","kid":"attacker","kid":"key-1"}'), keys: [key.entry] };
    },
  ],
  [
    "that stands twice, the genuine one first",
    "key_unknown",
    async () => {
      const key = await genuineKey();
      return { token: await sign(key, '{"alg":"RS256","kid":"key-1","kid":"attacker"}'), keys: [key.entry] };
    },
  ],
]);

const extension = (members: object) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return { token: await sign(key, { ...goodHeader, ...members }), keys: [key.entry] };
};

export const extensionCases: readonly AttackCase[] = casesOf("crit and b64", [
  ["crit, empty", "header_refused", extension({ crit: [] })],
  ["crit with a claim's name", "header_refused", extension({ crit: ["exp"], exp: 9_999_999_999 })],
  ["crit with a name that is not there", "header_refused", extension({ crit: ["novelty"] })],
  ["crit with a registered name", "header_refused", extension({ crit: ["alg"] })],
  ["crit with itself", "header_refused", extension({ crit: ["crit"] })],
  ["crit with the same name twice", "header_refused", extension({ crit: ["b64", "b64"], b64: true })],
  ["crit that is text", "header_refused", extension({ crit: "exp" })],
  ["crit that is an object", "header_refused", extension({ crit: { length: 0 } })],
  ["crit that is null", "header_refused", extension({ crit: null })],
  ["crit that is false", "header_refused", extension({ crit: false })],
  ["b64 true, not declared", "header_refused", extension({ b64: true })],
  ["b64 false, not declared", "header_refused", extension({ b64: false })],
  ["b64 true, declared", "header_refused", extension({ b64: true, crit: ["b64"] })],
  ["b64 false, declared", "header_refused", extension({ b64: false, crit: ["b64"] })],
  ["b64 that is text", "header_refused", extension({ b64: "false" })],
]);
