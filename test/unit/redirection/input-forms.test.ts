import { expect, test } from "vitest";
import { redirectionParameter as name } from "../../../generated/redirection.js";
import { PurseRedirectionError } from "../../../src/errors/redirection-error.js";
import { createRedirectionVerifier } from "../../../src/redirection/index.js";
import { findToken, type RedirectionInput } from "../../../src/redirection/token-input.js";
import { thrownBy } from "../../support/failures.js";

const token = "aa.bb.cc";
const query = `order=1&${name}=${token}&lang=fr`;
const page = `https://shop.example/return?${query}`;

/** Like Next's `request.nextUrl`: not a subclass of `URL`, with getters and its state behind a symbol. */
class OtherUrl {
  readonly #url: URL;
  constructor(href: string) {
    this.#url = new URL(href);
  }
  get href(): string {
    return this.#url.href;
  }
  get searchParams(): URLSearchParams {
    return this.#url.searchParams;
  }
}

/** Like Next's `useSearchParams()`: read-only and not a subclass of `URLSearchParams`. */
class OtherParams {
  readonly #params: URLSearchParams;
  constructor(text: string) {
    this.#params = new URLSearchParams(text);
  }
  getAll(wanted: string): string[] {
    return this.#params.getAll(wanted);
  }
  toString(): string {
    return this.#params.toString();
  }
}

class OtherRequest {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

/** Every form of input that frameworks provide, built from a query. */
const forms: readonly [string, (query: string) => RedirectionInput][] = [
  ["an absolute URL", (text) => `https://shop.example/return?${text}`],
  ["a path with a query", (text) => `/return?${text}`],
  ["a path without a leading slash", (text) => `return?${text}`],
  ["a query with its question mark", (text) => `?${text}`],
  ["a plain query, like API Gateway's rawQueryString", (text) => text],
  ["a URL", (text) => new URL(`https://shop.example/return?${text}`)],
  ["a URL of another class", (text) => new OtherUrl(`https://shop.example/return?${text}`)],
  ["an object with an href", (text) => ({ href: `https://shop.example/return?${text}` })],
  ["an object with searchParams", (text) => ({ searchParams: new OtherParams(text) })],
  ["URLSearchParams", (text) => new URLSearchParams(text)],
  ["URLSearchParams of another class", (text) => new OtherParams(text)],
  ["a Request", (text) => new Request(`https://shop.example/return?${text}`)],
  ["a request of another class", (text) => new OtherRequest(`/return?${text}`)],
  ["an event whose url is a URL", (text) => ({ url: new OtherUrl(`https://shop.example/return?${text}`) })],
];

test.each(forms)("the token is found in %s", (_, make) => {
  expect(findToken(make(query))).toBe(token);
});

test.each(forms)("a repeated parameter is refused in %s", (_, make) => {
  expect(reasonOf(make(`${query}&${name}=${token}`))).toBe("parameter_repeated");
  expect(reasonOf(make(`${name}=${token}&${name}=`))).toBe("parameter_repeated");
});

test.each(forms)("a missing or empty token is reported as missing in %s", (_, make) => {
  expect(reasonOf(make("order=1"))).toBe("parameter_missing");
  expect(reasonOf(make(`order=1&${name}=`))).toBe("parameter_missing");
});

test.each(forms)("the same maximum length applies in %s, for every parameter", (_, make) => {
  const long = "a".repeat(16_385);
  expect(reasonOf(make(`${name}=${long}`))).toBe("token_malformed");
  expect(reasonOf(make(`${query}&filler=${long}`))).toBe("token_malformed");
});

test("in a plain query, values may contain a question mark, a slash or a colon", () => {
  expect(findToken(`back=/cart?step=2:1&${name}=${token}`)).toBe(token);
  expect(findToken(`debug&${name}=${token}`)).toBe(token);
  expect(findToken(`&${name}=${token}`)).toBe(token);
  expect(reasonOf(`a=1?${name}=${token}`)).toBe("parameter_missing");
});

test("an address without a query is not read as a query", () => {
  for (const address of [
    `https://${name}=${token}@shop.example/`,
    `/return/${name}=${token}`,
    `shop.example:80/${name}=${token}`,
    `#${name}=${token}`,
  ]) {
    expect(reasonOf(address)).toBe("parameter_missing");
  }
});

const broken = (): never => {
  throw new Error("a getter that fails, with a secret in its message");
};
const loop: { url?: unknown } = {};
loop.url = loop;

test.each<[string, unknown]>([
  ["url is a getter that throws", Object.defineProperty({}, "url", { get: broken })],
  ["href is a getter that throws", Object.defineProperty({}, "href", { get: broken })],
  ["searchParams is a getter that throws", Object.defineProperty({}, "searchParams", { get: broken })],
  ["getAll throws", { getAll: broken }],
  ["getAll is not a function", { getAll: "all" }],
  ["getAll returns a string", { getAll: () => token }],
  ["getAll returns undefined", { getAll: () => undefined }],
  ["getAll returns a promise", { getAll: () => Promise.resolve([token]) }],
  ["getAll returns numbers", { getAll: () => [5] }],
  ["getAll returns a file", { getAll: () => [new Blob([token])] }],
  ["getAll returns an array that throws", { getAll: () => new Proxy([token], { get: broken }) }],
  ["searchParams is a record", { searchParams: { [name]: token } }],
  ["searchParams is a promise", { searchParams: Promise.resolve({ [name]: token }) }],
  ["href is not a string", { href: { toString: () => page } }],
  ["url is itself", loop],
  ["everything throws", new Proxy({}, { get: broken, has: broken, getPrototypeOf: broken })],
  ["it is a parsed query", { [name]: token }],
  ["it is an array", [page]],
  ["it is a boxed string", Object(page)],
  ["it is a function", () => page],
  ["it is a symbol", Symbol(page)],
])("input is refused with PurseRedirectionError when %s", (_, input) => {
  expect(reasonOf(input)).toBe("token_malformed");
});

test("a refusal does not contain the message of a foreign getter", async () => {
  const verifier = createRedirectionVerifier({ keys: { keys: [] } });
  const input = Object.defineProperty({}, "url", { get: broken }) as unknown as RedirectionInput;
  const refusal = await verifier.verify(input).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(PurseRedirectionError);
  expect(String(refusal)).not.toContain("secret");
  expect((refusal as PurseRedirectionError).cause).toBeUndefined();
});

test("the types refuse invalid input too", () => {
  const parsed: Readonly<Record<string, string | string[] | undefined>> = { [name]: token };
  // @ts-expect-error A parsed query hides repeated parameters.
  expect(reasonOf(parsed satisfies RedirectionInput)).toBe("token_malformed");
  // @ts-expect-error A form may contain files.
  expect(reasonOf(new FormData() satisfies RedirectionInput)).toBe("parameter_missing");
});

test("jwksUrl may be a URL of another class", async () => {
  const asked: string[] = [];
  const verifier = createRedirectionVerifier({
    jwksUrl: new OtherUrl("https://purse.test/keys") as unknown as URL,
    fetch: (url) => {
      asked.push(url);
      return Promise.resolve(new Response(null, { status: 500 }));
    },
  });
  const wellFormed = `eyJraWQiOiJhIiwiYWxnIjoiUlMyNTYifQ.e30.${"A".repeat(342)}`;
  await verifier.verify(wellFormed).catch(() => undefined);
  expect(asked).toEqual(["https://purse.test/keys"]);
});

function reasonOf(input: unknown): string {
  const error = thrownBy(() => findToken(input as RedirectionInput));
  expect(error).toBeInstanceOf(PurseRedirectionError);
  return (error as PurseRedirectionError).reason;
}
