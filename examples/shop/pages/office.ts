import { html } from "hono/html";
import type { Operation, Payment } from "purse-payments";
import { toDecimalString } from "purse-payments/money";
import { isInDoubt } from "../money-movements.js";
import { needsAPerson, type OrderState } from "../order-state.js";
import type { Movement, MovementKind } from "../store/movements.js";
import type { Order } from "../store/orders.js";
import type { Html } from "./layout.js";
import { moment } from "./moment.js";
import { money } from "./money.js";
import { failureNotice, staleNotice, type Unread } from "./office-notices.js";
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
  /** What the last form asked for. */
  readonly asked?: Movement | undefined;
  /** Payments that are shown as they were some time ago. */
  readonly unread?: readonly Unread[];
}

export function officeOrderPage(parts: OfficeOrderParts): Html {
  const { order, state, payments, movements, problem, isRepeated = false, asked, unread = [] } = parts;
  return html`${asked === undefined ? "" : failureNotice(asked, payments)} ${unread.map(staleNotice)}
    <p>
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
            Money is held or was taken that does not fit this order: more or less than it is for, twice, for a
            payment that was refused, or after it was cancelled. Void or refund what is too much.
          </p>`
        : ""
    }
    ${payments.map((payment) => paymentParts(payment, movements.filter(isOf(payment))))}
    ${
      movements.length === 0
        ? ""
        : html`<h2>Asked for here</h2>
            ${movementTable(movements, payments, order.currency)}`
    }
    <h2>Ordered</h2>
    ${lines(order)}`;
}

function isOf({ id }: Payment): (movement: Movement) => boolean {
  return ({ paymentId }) => paymentId === id;
}

/** What tells whether a payment has changed since a page was shown. */
export function versionOf({ version }: Payment): string {
  return String(version ?? "");
}

function paymentParts(payment: Payment, movements: readonly Movement[]): Html {
  const { amounts, currency } = payment;
  const isUndecided = movements.some(({ state }) => state === "open");
  const doubtful = findDoubtful(payment, movements);
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
      doubtful === undefined
        ? ""
        : html`<p class="notice problem" role="alert">
            ${doubtful.reference} of ${money(doubtful.amount, currency)} was refused, but an earlier request
            for it may have been carried out. Check with Purse before you ask for anything again.
          </p>`
    }
    ${
      isUndecided
        ? html`<p class="notice" role="status">
            Nothing more can be moved until it is known what became of the last movement.
          </p>`
        : html`<div class="moves">
            ${moveForm(payment, "capture", amounts.available_to_capture, doubtful)}
            ${moveForm(payment, "refund", amounts.available_to_refund, doubtful)}
            ${moveForm(payment, "void", amounts.available_to_void, doubtful)}
          </div>`
    }
    <h2>History</h2>
    ${history(payment)}
    <p class="small">Payment <code>${payment.id}</code>, version ${String(payment.version ?? "unknown")}</p>`;
}

/** The last movement, when nobody knows for certain that it did not happen. Whoever asks for another has checked. */
export function findDoubtful(payment: Payment, movements: readonly Movement[]): Movement | undefined {
  const last = movements.filter(({ paymentId }) => paymentId === payment.id).at(-1);
  return last !== undefined && isInDoubt(last) && findOperation(last, [payment]) === undefined
    ? last
    : undefined;
}

const titles: Readonly<Record<MovementKind, string>> = { capture: "Capture", refund: "Refund", void: "Void" };

/**
 * The key is made with the form: sent twice, it is one movement. Some browsers fill a new page's fields, hidden ones
 * included, with what they held before; `autocomplete` forbids that.
 */
function moveForm(
  payment: Payment,
  kind: MovementKind,
  available: number,
  doubtful: Movement | undefined,
): Html {
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
    ${
      doubtful === undefined
        ? ""
        : html`<label>
            <span
              ><input type="checkbox" name="checked" value="yes" required /> Purse says that
              ${doubtful.reference} did not happen</span
            >
          </label>`
    }
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
            <td>${outcomeOf(movement, payments)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** As the payment says now, where it does: what was pending when it was asked for may be decided since. */
function outcomeOf(movement: Movement, payments: readonly Payment[]): string {
  const { state, outcome } = movement;
  if (state === "open") return "not known yet; it is being asked again, and will happen at most once";
  const now = findOperation(movement, payments)?.status.toLowerCase();
  if (state === "done") return now ?? outcome?.toLowerCase() ?? "";
  if (!isInDoubt(movement)) return `refused: ${outcome ?? ""}`;
  return now === undefined ? `refused; ${outcome ?? ""}` : `${now}, though Purse refused it when asked again`;
}

/** Found by its reference where its id was never learned. */
function findOperation(
  { paymentId, operationId, reference }: Movement,
  payments: readonly Payment[],
): Operation | undefined {
  const { captures = [], refunds = [], voids = [] } = payments.find(({ id }) => id === paymentId) ?? {};
  return [...captures, ...refunds, ...voids].find((operation) =>
    operationId === null ? operation.merchant_reference === reference : operation.id === operationId,
  );
}
