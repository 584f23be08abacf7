import { html } from "hono/html";
import { createVaultFormToken, testCards } from "purse-payments/simulator";
import type { Order } from "../store/orders.js";
import type { Html } from "./layout.js";
import { money } from "./money.js";
import { lines } from "./order.js";

/**
 * A card form in the shop's own page. In a real shop the vendor's SecureFields stand in place of the list: they give the page a
 * token for the card, as the list of test cards does here.
 */
export function cardPage(order: Order): Html {
  return html`<div class="aside">
    <form
      id="card-form"
      class="panel"
      method="post"
      action="/orders/${order.id}/card"
      data-order="/orders/${order.id}"
    >
      <label for="card-token">Test card</label>
      <select id="card-token" name="token">
        ${Object.entries(testCards).map(
          ([name, { number }]) =>
            html`<option value="${createVaultFormToken(number)}">
              ${number.slice(-4)}, ${name.replaceAll(/(?=[A-Z])/g, " ").toLowerCase()}
            </option>`,
        )}
      </select>
      <noscript>Paying here needs JavaScript.</noscript>
      <button class="wide">Pay ${money(order.amount, order.currency)}</button>
      <p class="small">Your browser tells the card issuer its language, screen and time zone.</p>
    </form>
    <div class="panel">${lines(order)}<a href="/orders/${order.id}">Pay in another way</a></div>
  </div>`;
}

export const cardHead: Html = html`<script type="module" src="/card.js"></script>`;
