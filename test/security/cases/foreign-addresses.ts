import { redirectionParameter as name } from "../../../generated/redirection.js";
import type { RedirectionInput } from "../../../src/redirection/token-input.js";
import { address } from "./addresses.js";
import { casesOf, type AttackCase } from "./attack-case.js";

const page = "https://shop.example/return";
const forged = "eyJhbGciOiJub25lIn0.e30.AAAA";

/** As frameworks have them: with members of the same names, and of no class of the platform. */
class ForeignUrl {
  readonly #url: URL;
  constructor(query: string) {
    this.#url = new URL(`${page}?${query}`);
  }
  get href(): string {
    return this.#url.href;
  }
  get searchParams(): URLSearchParams {
    return this.#url.searchParams;
  }
}

const foreignSearch = (query: string): { getAll: (name: string) => string[]; toString: () => string } => {
  const search = new URLSearchParams(query);
  return { getAll: (wanted) => search.getAll(wanted), toString: () => search.toString() };
};

const shapes: readonly (readonly [string, (query: string) => RedirectionInput])[] = [
  ["a query without its question mark", (query) => query],
  ["a URL of another class", (query) => new ForeignUrl(query)],
  ["an object with an href", (query) => ({ href: `${page}?${query}` })],
  ["an object with searchParams", (query) => ({ searchParams: foreignSearch(query) })],
  ["parameters of another class", foreignSearch],
  ["a request of another class", (query) => ({ url: `/return?${query}` })],
  ["an event with a URL", (query) => ({ url: new ForeignUrl(query) })],
];

const large = "a".repeat(1024 * 1024);

const everyShape = shapes.flatMap(([shape, make]) =>
  casesOf(shape, [
    ["a genuine token", "accept", address((token) => make(`${name}=${token}`))],
    ["among other parameters", "accept", address((token) => make(`order=1&${name}=${token}&lang=fr`))],
    [
      "the dots percent-encoded",
      "accept",
      address((token) => make(`${name}=${token.replaceAll(".", "%2E")}`)),
    ],
    ["a forged one alone", "algorithm_refused", address(() => make(`${name}=${forged}`))],
    [
      "a forged one first",
      "parameter_repeated",
      address((token) => make(`${name}=${forged}&${name}=${token}`)),
    ],
    [
      "a forged one last",
      "parameter_repeated",
      address((token) => make(`${name}=${token}&${name}=${forged}`)),
    ],
    ["an empty one last", "parameter_repeated", address((token) => make(`${name}=${token}&${name}`))],
    ["none", "parameter_missing", address(() => make("order=1"))],
    ["in a parameter of another name", "parameter_missing", address((token) => make(`token=${token}`))],
    ["in another case", "parameter_missing", address((token) => make(`${name.toUpperCase()}=${token}`))],
    ["a token of a megabyte", "token_malformed", address(() => make(`${name}=${large}`))],
    [
      "another parameter of a megabyte",
      "token_malformed",
      address((token) => make(`${name}=${token}&filler=${large}`)),
    ],
  ]),
);

/** What only looks like an address; the declared type is wrong. */
const odd = (write: (token: string) => unknown): AttackCase["make"] =>
  address((token) => write(token) as RedirectionInput);

const fails = (): never => {
  throw new Error("of the framework");
};

const oddities = casesOf("objects that are no addresses", [
  ["a parsed query", "token_malformed", odd((token) => ({ [name]: token }))],
  ["a parsed query with two", "token_malformed", odd((token) => ({ [name]: [forged, token] }))],
  [
    "a parsed query as searchParams",
    "token_malformed",
    odd((token) => ({ searchParams: { [name]: token } })),
  ],
  ["a list of tokens", "token_malformed", odd((token) => [token])],
  ["a boxed token", "token_malformed", odd((token) => Object(token))],
  ["a token by toString", "token_malformed", odd((token) => ({ toString: () => token }))],
  ["a token as url of a url", "token_malformed", odd((token) => ({ url: { url: token } }))],
  ["a function", "token_malformed", odd((token) => () => token)],
  ["a getter that throws", "token_malformed", odd(() => Object.defineProperty({}, "href", { get: fails }))],
  ["a proxy that throws", "token_malformed", odd(() => new Proxy({}, { get: fails, has: fails }))],
  ["a getAll that throws", "token_malformed", odd(() => ({ getAll: fails }))],
  ["a getAll that gives text", "token_malformed", odd((token) => ({ getAll: () => token }))],
  [
    "a getAll that gives an iterator",
    "token_malformed",
    odd((token) => ({ getAll: () => new Set([token]) })),
  ],
  ["a getAll that gives an object", "token_malformed", odd((token) => ({ getAll: () => [{ token }] }))],
  ["a getAll that gives two", "parameter_repeated", odd((token) => ({ getAll: () => [token, token] }))],
  ["a getAll that gives two of a kind", "parameter_repeated", odd((token) => ({ getAll: () => [token, 5] }))],
]);

const rawQueries = casesOf("a query without its question mark, read as such", [
  ["a question mark in another value", "accept", address((token) => `back=/cart?step=1&${name}=${token}`)],
  ["a parameter without a value first", "accept", address((token) => `debug&${name}=${token}`)],
  ["a fragment after it", "accept", address((token) => `${name}=${token}#&${name}=${forged}`)],
  ["after a question mark in a value", "parameter_missing", address((token) => `a=1?${name}=${token}`)],
  [
    "a second one after a question mark",
    "token_malformed",
    address((token) => `${name}=${token}?${name}=${forged}`),
  ],
  ["as a user name", "parameter_missing", address((token) => `//${name}=${token}@shop.example`)],
  ["as a port's path", "parameter_missing", address((token) => `shop.example:80/${name}=${token}`)],
  ["in the fragment alone", "parameter_missing", address((token) => `#${name}=${token}`)],
]);

export const foreignAddressCases: readonly AttackCase[] = [...everyShape, ...oddities, ...rawQueries];
