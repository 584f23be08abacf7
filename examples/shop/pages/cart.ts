import { html } from "hono/html";
import { currency, findProduct } from "../catalogue.js";
import type { OrderLine } from "../store/orders.js";
import { picture } from "./catalogue.js";
import type { Html } from "./layout.js";
import { money } from "./money.js";

/**
 * @param orderId id that the order will have: the same form sent twice places one order.
 * @param hasChanged says that the total is another one than the shopper was about to agree to.
 */
export function cartPage(lines: readonly OrderLine[], orderId: string, hasChanged: boolean): Html {
  if (lines.length === 0) {
    return html`<p>Nothing in it yet.</p>
      <p><a href="/">Look at the teas</a></p>`;
  }
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  const changed = html`<p class="notice" role="status">
    Your cart has changed. Please look at the new total before you order.
  </p>`;
  return html`${hasChanged ? changed : ""}
    <form id="remove" method="post" action="/cart/remove"></form>
    <form method="post" action="/checkout" class="aside" data-once>
      <div>
        <table class="cart">
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
            ${lines.map(cartLine)}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colspan="2">Total</th>
              <td class="number"><strong>${money(total, currency)}</strong></td>
            </tr>
          </tfoot>
        </table>
        <p class="ways-on">
          <button class="quiet" formaction="/cart/pieces">Update</button> <a href="/">Back to the shop</a>
        </p>
      </div>
      <div class="panel">
        <input type="hidden" name="order" value="${orderId}" autocomplete="off" />
        <input type="hidden" name="total" value="${String(total)}" autocomplete="off" />
        <fieldset>
          <legend>Where would you like to pay?</legend>
          <label
            ><input type="radio" name="place" value="HOSTED_PAGE" checked /> On the payment page of
            Purse</label
          >
          <label><input type="radio" name="place" value="EMBEDDED" /> Here in the shop</label>
        </fieldset>
        <button class="wide">Order and pay ${money(total, currency)}</button>
      </div>
    </form>`;
}

function cartLine({ sku, name, quantity, unitPrice }: OrderLine): Html {
  const product = findProduct(sku);
  return html`<tr>
    <th scope="row">
      <div class="item">
        ${product === undefined ? "" : picture(product)}
        <div>
          <a href="/products/${sku}">${name}</a>
          <span class="small">${money(unitPrice, currency)} each</span>
          <button class="link" form="remove" name="sku" value="${sku}">
            Remove<span class="unseen"> ${name}</span>
          </button>
        </div>
      </div>
    </th>
    <td>
      <input
        type="number"
        name="${sku}"
        value="${String(quantity)}"
        min="0"
        max="20"
        inputmode="numeric"
        autocomplete="off"
        aria-label="Pieces of ${name}"
      />
    </td>
    <td class="number">${money(quantity * unitPrice, currency)}</td>
  </tr>`;
}
