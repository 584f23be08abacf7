import type { Currency } from "../../generated/schema.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";

/*
 * ISO 4217 list one as published on 2024-06-25, with later amendments (XCG and XAD in 2025, BGN withdrawn in 2026). Codes
 * withdrawn since 2021 are kept for showing and refunding old payments: ANG, BGN, CUC, HRK, SLL, ZWL. Codes without a minor
 * unit (gold, SDR, test codes) are left out, because they are not used for payments.
 *
 * Not taken from Intl, which follows CLDR: CLDR drops decimals that are rarely used in shops (HUF, IDR, IQD ...) and differs
 * between runtimes. A factor of 100 must not depend on the runtime.
 */
const withoutDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const withTwoDecimals =
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF " +
  "CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK " +
  "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR " +
  "MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP " +
  "SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER " +
  "ZAR ZMW ZWG ZWL";
const withThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
const withFourDecimals = "CLF UYW";

const codesByDecimals: readonly (readonly [decimals: number, codes: string])[] = [
  [2, withTwoDecimals],
  [0, withoutDecimals],
  [3, withThreeDecimals],
  [4, withFourDecimals],
];

/**
 * The number of decimals of a currency in ISO 4217.
 *
 * Source: ISO 4217, which Purse's documentation specifies for amounts. How payment partners treat currencies whose decimals
 * are not used in practice is not documented.
 *
 * @param currency three capital letters.
 * @returns 0, 2, 3 or 4.
 * @throws PurseInvalidArgumentError when the currency is not in ISO 4217 or has no minor unit.
 *
 * @example
 * ```ts run
 * import { currencyDecimals } from "purse-payments/money";
 *
 * const decimals = ["EUR", "JPY", "KWD"].map(currencyDecimals);
 * if (decimals.join() !== "2,0,3") throw new Error(decimals.join());
 * ```
 */
export function currencyDecimals(currency: Currency): number {
  const code: unknown = currency; // Callers in JavaScript can pass anything.
  if (typeof code !== "string" || !/^[A-Z]{3}$/.test(code)) {
    throw new PurseInvalidArgumentError("currency", 'must be an ISO 4217 code in capitals, such as "EUR".');
  }
  for (const [decimals, codes] of codesByDecimals) if (codes.includes(code)) return decimals;
  throw new PurseInvalidArgumentError(
    "currency",
    `${code} is not a known ISO 4217 currency. Check the code; if it is new, calculate the minor units yourself.`,
  );
}

/** All codes that {@link currencyDecimals} accepts, in alphabetical order. */
export function listCurrencies(): string[] {
  return codesByDecimals.flatMap(([, codes]) => codes.split(" ")).sort();
}
