import { html } from "hono/html";
import type { Operation, Payment } from "purse-payments";
import { toDecimalString } from "purse-payments/money";
import { needsAPerson, type OrderState } from "../order-state.js";
import type { Movement, MovementKind } from "../store/movements.js";
import type { Order } from "../store/orders.js";
import type { Html } from "./layout.js";
import { money } from "./money.js";
import { lines, toClass } from "./order.js";

export function officeListPage(entries: readonly { order: Order; state: OrderState }[]): Html {
  if (entries.length === 0) return html`<p>No orders yet.</p>`;
  return html`<table>
    <caption class="unseen">
      All orders, newest first
    </caption>
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
        ({ order, state }) =>
          html`<tr>
            <th scope="row"><a href="/office/orders/${order.id}">${String(order.number)}</a></th>
            <td>${moment(order.createdAt)}</td>
            <td><span class="badge ${toClass(state)}">${state}</span></td>
            <td class="number">${money(order.amount, order.currency)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

export interface OfficeOrderParts {
  readonly order: Order;
  readonly state: OrderState;
  readonly payments: readonly Payment[];
  readonly movements: readonly Movement[];
  /** What was wrong with the last form, if anything. */
  readonly problem?: string | undefined;
  /** Says that the last form had been sent before. */
  readonly isRepeated?: boolean;
}

export function officeOrderPage(parts: OfficeOrderParts): Html {
  const { order, state, payments, movements, problem, isRepeated = false } = parts;
  return html`<p>
      <span class="badge ${toClass(state)}" data-state="${state}">${state}</span> placed
      ${moment(order.createdAt)}
    </p>
    ${
      isRepeated
        ? html`<p class="notice" role="status">That form had been sent before. Nothing was moved again.</p>`
        : ""
    }
    ${problem === undefined ? "" : html`<p class="notice problem" role="alert">${problem}</p>`}
    ${payments.length === 0 ? html`<p class="notice">No payment yet.</p>` : ""}
    ${
      needsAPerson(order, payments)
        ? html`<p class="notice problem" role="alert">
            More money is held or was taken than this order is for. Void or refund what is too much.
          </p>`
        : ""
    }
    ${payments.map((payment) => paymentParts(payment, movements.some(isOpenFor(payment))))}
    ${
      movements.length === 0
        ? ""
        : html`<h2>Asked for here</h2>
            ${movementTable(movements, payments, order.currency)}`
    }
    <h2>Ordered</h2>
    ${lines(order)}`;
}

function isOpenFor({ id }: Payment): (movement: Movement) => boolean {
  return ({ paymentId, state }) => paymentId === id && state === "open";
}

/** What tells whether a payment has changed since a page was shown. */
export function versionOf({ version }: Payment): string {
  return String(version ?? "");
}

function paymentParts(payment: Payment, isUndecided: boolean): Html {
  const { amounts, currency } = payment;
  const facts: readonly (readonly [string, number])[] = [
    ["Authorized", amounts.total_authorized],
    ["Captured", amounts.total_captured],
    ["Refunded", amounts.total_refunded],
    ["Voided", amounts.total_voided],
  ];
  return html`<dl class="facts">
      ${facts.map(
        ([name, amount]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${money(amount, currency)}</dd>
          </div>`,
      )}
    </dl>
    ${
      isUndecided
        ? html`<p class="notice" role="status">
            Nothing more can be moved until it is known what became of the last movement.
          </p>`
        : html`<div class="moves">
            ${moveForm(payment, "capture", amounts.available_to_capture)}
            ${moveForm(payment, "refund", amounts.available_to_refund)}
            ${moveForm(payment, "void", amounts.available_to_void)}
          </div>`
    }
    <h2>History</h2>
    ${history(payment)}
    <p class="small">Payment <code>${payment.id}</code>, version ${String(payment.version ?? "unknown")}</p>`;
}

const titles: Readonly<Record<MovementKind, string>> = { capture: "Capture", refund: "Refund", void: "Void" };

/**
 * The key is made with the form: sent twice, it is one movement. Some browsers fill a new page's fields, hidden ones
 * included, with what they held before; `autocomplete` forbids that.
 */
function moveForm(payment: Payment, kind: MovementKind, available: number): Html {
  const { id, currency } = payment;
  if (available <= 0) return html``;
  const amount = toDecimalString(available, currency);
  return html`<form method="post" data-once>
    <input type="hidden" name="key" value="${crypto.randomUUID()}" autocomplete="off" />
    <input type="hidden" name="kind" value="${kind}" />
    <input type="hidden" name="payment" value="${id}" />
    <input type="hidden" name="version" value="${versionOf(payment)}" />
    <label>
      ${titles[kind]}, up to ${money(available, currency)}
      <input name="amount" value="${amount}" inputmode="decimal" autocomplete="off" required />
    </label>
    <button>${titles[kind]}</button>
  </form>`;
}

function history(payment: Payment): Html {
  const { captures, refunds, voids, authorization, currency } = payment;
  const of = (name: string, operations: readonly Operation[]) =>
    operations.map((each) => ({ name, ...each }));
  const operations = [...of("Capture", captures), ...of("Refund", refunds), ...of("Void", voids)].sort(
    (one, other) => one.created_at.localeCompare(other.created_at),
  );
  return html`<ol class="history">
    <li>
      <span>Authorization</span>
      <span class="badge ${authorization.status.toLowerCase()}">${authorization.status.toLowerCase()}</span>
      <span>${money(payment.amount, currency)}</span>
      <span>${moment(payment.created_at)}</span>
    </li>
    ${operations.map(
      (operation) =>
        html`<li>
          <span>${operation.name}</span>
          <span class="badge ${operation.status.toLowerCase()}">${operation.status.toLowerCase()}</span>
          <span>${money(operation.amount, currency)}</span>
          <span>${moment(operation.created_at)}</span>
          <span class="small">${operation.merchant_reference ?? ""}</span>
        </li>`,
    )}
  </ol>`;
}

function movementTable(movements: readonly Movement[], payments: readonly Payment[], currency: string): Html {
  const operations = payments.flatMap(({ captures, refunds, voids }) => [...captures, ...refunds, ...voids]);
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Reference</th>
        <th scope="col" class="number">Amount</th>
        <th scope="col">Outcome</th>
      </tr>
    </thead>
    <tbody>
      ${movements.map(
        (movement) =>
          html`<tr data-movement="${movement.state}">
            <th scope="row" class="name">${movement.reference}</th>
            <td class="number">${money(movement.amount, currency)}</td>
            <td>${outcomeOf(movement, operations)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** As the payment says now, where it does: what was pending when it was asked for may be decided since. */
function outcomeOf({ state, outcome, operationId }: Movement, operations: readonly Operation[]): string {
  if (state === "open") return "not known yet; it is being asked again, and will happen at most once";
  const now = operations.find(({ id }) => id === operationId)?.status ?? outcome ?? "";
  return state === "done" ? now.toLowerCase() : `${state}: ${outcome ?? ""}`;
}

function moment(time: string): Html {
  const text = new Date(time).toLocaleString("en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "UTC",
  });
  return html`<time datetime="${time}">${text} UTC</time>`;
}
