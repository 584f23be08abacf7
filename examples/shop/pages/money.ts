import { formatMoney } from "purse-payments/money";

/** An amount in minor units as the shop's pages write it. */
export function money(amount: number, currency: string): string {
  return formatMoney(amount, currency, "en-IE");
}

/** For example `euros`. */
export function currencyName(currency: string): string {
  const style = { style: "currency", currency, currencyDisplay: "name" } as const;
  const parts = new Intl.NumberFormat("en-IE", style).formatToParts(2);
  return parts.find(({ type }) => type === "currency")?.value ?? currency;
}

/** For example `€`. */
export function currencySign(currency: string): string {
  const parts = new Intl.NumberFormat("en-IE", { style: "currency", currency }).formatToParts(0);
  return parts.find(({ type }) => type === "currency")?.value ?? currency;
}
