import { html } from "hono/html";
import { currency } from "../catalogue.js";
import type { OrderLine } from "../store/orders.js";
import type { Html } from "./layout.js";
import { money } from "./money.js";

/** @param orderId id that the order will have: the same form sent twice places one order. */
export function cartPage(lines: readonly OrderLine[], orderId: string): Html {
  if (lines.length === 0) {
    return html`<p>Nothing in it yet.</p>
      <p><a href="/">Look at the teas</a></p>`;
  }
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  return html`<form method="post" action="/cart/pieces" class="cart">
      <table>
        <caption class="unseen">
          What is in the cart
        </caption>
        <thead>
          <tr>
            <th scope="col">Tea</th>
            <th scope="col">Pieces</th>
            <th scope="col" class="number">Price</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            (line) =>
              html`<tr>
                <th scope="row">${line.name}</th>
                <td>
                  <input
                    type="number"
                    name="${line.sku}"
                    value="${String(line.quantity)}"
                    min="0"
                    max="20"
                    inputmode="numeric"
                    aria-label="Pieces of ${line.name}"
                  />
                </td>
                <td class="number">${money(line.quantity * line.unitPrice, currency)}</td>
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="2">Total</th>
            <td class="number"><strong>${money(total, currency)}</strong></td>
          </tr>
        </tfoot>
      </table>
      <button class="quiet">Update</button>
    </form>
    <form method="post" action="/checkout" data-once>
      <input type="hidden" name="order" value="${orderId}" />
      <fieldset>
        <legend>Where would you like to pay?</legend>
        <label
          ><input type="radio" name="place" value="HOSTED_PAGE" checked /> On the payment page of Purse</label
        >
        <label><input type="radio" name="place" value="EMBEDDED" /> Here in the shop</label>
      </fieldset>
      <button>Order and pay ${money(total, currency)}</button>
    </form>`;
}
