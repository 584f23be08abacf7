import { expect, it } from "vitest";
import { currencyValues } from "../../../generated/enums.js";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { currencyDecimals, listCurrencies } from "../../../src/money/index.js";

/** Where CLDR, which Intl follows, has other decimals than ISO 4217: in its version 48, and RSD in earlier ones. */
const ownWayInCldr = "AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR RSD SLL SOS SYP YER".split(" ");

function intlDecimals(currency: string): number | undefined {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
}

it("knows every currency that Purse's documentation names", () => {
  expect(currencyValues.map(currencyDecimals)).toEqual([2, 2, 2, 0, 2]);
});

it("has each code once, in order", () => {
  const codes = listCurrencies();
  expect(codes).toEqual([...new Set(codes)].sort());
  expect(codes).toHaveLength(170);
  expect(codes.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
});

it("differs from Intl only where CLDR goes its own way", () => {
  const differing = listCurrencies().filter((code) => intlDecimals(code) !== currencyDecimals(code));
  expect(differing.filter((code) => !ownWayInCldr.includes(code))).toEqual([]);
});

it("misses no currency that is in use and known to the runtime", () => {
  const known = new Set(listCurrencies());
  const inUse = Intl.supportedValuesOf("currency").filter((code) => isCurrent(code) && !known.has(code));
  expect(inUse).toEqual([]);
});

/** Codes that Intl lists and whose English name is not marked with years, as CLDR marks those of the past. */
function isCurrent(code: string): boolean {
  const name = new Intl.DisplayNames("en", { type: "currency" }).of(code) ?? "";
  return !/\(\d{4}[–-]\d{4}\)/.test(name) && !notMoney.includes(code);
}

const notMoney = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX XRE XFO XFU XEU CNH CNX KRO".split(" ");

it.each(["EURO", "eur", "E R", "", " EUR", "EUR ", "ABC", "XAU", "XXX", "DEM", "D A", null, undefined, 978])(
  "refuses %j",
  (currency) => {
    const attempt = (): number => currencyDecimals(currency as never);
    expect(attempt).toThrow(PurseInvalidArgumentError);
    expect(attempt).toThrow(/^currency /);
  },
);
