import { afterEach, expect, test, vi } from "vitest";
import { collectBrowser } from "../../../src/browser/index.js";
import type { Browser } from "../../../src/index.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

function surroundings(globals: Record<string, unknown>): Browser {
  const usual = {
    navigator: {
      userAgent: "Shopper/1.0",
      language: "fr-FR",
      languages: ["fr-FR", "en"],
      javaEnabled: () => false,
    },
    location: {
      protocol: "https:",
      origin: "https://shop.example",
      pathname: "/pay",
      href: "https://shop.example/pay",
    },
    screen: { width: 1600, height: 1200, colorDepth: 24 },
  };
  for (const [name, value] of Object.entries({ ...usual, ...globals })) vi.stubGlobal(name, value);
  return collectBrowser();
}

const thrower = (): never => {
  throw new Error("blocked");
};

test.each<[string, Record<string, unknown>, Partial<Browser>, readonly (keyof Browser)[]]>([
  ["no screen", { screen: undefined }, { locale: "fr-FR" }, ["color_depth", "screen_height", "screen_width"]],
  [
    "a screen that is blocked",
    {
      screen: {
        get width() {
          return thrower();
        },
        height: 1,
        colorDepth: 24,
      },
    },
    { screen_height: 1 },
    ["screen_width"],
  ],
  [
    "a screen of fractions",
    { screen: { width: 411.43, height: 731.5, colorDepth: 24 } },
    { screen_width: 411, screen_height: 732 },
    [],
  ],
  [
    "a screen of nothing",
    { screen: { width: NaN, height: -1, colorDepth: undefined } },
    {},
    ["screen_width", "screen_height", "color_depth"],
  ],
  [
    "a screen without an area",
    { screen: { width: 0, height: 0, colorDepth: 0 } },
    { screen_width: 0, screen_height: 0, color_depth: 0 },
    [],
  ],
  [
    "no navigator",
    { navigator: undefined },
    { screen_width: 1600, javascript_enabled: true },
    ["user_agent", "locale", "accept_language", "java_enabled"],
  ],
  [
    "no languages",
    { navigator: { userAgent: "x", language: "", languages: [] } },
    { user_agent: "x", java_enabled: false },
    ["locale", "accept_language"],
  ],
  ["Java", { navigator: { javaEnabled: () => true } }, { java_enabled: true }, []],
  ["several languages", {}, { accept_language: "fr-FR,en" }, []],
  [
    "a page without an address",
    { location: { protocol: "about:", origin: "null", pathname: "blank" } },
    {},
    ["referrer"],
  ],
  [
    "a page of a file",
    { location: { protocol: "file:", origin: "null", pathname: "/x.html" } },
    {},
    ["referrer"],
  ],
  ["no address", { location: undefined }, {}, ["referrer"]],
])("with %s", (_, globals, members, missing) => {
  const browser = surroundings(globals);
  expect(browser).toMatchObject(members);
  for (const name of missing) expect(browser).not.toHaveProperty(name);
});

test.each([
  [-60, 60],
  [300, -300],
  [-345, 345],
  [0, 0],
])("an offset of %d is a time zone of %d", (offset, zone) => {
  vi.spyOn(Date.prototype, "getTimezoneOffset").mockReturnValue(offset);
  expect(surroundings({}).utc_time_zone).toBe(zone); // And not minus zero.
});

test("a clock that does not know its zone says nothing", () => {
  vi.spyOn(Date.prototype, "getTimezoneOffset").mockReturnValue(NaN);
  expect(surroundings({})).not.toHaveProperty("utc_time_zone");
});

test("what is collected survives JSON", () => {
  const browser = surroundings({});
  expect(JSON.parse(JSON.stringify(browser))).toEqual(browser);
});
