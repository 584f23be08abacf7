import { casesOf, type Attack, type AttackCase } from "./attack-case.js";
import { concat, toBytes } from "./bytes.js";
import { genuineKey, goodClaims, goodHeader, sign } from "./signing.js";

const good = JSON.stringify(goodClaims);
const header = JSON.stringify(goodHeader);
const withMember = (json: string, member: string): string => `${json.slice(0, -1)},${member}}`;
const nested = (depth: number): string => `"deep":${"[".repeat(depth)}${"]".repeat(depth)}`;

const payload =
  (content: string | Uint8Array, claims: object = goodClaims) =>
  async (): Promise<Attack> => {
    const key = await genuineKey();
    return { token: await sign(key, goodHeader, content), keys: [key.entry], claims: { ...claims } };
  };

const headed = (content: string | Uint8Array) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return { token: await sign(key, content), keys: [key.entry] };
};

function utf16(text: string): Uint8Array {
  return Uint8Array.from(Array.from(text).flatMap((character) => [character.charCodeAt(0), 0]));
}

const badByte = (json: string): Uint8Array =>
  concat(toBytes(json.slice(0, -2)), Uint8Array.of(0xff), toBytes('"}'));
const overlong = (json: string): Uint8Array =>
  concat(toBytes(json.slice(0, -2)), Uint8Array.of(0xc0, 0xaf), toBytes('"}'));

export const textCases: readonly AttackCase[] = [
  ...casesOf("payload texts", [
    ["a list", "claims_invalid", payload("[]")],
    ["text", "claims_invalid", payload('"session-1"')],
    ["a number", "claims_invalid", payload("5")],
    ["true", "claims_invalid", payload("true")],
    ["null", "claims_invalid", payload("null")],
    ["an empty object", "claims_invalid", payload("{}")],
    ["a blank", "claims_invalid", payload(" ")],
    ["blanks around it", "accept", payload(` \n${good}\t `)],
    ["rubbish after it", "claims_invalid", payload(`${good}x`)],
    ["a zero byte after it", "claims_invalid", payload(`${good}\u0000`)],
    ["two objects", "claims_invalid", payload(`${good}${good}`)],
    ["cut short", "claims_invalid", payload(good.slice(0, -1))],
    ["single quotes", "claims_invalid", payload(good.replaceAll('"', "'"))],
    ["a comment", "claims_invalid", payload(`${good}//`)],
    ["a comma too many", "claims_invalid", payload(good.replace("}", ",}"))],
    ["not UTF-8", "claims_invalid", payload(badByte(good))],
    ["UTF-8 longer than needed", "claims_invalid", payload(overlong(good))],
    ["UTF-16", "claims_invalid", payload(utf16(good))],
    ["a byte order mark", "claims_invalid", payload(`\ufeff${good}`)],
    [
      "nested 2000 deep beside the claims",
      "accept",
      payload(withMember(good, nested(2000)), JSON.parse(withMember(good, nested(2000))) as object),
    ],
    ["nothing but nesting", "claims_invalid", payload("[".repeat(2000) + "]".repeat(2000))],
    ["a prototype with the claims", "claims_invalid", payload(`{"__proto__":${good}}`)],
    [
      "a prototype beside the claims",
      "accept",
      payload(withMember(good, '"__proto__":{"payment_id":"payment-2"}')),
    ],
  ]),
  ...casesOf("members written twice", [
    [
      "session, the last one counts",
      "accept",
      payload(withMember(good, '"client_session_id":"session-2"'), {
        ...goodClaims,
        client_session_id: "session-2",
      }),
    ],
    [
      "session, the last one is no text",
      "claims_invalid",
      payload(withMember(good, '"client_session_id":5')),
    ],
    [
      "status, the last one counts",
      "accept",
      payload(withMember(good, '"authorization_status":"REFUSED"'), {
        ...goodClaims,
        authorization_status: "REFUSED",
      }),
    ],
    [
      "status, one of them spelt with escapes",
      "accept",
      payload(withMember(good, '"authorization\\u005fstatus":"REFUSED"'), {
        ...goodClaims,
        authorization_status: "REFUSED",
      }),
    ],
    ["exp, the last one is over", "not_current", payload(withMember(good, '"exp":9999999999,"exp":1'))],
    ["alg, none first", "accept", headed('{"alg":"none","alg":"RS256","kid":"key-1"}')],
    ["alg, none last", "algorithm_refused", headed('{"alg":"RS256","alg":"none","kid":"key-1"}')],
    [
      "alg, none last and spelt with escapes",
      "algorithm_refused",
      headed('{"alg":"RS256","\\u0061lg":"none","kid":"key-1"}'),
    ],
    ["alg, HS256 last", "algorithm_refused", headed('{"alg":"RS256","kid":"key-1","alg":"HS256"}')],
  ]),
  ...casesOf("header texts", [
    ["a list", "token_malformed", headed('["RS256"]')],
    ["text", "token_malformed", headed('"RS256"')],
    ["a number", "token_malformed", headed("1")],
    ["null", "token_malformed", headed("null")],
    ["an empty object", "algorithm_refused", headed("{}")],
    ["rubbish after it", "token_malformed", headed(`${header}x`)],
    ["a zero byte after it", "token_malformed", headed(`${header}\u0000`)],
    ["blanks around it", "accept", headed(` ${header}\n`)],
    ["not UTF-8", "token_malformed", headed(badByte(header))],
    ["UTF-8 longer than needed", "token_malformed", headed(overlong(header))],
    ["UTF-16", "token_malformed", headed(utf16(header))],
    ["a byte order mark", "token_malformed", headed(`\ufeff${header}`)],
    ["nested 2000 deep", "accept", headed(withMember(header, nested(2000)))],
    ["a prototype with the algorithm", "algorithm_refused", headed(`{"__proto__":${header}}`)],
    [
      "a prototype with crit, which nothing reads",
      "accept",
      headed(withMember(header, '"__proto__":{"crit":["x"]}')),
    ],
  ]),
];
