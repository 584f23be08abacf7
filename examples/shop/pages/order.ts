import { html } from "hono/html";
import { canBePaid, type OrderState } from "../order-state.js";
import type { Order } from "../store/orders.js";
import type { Html } from "./layout.js";
import { money } from "./money.js";

const told: Readonly<Record<OrderState, string>> = {
  unpaid: "Not paid yet.",
  cancelled: "Cancelled. Nothing was charged.",
  pending: "We are waiting for word from your bank. You need not pay again.",
  "to be checked": "We are looking into your payment ourselves. You need not do anything.",
  refused: "The payment was refused. Nothing was charged; you can try again.",
  paid: "Paid. We are packing your tea.",
  "partly captured": "On its way in several parcels.",
  captured: "On its way.",
  "partly refunded": "A part of your money is on its way back.",
  refunded: "Your money is on its way back.",
  released: "The order was released; nothing was charged.",
};

/** What a return from the payment page left to say, by the name in the address. */
const notices = {
  unverified:
    "We could not tell from your way back whether you paid, so we asked Purse. What you see below is the answer.",
  checking: "We are still checking your payment. If you have paid, you need not pay again.",
  settled: "There is nothing to pay for this order now.",
  too_late: "The order could not be cancelled: it is paid, about to be, or being looked into.",
} as const;

export type Notice = keyof typeof notices;

export function orderPage(order: Order, state: OrderState, notice?: Notice): Html {
  return html`${notice === undefined ? "" : html`<p class="notice" role="status">${notices[notice]}</p>`}
    <p
      class="state ${toClass(state)}"
      data-state="${state}"
      data-watch="/orders/${order.id}/state"
      role="status"
    >
      <span class="badge ${toClass(state)}">${state}</span> <span>${told[state]}</span>
    </p>
    ${lines(order)} ${canBePaid(state) ? payForms(order) : ""}`;
}

export function orderListPage(entries: readonly { order: Order; state: OrderState }[]): Html {
  if (entries.length === 0) return html`<p>No orders yet.</p>`;
  return html`<ul class="orders">
    ${entries.map(
      ({ order, state }) =>
        html`<li>
          <a href="/orders/${order.id}">Order ${String(order.number)}</a>
          <span class="badge ${toClass(state)}">${state}</span>
          <span class="price">${money(order.amount, order.currency)}</span>
        </li>`,
    )}
  </ul>`;
}

export function lines(order: Order): Html {
  return html`<table>
    <caption class="unseen">
      What was ordered
    </caption>
    <thead>
      <tr>
        <th scope="col">Tea</th>
        <th scope="col" class="number">Pieces</th>
        <th scope="col" class="number">Price</th>
      </tr>
    </thead>
    <tbody>
      ${order.lines.map(
        (line) =>
          html`<tr>
            <th scope="row">${line.name}</th>
            <td class="number">${String(line.quantity)}</td>
            <td class="number">${money(line.quantity * line.unitPrice, order.currency)}</td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row" colspan="2">Total</th>
        <td class="number"><strong>${money(order.amount, order.currency)}</strong></td>
      </tr>
    </tfoot>
  </table>`;
}

export function toClass(state: string): string {
  return state.replaceAll(" ", "-");
}

function payForms(order: Order): Html {
  return html`<div class="actions">
    <form method="post" action="/orders/${order.id}/pay" data-once>
      <input type="hidden" name="place" value="HOSTED_PAGE" />
      <button>Pay on the payment page</button>
    </form>
    <form method="post" action="/orders/${order.id}/pay" data-once>
      <input type="hidden" name="place" value="EMBEDDED" />
      <button class="quiet">Pay here</button>
    </form>
    <form method="post" action="/orders/${order.id}/cancel" data-once>
      <button class="quiet danger">Cancel the order</button>
    </form>
  </div>`;
}
