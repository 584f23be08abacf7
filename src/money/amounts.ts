import type { Currency } from "../../generated/schema.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { currencyDecimals } from "./currencies.js";

/**
 * A decimal amount as the whole number of minor units that the API takes. Exact: no floating point, no rounding, and
 * whatever could be read in two ways is refused.
 *
 * @param amount plain digits with at most as many decimals as the currency has, after a point: `"19.99"`, `"19.9"`,
 * `"19"`. Not a number: `19.99` is not exactly 19.99, and sums of such numbers drift.
 * @param currency ISO 4217 code in capitals.
 * @returns minor units, zero or more.
 * @throws PurseInvalidArgumentError for anything else: a number, more decimals than the currency has (`"1.500"` may well
 * mean one thousand five hundred), signs, blanks, separators, exponents, leading zeros, an unknown currency, or more
 * than `Number.MAX_SAFE_INTEGER` minor units.
 *
 * @example
 * ```ts run
 * import { toMinorUnits } from "purse-payments/money";
 *
 * const amounts = [toMinorUnits("19.99", "EUR"), toMinorUnits("1500", "JPY"), toMinorUnits("1.5", "KWD")];
 * if (amounts.join() !== "1999,1500,1500") throw new Error(amounts.join());
 * ```
 *
 * Source: that amounts are minor units with the decimals of ISO 4217 is documented.
 */
export function toMinorUnits(amount: string, currency: Currency): number {
  const decimals = currencyDecimals(currency);
  const [, units = "", fraction = ""] = plainDecimal.exec(checkText(amount)) ?? refuseForm(amount);
  if (fraction.length > decimals) refuseDecimals(fraction.length, decimals, currency);
  const minorUnits = Number(units + fraction.padEnd(decimals, "0"));
  if (Number.isSafeInteger(minorUnits)) return minorUnits;
  throw new PurseInvalidArgumentError("amount", `is too large: ${limitText}.`);
}

/**
 * Minor units as a decimal string with all decimals of the currency and no separators, for records, exports and forms.
 * The reverse of {@link toMinorUnits}.
 *
 * @param minorUnits a whole number, zero or more.
 * @param currency ISO 4217 code in capitals.
 * @throws PurseInvalidArgumentError when the number is not whole, negative or not exact, or the currency is unknown.
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

/** A count of minor units that is exact, and of which there is nothing less than nothing. */
export function checkMinorUnits(value: unknown, argument: string): number {
  if (typeof value !== "number") {
    throw new PurseInvalidArgumentError(argument, "must be a number, as the API's amounts are.");
  }
  // Minus zero is zero, but its sign would show.
  if (Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)) return value;
  throw new PurseInvalidArgumentError(
    argument,
    `must be a whole number of minor units, zero or more, and not above ${String(Number.MAX_SAFE_INTEGER)}.`,
  );
}

const plainDecimal = /^(0|[1-9]\d*)(?:\.(\d+))?$/;
const limitText = `more than ${String(Number.MAX_SAFE_INTEGER)} minor units cannot be counted exactly`;

function checkText(amount: unknown): string {
  if (typeof amount === "string") return amount;
  throw new PurseInvalidArgumentError(
    "amount",
    typeof amount === "number"
      ? 'must be a string such as "19.99": as a number it is not exact (0.1 + 0.2 is not 0.3). ' +
          "If you have minor units already, pass them to the API as they are."
      : 'must be a string such as "19.99".',
  );
}

function refuseForm(amount: string): never {
  const complaint = complaints.find(([pattern]) => pattern.test(amount))?.[1] ?? "is not a plain decimal";
  throw new PurseInvalidArgumentError(
    "amount",
    `${complaint}. Write digits with a point, such as "1234.56".`,
  );
}

const complaints: readonly (readonly [RegExp, string])[] = [
  [/^$/, "is empty"],
  [/\s/, "has blanks in it"],
  [/^-/, "is negative (or has a sign); payments, captures and refunds are all given without one"],
  [/^\+/, "has a sign"],
  [/^[\d.]+e/i, "is written with an exponent"],
  [/[,']/, "has a comma or an apostrophe, which mean different things in different countries"],
  [/^0\d/, "has leading zeros"],
];

function refuseDecimals(given: number, decimals: number, currency: string): never {
  const allowed = decimals === 0 ? "no decimals" : `at most ${String(decimals)} decimals`;
  throw new PurseInvalidArgumentError(
    "amount",
    `has ${String(given)} decimals, but ${currency} has ${allowed}. Round it first, by your own rule; ` +
      "and a point must not separate thousands.",
  );
}
