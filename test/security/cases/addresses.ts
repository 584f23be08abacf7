import { redirectionParameter as name } from "../../../generated/redirection.js";
import type { RedirectionInput } from "../../../src/redirection/token-input.js";
import { casesOf, type Attack, type AttackCase } from "./attack-case.js";
import { genuineKey, goodClaims, goodHeader, sign } from "./signing.js";

/** An address with a genuine token somewhere in it. */
export const address = (write: (token: string) => RedirectionInput) => async (): Promise<Attack> => {
  const key = await genuineKey();
  return { input: write(await sign(key)), keys: [key.entry] };
};

const page = "https://shop.example/return";
const encodedName = name.replaceAll("-", "%2D");

const forms = casesOf("addresses", [
  ["the bare token", "accept", address((token) => token)],
  ["an absolute URL", "accept", address((token) => `${page}?order=1&${name}=${token}`)],
  ["a path with a query", "accept", address((token) => `/return?${name}=${token}&lang=fr`)],
  ["a query", "accept", address((token) => `?${name}=${token}`)],
  ["a URL object", "accept", address((token) => new URL(`${page}?${name}=${token}`))],
  ["URLSearchParams", "accept", address((token) => new URLSearchParams({ [name]: token }))],
  ["a Request", "accept", address((token) => new Request(`${page}?${name}=${token}`))],
  ["a fragment after the query", "accept", address((token) => `${page}?${name}=${token}#top`)],
  ["the name percent-encoded", "accept", address((token) => `${page}?${encodedName}=${token}`)],
  [
    "the dots percent-encoded",
    "accept",
    address((token) => `${page}?${name}=${token.replaceAll(".", "%2E")}`),
  ],
]);

const missing = casesOf("token out of place", [
  ["no query", "parameter_missing", address(() => page)],
  ["nothing at all", "parameter_missing", address(() => "")],
  ["an empty parameter", "parameter_missing", address(() => `${page}?${name}=`)],
  ["a parameter without a value", "parameter_missing", address(() => `${page}?${name}`)],
  ["in the fragment", "parameter_missing", address((token) => `${page}#${name}=${token}`)],
  ["in a query inside the fragment", "parameter_missing", address((token) => `${page}#/x?${name}=${token}`)],
  [
    "in the fragment of a URL object",
    "parameter_missing",
    address((token) => new URL(`${page}#?${name}=${token}`)),
  ],
  ["in the path", "parameter_missing", address((token) => `${page}/${name}=${token}`)],
  ["in the user name", "parameter_missing", address((token) => `https://${name}=${token}@shop.example/`)],
  ["in a parameter of another name", "parameter_missing", address((token) => `${page}?token=${token}`)],
  ["name in upper case", "parameter_missing", address((token) => `${page}?${name.toUpperCase()}=${token}`)],
  ["name in mixed case", "parameter_missing", address((token) => `${page}?Purse-Redirection-Data=${token}`)],
  [
    "name with underscores",
    "parameter_missing",
    address((token) => `${page}?${name.replaceAll("-", "_")}=${token}`),
  ],
  ["name with a blank after it", "parameter_missing", address((token) => `${page}?${name}+=${token}`)],
  ["name with a zero byte after it", "parameter_missing", address((token) => `${page}?${name}%00=${token}`)],
  ["name with brackets", "parameter_missing", address((token) => `${page}?${name}[]=${token}`)],
  [
    "name encoded twice",
    "parameter_missing",
    address((token) => `${page}?${encodedName.replaceAll("%", "%25")}=${token}`),
  ],
  ["after a semicolon", "parameter_missing", address((token) => `${page}?a=1;${name}=${token}`)],
  ["after an HTML entity", "parameter_missing", address((token) => `${page}?a=1&amp;${name}=${token}`)],
  [
    "inside another parameter",
    "parameter_missing",
    address((token) => `${page}?next=${encodeURIComponent(`?${name}=${token}`)}`),
  ],
  ["after a second question mark", "parameter_missing", address((token) => `${page}?a=1?${name}=${token}`)],
  [
    "in a form that was sent",
    "parameter_missing",
    address((token) => new Request(page, { method: "POST", body: new URLSearchParams({ [name]: token }) })),
  ],
  ["bare, with padding", "parameter_missing", address((token) => `${token}==`)],
  ["bare, percent-encoded", "parameter_missing", address((token) => token.replaceAll(".", "%2E"))],
  ["bare, with a line break", "parameter_missing", address((token) => `${token}\n`)],
  ["bare, with a blank before it", "parameter_missing", address((token) => ` ${token}`)],
  [
    "value encoded twice",
    "token_malformed",
    address((token) => `${page}?${name}=${token.replaceAll(".", "%252E")}`),
  ],
  ["value with a plus for a blank", "token_malformed", address((token) => `${page}?${name}=${token}+`)],
  [
    "value in JSON",
    "token_malformed",
    address((token) => `${page}?${name}=${encodeURIComponent(JSON.stringify([token]))}`),
  ],
]);

const forged = "eyJhbGciOiJub25lIn0.e30.AAAA";

const repeated = casesOf("parameters written twice", [
  ["the same twice", "parameter_repeated", address((token) => `${page}?${name}=${token}&${name}=${token}`)],
  [
    "a forged one first",
    "parameter_repeated",
    address((token) => `${page}?${name}=${forged}&${name}=${token}`),
  ],
  [
    "a forged one last",
    "parameter_repeated",
    address((token) => `${page}?${name}=${token}&${name}=${forged}`),
  ],
  ["an empty one first", "parameter_repeated", address((token) => `${page}?${name}=&${name}=${token}`)],
  ["an empty one last", "parameter_repeated", address((token) => `${page}?${name}=${token}&${name}`)],
  [
    "one name percent-encoded",
    "parameter_repeated",
    address((token) => `${page}?${encodedName}=${forged}&${name}=${token}`),
  ],
  [
    "far apart",
    "parameter_repeated",
    address((token) => `${page}?${name}=${token}&${"a=1&".repeat(500)}${name}=${forged}`),
  ],
  [
    "in URLSearchParams",
    "parameter_repeated",
    address(
      (token) =>
        new URLSearchParams([
          [name, token],
          [name, forged],
        ]),
    ),
  ],
  [
    "in a URL object",
    "parameter_repeated",
    address((token) => new URL(`${page}?${name}=${token}&${name}=${forged}`)),
  ],
  [
    "in a Request",
    "parameter_repeated",
    address((token) => new Request(`${page}?${name}=${token}&${name}=${forged}`)),
  ],
  [
    "the second in the fragment, which is not the query",
    "accept",
    address((token) => `${page}?${name}=${token}#&${name}=${forged}`),
  ],
  [
    "the second in another case, which is not the name",
    "accept",
    address((token) => `${page}?${name}=${token}&${name.toUpperCase()}=${forged}`),
  ],
]);

const large = 1024 * 1024;

const padded = async (): Promise<{ token: string; keys: readonly unknown[] }> => {
  const key = await genuineKey();
  return {
    token: await sign(key, goodHeader, { ...goodClaims, padding: "x".repeat(large) }),
    keys: [key.entry],
  };
};

const oversized = casesOf("oversized", [
  ["a genuine payload of a megabyte", "token_malformed", padded],
  [
    "the same, bare",
    "token_malformed",
    async () => {
      const { token, keys } = await padded();
      return { input: token, keys };
    },
  ],
  [
    "a genuine header of a megabyte",
    "token_malformed",
    async () => {
      const key = await genuineKey();
      return { token: await sign(key, { ...goodHeader, padding: "x".repeat(large) }), keys: [key.entry] };
    },
  ],
  ["a signature of a megabyte", "token_malformed", address((token) => `${token}${"A".repeat(large)}`)],
  ["a megabyte of dots", "token_malformed", address(() => ".".repeat(large))],
  [
    "a hundred thousand parameters",
    "token_malformed",
    address((token) => `${page}?${"a=1&".repeat(100_000)}${name}=${token}`),
  ],
  [
    "an address of a megabyte",
    "token_malformed",
    address((token) => `${page}/${"a".repeat(large)}?${name}=${token}`),
  ],
  ["a megabyte of percent signs", "token_malformed", address(() => `${page}?${name}=${"%".repeat(large)}`)],
  [
    "ten kilobytes, which is fine",
    "accept",
    async () => {
      const key = await genuineKey();
      const claims = { ...goodClaims, padding: "x".repeat(10_000) };
      return { token: await sign(key, goodHeader, claims), keys: [key.entry], claims };
    },
  ],
]);

export const addressCases: readonly AttackCase[] = [...forms, ...missing, ...repeated, ...oversized];
