import { expect, it } from "vitest";
import { currencyValues } from "../../../generated/enums.js";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { currencyDecimals, listCurrencies } from "../../../src/money/index.js";

/** Currencies whose decimals in CLDR, which Intl follows, differ from ISO 4217: in CLDR 48, and RSD in earlier versions. */
const ownWayInCldr = "AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR RSD SLL SOS SYP YER".split(" ");

function intlDecimals(currency: string): number | undefined {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
}

it("contains every currency in Purse's documentation", () => {
  expect(currencyValues.map(currencyDecimals)).toEqual([2, 2, 2, 0, 2]);
});

it.each(["XAD", "XCG", "ZWG", "VED"])("contains %s, which runtimes may not know yet", (code) => {
  expect(currencyDecimals(code)).toBe(2);
});

it("contains each code once, in alphabetical order", () => {
  const codes = listCurrencies();
  expect(codes).toEqual([...new Set(codes)].sort());
  expect(codes).toHaveLength(171);
  expect(codes.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
});

it("differs from Intl only where CLDR differs from ISO 4217", () => {
  const differing = listCurrencies().filter((code) => intlDecimals(code) !== currencyDecimals(code));
  expect(differing.filter((code) => !ownWayInCldr.includes(code))).toEqual([]);
});

it("contains every current currency known to the runtime", () => {
  const known = new Set(listCurrencies());
  const inUse = Intl.supportedValuesOf("currency").filter((code) => isCurrent(code) && !known.has(code));
  expect(inUse).toEqual([]);
});

/** Whether Intl's English name has no years, with which CLDR marks past currencies. */
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
