import { html } from "hono/html";
import type { Payment } from "purse-payments";
import { canBePaid, type OrderState } from "../order-state.js";
import type { Order } from "../store/orders.js";
import type { Html } from "./layout.js";
import { methodLines } from "./methods.js";
import { day } from "./moment.js";
import { money } from "./money.js";

const told: Readonly<Record<OrderState, readonly [state: string, meaning: string]>> = {
  unpaid: ["Not paid yet.", "Choose where you would like to pay."],
  cancelled: ["Cancelled.", "Nothing was charged."],
  pending: ["We are waiting for word from your bank.", "You don't need to pay again."],
  "to be checked": ["We are looking into your payment ourselves.", "You don't need to do anything."],
  refused: ["The payment was refused.", "Nothing was charged; you can try again."],
  paid: ["Paid.", "We are packing your tea."],
  "partly captured": ["On its way", "in several parcels."],
  captured: ["On its way.", "Your tea left us."],
  "partly refunded": ["Refunded in part.", "A part of your money is on its way back."],
  refunded: ["Refunded.", "Your money is on its way back."],
  released: ["Released.", "Nothing was charged."],
};

/** What a return from the payment page left to say, by the name in the address. */
const notices = {
  unverified:
    "We could not tell from your way back whether you paid, so we asked Purse. What you see below is the answer.",
  checking: "We are still checking your payment. If you have paid, you don't need to pay again.",
  settled: "There is nothing to pay for this order now.",
  too_late: "The order could not be cancelled: it is paid, about to be, or being looked into.",
} as const;

export type Notice = keyof typeof notices;

export interface OrderPageParts {
  readonly order: Order;
  readonly state: OrderState;
  /** The payment that counts, if there is one. */
  readonly payment?: Payment | undefined;
  readonly notice?: Notice | undefined;
  /** Whether the shop has a card form of its own. */
  readonly hasCardForm?: boolean | undefined;
}

export function orderPage({ order, state, payment, notice, hasCardForm = false }: OrderPageParts): Html {
  const [headline, meaning] = told[state];
  return html`${notice === undefined ? "" : html`<p class="notice" role="status">${notices[notice]}</p>`}
    <div class="aside">
      <div>
        <p
          class="state ${toClass(state)}"
          data-state="${state}"
          data-watch="/orders/${order.id}/state"
          role="status"
        >
          <strong>${headline}</strong> <span>${meaning}</span>
        </p>
        ${lines(order)}
        <p class="ways-on"><a href="/">Back to the shop</a> <a href="/orders">My orders</a></p>
      </div>
      <div class="panel">
        ${summary(order, state, payment)} ${canBePaid(state) ? payForms(order, hasCardForm) : ""}
      </div>
    </div>`;
}

/** When it was ordered, how it was paid, and what of it went back. */
function summary(order: Order, state: OrderState, payment: Payment | undefined): Html {
  const placed = html`<div>
    <dt>Ordered</dt>
    <dd>${day(order.createdAt)}</dd>
  </div>`;
  if (payment === undefined || !["AUTHORIZED", "PENDING"].includes(payment.authorization.status)) {
    return html`<h2>Payment</h2>
      <dl class="summary">
        ${placed}${sum(canBePaid(state) ? "To pay" : "Total", order.amount, order.currency)}
      </dl>`;
  }
  const { amounts, currency, authorization, created_at: createdAt } = payment;
  const isPaid = authorization.status === "AUTHORIZED";
  return html`<h2>Payment</h2>
    <dl class="summary">
      ${placed}
      <div>
        <dt>${isPaid ? "Paid on" : "Begun on"}</dt>
        <dd>${day(createdAt)}</dd>
      </div>
    </dl>
    <ul class="methods" aria-label="${isPaid ? "Paid with" : "Being paid with"}">
      ${methodLines(payment)}
    </ul>
    <dl class="summary">
      ${isPaid ? sum("Paid", amounts.total_authorized, currency) : sum("To pay", payment.amount, currency)}
      ${amounts.total_voided > 0 ? sum("Not charged", amounts.total_voided, currency) : ""}
      ${amounts.total_refunded > 0 ? sum("Refunded", amounts.total_refunded, currency) : ""}
    </dl>`;
}

function sum(name: string, amount: number, currency: string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd class="number">${money(amount, currency)}</dd>
  </div>`;
}

export function orderListPage(entries: readonly { order: Order; state: OrderState }[]): Html {
  if (entries.length === 0) {
    return html`<p>No orders yet.</p>
      <p><a href="/">Look at the teas</a></p>`;
  }
  return html`<ul class="orders">
      ${entries.map(
        ({ order, state }) =>
          html`<li>
            <a href="/orders/${order.id}">Order ${String(order.number)}</a>
            <span class="wide-only">${day(order.createdAt)}</span>
            <span class="badge ${toClass(state)}">${state}</span>
            <span class="number">${money(order.amount, order.currency)}</span>
          </li>`,
      )}
    </ul>
    <p class="ways-on"><a href="/">Back to the shop</a></p>`;
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

function payForms(order: Order, hasCardForm: boolean): Html {
  return html`<div class="actions">
    <form method="post" action="/orders/${order.id}/pay" data-once>
      <input type="hidden" name="place" value="HOSTED_PAGE" />
      <button class="wide">Pay on the payment page</button>
    </form>
    <form method="post" action="/orders/${order.id}/pay" data-once>
      <input type="hidden" name="place" value="EMBEDDED" />
      <button class="wide quiet">Pay here</button>
    </form>
    ${hasCardForm ? html`<a class="button" href="/orders/${order.id}/card">Pay in the shop's own card form</a>` : ""}
    <form method="post" action="/orders/${order.id}/cancel" data-once>
      <button class="wide quiet danger">Cancel the order</button>
    </form>
  </div>`;
}
