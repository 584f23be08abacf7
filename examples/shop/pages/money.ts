import { formatMoney } from "purse-payments/money";

/** An amount in minor units as the shop's pages write it. */
export function money(amount: number, currency: string): string {
  return formatMoney(amount, currency, "en-IE");
}
