import type { Currency } from "../../generated/schema.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { currencyDecimals } from "./currencies.js";

/**
 * Converts a decimal amount to the minor units that the API takes. Exact: no floating point and no rounding. Ambiguous
 * input is refused.
 *
 * Source: documented. Amounts are minor units with the decimals of ISO 4217.
 *
 * @param amount digits with an optional decimal point and at most the currency's number of decimals: `"19.99"`, `"19.9"`,
 * `"19"`. Not a number, because floating-point numbers are not exact and errors add up.
 * @param currency ISO 4217 code in capitals.
 * @returns minor units, zero or more.
 * @throws PurseInvalidArgumentError for numbers, more decimals than the currency has (`"1.500"` could mean one thousand
 * five hundred), signs, spaces, separators, exponents, leading zeros, an unknown currency, or more than
 * `Number.MAX_SAFE_INTEGER` minor units.
 *
 * @example
 * ```ts run
 * import { toMinorUnits } from "purse-payments/money";
 *
 * const amounts = [toMinorUnits("19.99", "EUR"), toMinorUnits("1500", "JPY"), toMinorUnits("1.5", "KWD")];
 * if (amounts.join() !== "1999,1500,1500") throw new Error(amounts.join());
 * ```
 */
export function toMinorUnits(amount: string, currency: Currency): number {
  const decimals = currencyDecimals(currency);
  const [, units = "", fraction = ""] = plainDecimal.exec(checkText(amount)) ?? throwInvalidForm(amount);
  if (fraction.length > decimals) throwTooManyDecimals(fraction.length, decimals, currency);
  const minorUnits = Number(units + fraction.padEnd(decimals, "0"));
  if (Number.isSafeInteger(minorUnits)) return minorUnits;
  throw new PurseInvalidArgumentError("amount", `is too large: ${limitText}.`);
}

/**
 * Converts minor units to a decimal string with all decimals of the currency and no separators, for records, exports and
 * forms. The reverse of {@link toMinorUnits}.
 *
 * @param minorUnits a whole number, zero or more.
 * @param currency ISO 4217 code in capitals.
 * @throws PurseInvalidArgumentError when the number is not a whole number from 0 to `Number.MAX_SAFE_INTEGER`, or the
 * currency is unknown.
 *
 * @example
 * ```ts run
 * import { toDecimalString } from "purse-payments/money";
 *
 * const amounts = [toDecimalString(1999, "EUR"), toDecimalString(1500, "JPY"), toDecimalString(5, "KWD")];
 * if (amounts.join() !== "19.99,1500,0.005") throw new Error(amounts.join());
 * ```
 */
export function toDecimalString(minorUnits: number, currency: Currency): string {
  const decimals = currencyDecimals(currency);
  const digits = String(checkMinorUnits(minorUnits, "minorUnits")).padStart(decimals + 1, "0");
  if (decimals === 0) return digits;
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export function checkMinorUnits(value: unknown, argument: string): number {
  if (typeof value !== "number") {
    throw new PurseInvalidArgumentError(argument, "must be a number, like amounts in the API.");
  }
  // Refuses -0, because formatting would show its sign.
  if (Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)) return value;
  throw new PurseInvalidArgumentError(
    argument,
    `must be a whole number of minor units from 0 to ${String(Number.MAX_SAFE_INTEGER)}.`,
  );
}

const plainDecimal = /^(0|[1-9]\d*)(?:\.(\d+))?$/;
const limitText = `more than ${String(Number.MAX_SAFE_INTEGER)} minor units cannot be represented exactly`;

function checkText(amount: unknown): string {
  if (typeof amount === "string") return amount;
  throw new PurseInvalidArgumentError(
    "amount",
    typeof amount === "number"
      ? 'must be a string such as "19.99", because numbers are not exact (0.1 + 0.2 is not 0.3). ' +
          "If you already have minor units, pass them to the API unchanged."
      : 'must be a string such as "19.99".',
  );
}

function throwInvalidForm(amount: string): never {
  const problem = formProblems.find(([pattern]) => pattern.test(amount))?.[1] ?? "is not a plain decimal";
  throw new PurseInvalidArgumentError("amount", `${problem}. Write digits with a point, such as "1234.56".`);
}

const formProblems: readonly (readonly [RegExp, string])[] = [
  [/^$/, "is empty"],
  [/\s/, "contains spaces"],
  [/^-/, "has a minus sign; amounts of payments, captures and refunds are all positive"],
  [/^\+/, "has a sign"],
  [/^[\d.]+e/i, "is written with an exponent"],
  [/[,']/, "contains a comma or an apostrophe, whose meaning differs between countries"],
  [/^0\d/, "has leading zeros"],
];

function throwTooManyDecimals(given: number, decimals: number, currency: string): never {
  const allowed = decimals === 0 ? "no decimals" : `at most ${String(decimals)} decimals`;
  throw new PurseInvalidArgumentError(
    "amount",
    `has ${String(given)} decimals, but ${currency} has ${allowed}. Round it first, and do not use ` +
      "a point as thousands separator.",
  );
}
