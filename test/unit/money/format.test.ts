import { expect, it } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { formatMoney, listCurrencies, toDecimalString } from "../../../src/money/index.js";

/** Replaces all kinds of spaces, which differ between runtimes. */
function plain(text: string): string {
  return text.replaceAll(/\s/gu, " ");
}

it.each([
  [1999, "EUR", "fr-FR", "19,99 €"],
  [1999, "EUR", "de-DE", "19,99 €"],
  [123456, "USD", "en-US", "$1,234.56"],
  [1500, "JPY", "en-US", "¥1,500"],
  [1500, "KWD", "en-US", "KWD 1.500"],
  // Intl by default shows none of these decimals.
  [123456, "HUF", "en-US", "HUF 1,234.56"],
  [1234, "IQD", "en-US", "IQD 1.234"],
] as const)("writes %d %s for %s as %s", (minorUnits, currency, locale, text) => {
  expect(plain(formatMoney(minorUnits, currency, locale))).toBe(text);
});

it("keeps every digit of the largest amounts", () => {
  expect(plain(formatMoney(Number.MAX_SAFE_INTEGER, "EUR", "en-US"))).toBe("€90,071,992,547,409.91");
  for (const currency of listCurrencies()) {
    const digits = formatMoney(Number.MAX_SAFE_INTEGER, currency, "en-US").replaceAll(/\D/g, "");
    expect(digits).toBe(toDecimalString(Number.MAX_SAFE_INTEGER, currency).replace(".", ""));
  }
});

it("accepts several locales, and none", () => {
  expect(plain(formatMoney(1999, "EUR", ["fr-FR", "en"]))).toBe("19,99 €");
  expect(formatMoney(1999, "EUR")).toMatch(/19.99/);
});

it("refuses invalid locales, amounts and currencies", () => {
  expect(() => formatMoney(1999, "EUR", "not a locale")).toThrow(PurseInvalidArgumentError);
  expect(() => formatMoney(1999, "EUR", null as never)).toThrow(PurseInvalidArgumentError);
  expect(() => formatMoney(19.99, "EUR", "en")).toThrow(PurseInvalidArgumentError);
  expect(() => formatMoney(1999, "ABC", "en")).toThrow(PurseInvalidArgumentError);
});
