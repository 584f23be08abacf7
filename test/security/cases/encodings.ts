import { casesOf, type Attack, type AttackCase } from "./attack-case.js";
import { base64Url } from "./bytes.js";
import { genuineKey, goodClaims, goodHeader, sign, signInput, signingInput } from "./signing.js";

const respelt = (respell: (token: string) => string) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return { token: respell(await sign(key)), keys: [key.entry] };
};

/** Signs the first two segments as they are spelt, so that only the spelling can be what is wrong. */
const signedSpelling =
  (respell: (header: string, payload: string) => string) => async (): Promise<Attack> => {
    const key = await genuineKey();
    // Lengths that leave bits over in both segments.
    const header = base64Url(padTo(JSON.stringify(goodHeader), 1));
    const payload = base64Url(padTo(JSON.stringify(goodClaims), 1));
    return { token: await signInput(key, respell(header, payload)), keys: [key.entry] };
  };

function padTo(text: string, remainder: number): string {
  return text.length % 3 === remainder ? text : padTo(`${text} `, remainder);
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The same bytes with another last character. */
function withUnusedBits(segment: string): string {
  return `${segment.slice(0, -1)}${alphabet.charAt(alphabet.indexOf(segment.at(-1) ?? "") | 1)}`;
}

function inMiddle(token: string, inserted: string): string {
  const middle = token.lastIndexOf(".") + 100;
  return `${token.slice(0, middle)}${inserted}${token.slice(middle)}`;
}

/** A token whose signature has characters in which the two alphabets differ. */
const standardAlphabet = async (): Promise<Attack> => {
  const key = await genuineKey();
  for (let attempt = 0; ; attempt++) {
    const token = await sign(key, goodHeader, { ...goodClaims, attempt });
    if (!/[-_]/.test(token)) continue;
    return { token: token.replaceAll("-", "+").replaceAll("_", "/"), keys: [key.entry] };
  }
};

export const encodingCases: readonly AttackCase[] = casesOf("encodings", [
  ["nothing odd", "accept", respelt((token) => token)],
  ["padding after the signature", "token_malformed", respelt((token) => `${token}==`)],
  ["one sign of padding", "token_malformed", respelt((token) => `${token}=`)],
  [
    "padding in the header, signed",
    "token_malformed",
    signedSpelling((header, payload) => `${header}==.${payload}`),
  ],
  [
    "padding in the payload, signed",
    "token_malformed",
    signedSpelling((header, payload) => `${header}.${payload}==`),
  ],
  ["the standard alphabet", "token_malformed", standardAlphabet],
  ["a blank before it", "token_malformed", respelt((token) => ` ${token}`)],
  ["a blank after it", "token_malformed", respelt((token) => `${token} `)],
  ["a blank inside", "token_malformed", respelt((token) => inMiddle(token, " "))],
  ["a line break after it", "token_malformed", respelt((token) => `${token}\n`)],
  ["a line break inside", "token_malformed", respelt((token) => inMiddle(token, "\r\n"))],
  ["a tab inside", "token_malformed", respelt((token) => inMiddle(token, "\t"))],
  ["a zero byte after it", "token_malformed", respelt((token) => `${token}\u0000`)],
  ["an invisible character inside", "token_malformed", respelt((token) => inMiddle(token, "\u200b"))],
  ["a byte order mark before it", "token_malformed", respelt((token) => `\ufeff${token}`)],
  ["stray characters inside", "token_malformed", respelt((token) => inMiddle(token, "!!"))],
  ["full-width dots", "token_malformed", respelt((token) => token.replaceAll(".", "．"))],
  ["encoded dots", "token_malformed", respelt((token) => token.replaceAll(".", "%2E"))],
  ["quotes around it", "token_malformed", respelt((token) => `"${token}"`)],
  ["Bearer before it", "token_malformed", respelt((token) => `Bearer ${token}`)],
  ["unused bits set in the signature", "token_malformed", respelt(withUnusedBits)],
  [
    "unused bits set in the header, signed",
    "token_malformed",
    signedSpelling((header, payload) => `${withUnusedBits(header)}.${payload}`),
  ],
  [
    "unused bits set in the payload, signed",
    "token_malformed",
    signedSpelling((header, payload) => `${header}.${withUnusedBits(payload)}`),
  ],
  ["a length that no bytes have", "token_malformed", respelt((token) => `${token}AAA`)],
  ["upper case", "token_malformed", respelt((token) => token.toUpperCase())],
  [
    "the payload not encoded at all, signed",
    "token_malformed",
    async () => {
      const key = await genuineKey();
      const header = base64Url({ ...goodHeader, b64: false, crit: ["b64"] });
      return { token: await signInput(key, `${header}.${JSON.stringify(goodClaims)}`), keys: [key.entry] };
    },
  ],
  [
    "encoded twice",
    "token_malformed",
    async () => {
      const key = await genuineKey();
      const twice = signingInput(base64Url(goodHeader), base64Url(goodClaims));
      return { token: await signInput(key, twice), keys: [key.entry] };
    },
  ],
]);
