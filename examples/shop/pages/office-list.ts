import { html } from "hono/html";
import type { OrderState } from "../order-state.js";
import type { Order } from "../store/orders.js";
import type { Html } from "./layout.js";
import { moment } from "./moment.js";
import { money } from "./money.js";
import { toClass } from "./order.js";

export interface OfficeEntry {
  readonly order: Order;
  readonly state: OrderState;
  /** A movement or a payment of the order may or may not have been done, and a person has to find out. */
  readonly isInDoubt: boolean;
}

/** What the people of the shop call a state. The shopper has paid; for them the money is only reserved. */
export function officeLabel(state: OrderState): string {
  return state === "paid" ? "authorized, ready to capture" : state;
}

/** What needs a person first, then what can be captured, then the rest; newest first in each. */
export function officeListPage(entries: readonly OfficeEntry[]): Html {
  if (entries.length === 0) return html`<p>No orders yet.</p>`;
  const needsAttention = ({ state, isInDoubt }: OfficeEntry): boolean =>
    isInDoubt || state === "to be checked";
  const urgent = entries.filter(needsAttention);
  const ready = entries.filter((entry) => !needsAttention(entry) && entry.state === "paid");
  const rest = entries.filter((entry) => !needsAttention(entry) && entry.state !== "paid");
  return html`${group("Needs attention", urgent)} ${group("Authorized, ready to capture", ready)}
  ${group(urgent.length + ready.length === 0 ? "Orders" : "Other orders", rest)}`;
}

function group(title: string, entries: readonly OfficeEntry[]): Html {
  if (entries.length === 0) return html``;
  return html`<section>
    <h2 id="${toClass(title.toLowerCase())}">
      ${title} <span class="count">${String(entries.length)}</span>
    </h2>
    <table class="tight" aria-labelledby="${toClass(title.toLowerCase())}">
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">Placed</th>
          <th scope="col">State</th>
          <th scope="col" class="number">Amount</th>
        </tr>
      </thead>
      <tbody>
        ${entries.map(
          ({ order, state, isInDoubt }) =>
            html`<tr>
              <th scope="row"><a href="/office/orders/${order.id}">${String(order.number)}</a></th>
              <td>${moment(order.createdAt)}</td>
              <td>
                ${
                  isInDoubt
                    ? html`<span class="badge to-be-checked">in doubt</span>`
                    : html`<span class="badge ${toClass(state)}"
                        >${state === "paid" ? "authorized" : state}</span
                      >`
                }
              </td>
              <td class="number">${money(order.amount, order.currency)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
