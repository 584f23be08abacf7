import type { Currency } from "../../generated/schema.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { toDecimalString } from "./amounts.js";
import { currencyDecimals } from "./currencies.js";

/**
 * Formats minor units for display in a locale, with all decimals of the currency in ISO 4217. For output that programs
 * read, use {@link toDecimalString}.
 *
 * @param minorUnits a whole number, zero or more.
 * @param currency ISO 4217 code in capitals.
 * @param locale a language tag, or several in order of preference. Digits, separators and (often non-breaking) spaces
 * depend on the runtime.
 * @defaultValue the runtime's locale
 * @throws PurseInvalidArgumentError when the number, currency or locale is invalid.
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
    // Explicit, because Intl has fewer decimals for some currencies and would round.
    formatter = new Intl.NumberFormat(locale === undefined ? undefined : [locale].flat(), {
      style: "currency",
      currency,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  } catch {
    throw new PurseInvalidArgumentError("locale", 'must be a language tag such as "fr-FR", or several.');
  }
  // A string, to avoid floating-point errors. Runtimes accept it since 2023, but the type does not.
  return formatter.format(decimal as unknown as bigint);
}
