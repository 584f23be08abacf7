import { expect, test } from "vitest";
import { PurseRedirectionError } from "../../../src/errors/redirection-error.js";
import { findToken, type RedirectionInput } from "../../../src/redirection/token-input.js";
import { thrownBy } from "../../support/failures.js";

const token = "aa.bb.cc";
const parameter = "purse-redirection-data";
const query = `?order=1&${parameter}=${token}&lang=fr`;

const accepted: readonly [string, RedirectionInput][] = [
  ["an absolute URL", `https://shop.example/return${query}`],
  ["a URL with a fragment", `https://shop.example/return${query}#top`],
  ["a URL object", new URL(`https://shop.example/return${query}`)],
  ["a relative req.url", `/return${query}`],
  ["a query", query],
  ["URLSearchParams", new URLSearchParams(query)],
  ["a Request", new Request(`https://shop.example/return${query}`)],
  ["a request of node:http", { url: `/return${query}` }],
  ["the bare token", token],
  ["an encoded token", `?${parameter}=aa%2Ebb%2Ecc`],
];

test.each(accepted)("the token is found in %s", (_, input) => {
  expect(findToken(input)).toBe(token);
});

function reasonOf(input: unknown): string {
  const error = thrownBy(() => findToken(input as RedirectionInput));
  expect(error).toBeInstanceOf(PurseRedirectionError);
  return (error as PurseRedirectionError).reason;
}

test.each<[string, unknown]>([
  ["no query", "https://shop.example/return"],
  ["another parameter", "/return?token=aa.bb.cc"],
  ["an empty parameter", `/return?${parameter}=`],
  ["a parameter in another case", `/return?${parameter.toUpperCase()}=${token}`],
  ["nothing", ""],
  ["empty URLSearchParams", new URLSearchParams()],
  ["a parameter in the fragment", `https://shop.example/return#${parameter}=${token}`],
])("an address with %s has no token", (_, input) => {
  expect(reasonOf(input)).toBe("parameter_missing");
});

test("a repeated parameter is refused", () => {
  const twice = `${query}&${parameter}=${token}`;
  for (const input of [
    twice,
    `/return${twice}`,
    new URLSearchParams(twice),
    new URL(`https://shop.example/${twice}`),
  ]) {
    expect(reasonOf(input)).toBe("parameter_repeated");
  }
});

test.each([[null], [undefined], [5], [{}], [[]], [{ url: 5 }], [{ url: null }]])(
  "%j is refused with PurseRedirectionError",
  (input) => {
    expect(reasonOf(input)).toBe("token_malformed");
  },
);

test("overlong input is refused before it is parsed", () => {
  const long = "a".repeat(20_000);
  for (const input of [long, `?${parameter}=${long}`, new URLSearchParams({ [parameter]: long })]) {
    expect(reasonOf(input)).toBe("token_malformed");
  }
});
