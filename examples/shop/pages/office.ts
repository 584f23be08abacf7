import { html } from "hono/html";
import type { Operation, OperationTransaction, Payment } from "purse-payments";
import type { Movement } from "purse-payments/journal";
import { isOverdue, needsAPerson, type OrderState } from "../order-state.js";
import type { Order } from "../store/orders.js";
import type { Html } from "./layout.js";
import { methodLines, methodName } from "./methods.js";
import { moment } from "./moment.js";
import { money } from "./money.js";
import { moveForm, overdueForm, type FormProblem } from "./office-forms.js";
import { officeLabel } from "./office-list.js";
import { failureNotice, outcomeOf, staleNotice, type Unread } from "./office-notices.js";
import { lines, toClass } from "./order.js";

export interface OfficeOrderParts {
  readonly order: Order;
  readonly state: OrderState;
  readonly payments: readonly Payment[];
  readonly movements: readonly Movement[];
  /** What was wrong with the last form, if anything. */
  readonly problem?: string | FormProblem | undefined;
  /** Says that the last form had been sent before. */
  readonly isRepeated?: boolean;
  /** What the last form asked for. */
  readonly asked?: Movement | undefined;
  /** Payments that are shown as they were some time ago. */
  readonly unread?: readonly Unread[];
}

export function officeOrderPage(parts: OfficeOrderParts): Html {
  const { order, state, payments, movements, problem, isRepeated = false, asked, unread = [] } = parts;
  const formProblem = typeof problem === "string" ? undefined : problem;
  return html`<p class="standing">
      <span class="badge ${toClass(state)}" data-state="${state}">${officeLabel(state)}</span>
      <span>placed ${moment(order.createdAt)}</span>
    </p>
    ${asked === undefined ? "" : failureNotice(asked, payments)} ${unread.map(staleNotice)}
    ${
      isRepeated
        ? html`<p class="notice" role="status">That form had been sent before. Nothing was moved again.</p>`
        : ""
    }
    ${typeof problem === "string" ? html`<p class="notice problem" role="alert">${problem}</p>` : ""}
    ${isOverdue(order) ? overdueForm(order) : ""}
    ${payments.length === 0 ? html`<p class="notice">No payment yet.</p>` : ""}
    ${
      needsAPerson(order, payments)
        ? html`<p class="notice problem" role="alert">
            Money is held or was taken that does not fit this order: more or less than it is for, twice, for a
            payment that was refused, or after it was cancelled. Void or refund what is too much.
          </p>`
        : ""
    }
    ${payments.map((payment) => paymentParts(payment, movements, formProblem))}
    ${
      movements.length === 0
        ? ""
        : html`<h2>Asked for here</h2>
            ${movementTable(movements, payments, order.currency)}`
    }
    <h2>Ordered</h2>
    ${lines(order)}
    <p class="ways-on"><a href="/office">All orders</a></p>`;
}

function paymentParts(payment: Payment, all: readonly Movement[], problem: FormProblem | undefined): Html {
  const { amounts, currency } = payment;
  const isUndecided = all.some(({ paymentId, state }) => paymentId === payment.id && state === "open");
  const doubtful = findDoubtful(payment, all);
  const facts: readonly (readonly [string, number])[] = [
    ["Authorized", amounts.total_authorized],
    ["Captured", amounts.total_captured],
    ["Refunded", amounts.total_refunded],
    ["Voided", amounts.total_voided],
  ];
  const form = { payment, number: all.length + 1, doubtful, problem };
  return html`${
      doubtful === undefined
        ? ""
        : html`<p class="notice problem" role="alert">
            ${doubtful.merchantReference ?? doubtful.id} of ${money(doubtful.amount, currency)} may or may not
            have been carried out. Check with Purse before you ask for anything again.
          </p>`
    }
    <dl class="facts">
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
            ${moveForm({ ...form, kind: "capture" })} ${moveForm({ ...form, kind: "refund" })}
            ${moveForm({ ...form, kind: "void" })}
          </div>`
    }
    <h2>Paid with</h2>
    <ul class="methods" aria-label="Paid with">
      ${methodLines(payment, true)}
    </ul>
    <h2>History</h2>
    ${history(payment)}
    <p class="small">Payment <code>${payment.id}</code>, version ${String(payment.version ?? "unknown")}</p>`;
}

/** The last movement of a payment, if it may or may not have been done. A person checks before anything else is asked for. */
export function findDoubtful(payment: Payment, movements: readonly Movement[]): Movement | undefined {
  const last = movements.filter(({ paymentId }) => paymentId === payment.id).at(-1);
  return last?.state === "in_doubt" ? last : undefined;
}

function history(payment: Payment): Html {
  const { captures, refunds, voids, authorization, currency } = payment;
  const of = (name: string, operations: readonly Operation[]) =>
    operations.map((each) => ({ name, ...each }));
  const operations = [...of("Capture", captures), ...of("Refund", refunds), ...of("Void", voids)].sort(
    (one, other) => one.created_at.localeCompare(other.created_at),
  );
  return html`<table class="tight history">
    <caption class="unseen">
      What became of the payment
    </caption>
    <thead>
      <tr>
        <th scope="col">What</th>
        <th scope="col">Status</th>
        <th scope="col">When</th>
        <th scope="col" class="wide-only">Reference</th>
        <th scope="col" class="number">Amount</th>
      </tr>
    </thead>
    <tbody>
      ${row("Authorization", authorization.status, payment.created_at, "", money(payment.amount, currency))}
      ${operations.map(
        ({ name, status, created_at: at, merchant_reference: reference = "", amount, ...operation }) =>
          html`${row(name, status, at, reference, money(amount, currency))}
          ${shares(operation.partner_transactions, currency)}`,
      )}
    </tbody>
  </table>`;
}

function row(what: string, status: string, at: string, reference: string, amount: string): Html {
  return html`<tr>
    <th scope="row">${what}</th>
    <td><span class="badge ${status.toLowerCase()}">${status.toLowerCase()}</span></td>
    <td>${moment(at)}</td>
    <td class="wide-only small">${reference}</td>
    <td class="number">${amount}</td>
  </tr>`;
}

/** What each method had of an operation that was spread over several. */
function shares(parts: readonly OperationTransaction[], currency: string): Html {
  if (parts.length < 2) return html``;
  return html`${parts.map(
    ({ method, status, amount }) =>
      html`<tr class="share">
        <th scope="row">${methodName({ method })}</th>
        <td><span class="badge ${status.toLowerCase()}">${status.toLowerCase()}</span></td>
        <td></td>
        <td class="wide-only"></td>
        <td class="number">${money(amount, currency)}</td>
      </tr>`,
  )}`;
}

function movementTable(
  movements: readonly Movement[],
  payments: readonly Payment[],
  orderCurrency: string,
): Html {
  const currencyOf = ({ paymentId }: Movement): string =>
    payments.find(({ id }) => id === paymentId)?.currency ?? orderCurrency;
  return html`<table>
    <caption class="unseen">
      Movements asked for in this back office
    </caption>
    <thead>
      <tr>
        <th scope="col">Reference</th>
        <th scope="col">Outcome</th>
        <th scope="col" class="number">Amount</th>
      </tr>
    </thead>
    <tbody>
      ${movements.map(
        (movement) =>
          html`<tr data-movement="${movement.state}">
            <th scope="row" class="name">${movement.merchantReference ?? movement.id}</th>
            <td>${outcomeOf(movement)}</td>
            <td class="number">${money(movement.amount, currencyOf(movement))}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
