import { html } from "hono/html";
import type { AuthorizationTransaction, Payment } from "purse-payments";
import type { Html } from "./layout.js";
import { money } from "./money.js";

/** The methods that shoppers of this shop may have paid with. Others are called by the name that Purse gives them. */
const names: Readonly<Record<string, string>> = {
  creditcard: "Card",
  giftcard: "Gift card",
  paypal: "PayPal",
  applepay: "Apple Pay",
  googlepay: "Google Pay",
};

export function methodName({ method, card }: Pick<AuthorizationTransaction, "method" | "card">): string {
  const name = names[method] ?? method;
  return card === undefined ? name : `${name} ending in ${card.last_four_digits}`;
}

/** One line for each part of a payment: a gift card and a card are two. */
export function methodLines({ authorization, split, currency }: Payment, withStatus = false): Html[] {
  const known = authorization.partner_transactions;
  const parts: readonly (Pick<AuthorizationTransaction, "method" | "card" | "amount"> & {
    status?: string;
  })[] = known.length > 0 ? known : split;
  return parts.map(
    (part) =>
      html`<li>
        <span>${methodName(part)}</span>
        ${
          withStatus && part.status !== undefined
            ? html`<span class="badge ${part.status.toLowerCase()}">${part.status.toLowerCase()}</span>`
            : ""
        }
        <span class="number">${money(part.amount, currency)}</span>
      </li>`,
  );
}
