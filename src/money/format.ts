import type { Currency } from "../../generated/schema.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { toDecimalString } from "./amounts.js";
import { currencyDecimals } from "./currencies.js";

/**
 * Minor units as people of a locale write them, with all decimals of the currency by ISO 4217. For showing only:
 * {@link toDecimalString} is for what programs read again.
 *
 * @param minorUnits a whole number, zero or more.
 * @param currency ISO 4217 code in capitals.
 * @param locale a language tag, or several in order of preference. Which digits, marks and (often non-breaking) blanks
 * come out is the runtime's.
 * @defaultValue the runtime's own locale
 * @throws PurseInvalidArgumentError when the number, the currency or the locale is wrong.
 *
 * @example
 * ```ts run
 * import { formatMoney } from "purse-payments/money";
 *
 * if (formatMoney(123456, "EUR", "en-IE") !== "€1,234.56") throw new Error();
 * ```
 */
export function formatMoney(
  minorUnits: number,
  currency: Currency,
  locale?: string | readonly string[],
): string {
  const decimal = toDecimalString(minorUnits, currency);
  const decimals = currencyDecimals(currency);
  let formatter: Intl.NumberFormat;
  try {
    // Decimals are given, because Intl has fewer for some currencies and would round.
    formatter = new Intl.NumberFormat(locale === undefined ? undefined : [locale].flat(), {
      style: "currency",
      currency,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  } catch {
    throw new PurseInvalidArgumentError("locale", 'must be a language tag such as "fr-FR", or several.');
  }
  // As text, so that no digit is lost to floating point. Runtimes take it since 2023; the type does not know yet.
  return formatter.format(decimal as unknown as bigint);
}
