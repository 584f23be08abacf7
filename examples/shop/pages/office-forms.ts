import { html } from "hono/html";
import type { Payment } from "purse-payments";
import type { Movement, MovementKind } from "purse-payments/journal";
import { toDecimalString } from "purse-payments/money";
import type { Order } from "../store/orders.js";
import type { Html } from "./layout.js";
import { moment } from "./moment.js";
import { currencySign, money } from "./money.js";

/** What a form of the office asked for and what is wrong with it. */
export interface FormProblem {
  readonly kind: MovementKind;
  /** As it was typed. */
  readonly amount: string;
  readonly text: string;
}

export interface MoveFormParts {
  readonly payment: Payment;
  readonly kind: MovementKind;
  /** Place of the movement among those of the order. Sent twice, the form is one movement. */
  readonly number: number;
  /** The last movement, if it may or may not have been done. */
  readonly doubtful: Movement | undefined;
  readonly problem?: FormProblem | undefined;
}

export const titles: Readonly<Record<MovementKind, string>> = {
  capture: "Capture",
  refund: "Refund",
  void: "Void",
};

/** How much of a payment can be moved in that way. */
export function availableTo(kind: MovementKind, { amounts }: Payment): number {
  return amounts[`available_to_${kind}`];
}

/** What tells whether a payment has changed since a page was shown. */
export function versionOf({ version }: Payment): string {
  return String(version ?? "");
}

/**
 * Some browsers fill a new page's fields, hidden ones included, with what they held before; `autocomplete` forbids that. Only
 * a capture is filled in, as it is what usually comes next; a refund and a void are typed, and confirmed on a page of their own.
 */
export function moveForm({ payment, kind, number, doubtful, problem }: MoveFormParts): Html {
  const { id, currency } = payment;
  const available = availableTo(kind, payment);
  if (available <= 0) return html``;
  const fault = problem?.kind === kind ? problem : undefined;
  const amount = fault?.amount ?? (kind === "capture" ? toDecimalString(available, currency) : "");
  const field = `${kind}-${id}`;
  return html`<form method="post" data-once>
    <input type="hidden" name="number" value="${String(number)}" autocomplete="off" />
    <input type="hidden" name="kind" value="${kind}" />
    <input type="hidden" name="payment" value="${id}" />
    <input type="hidden" name="version" value="${versionOf(payment)}" />
    <label for="${field}">${titles[kind]}, up to ${money(available, currency)}</label>
    <div class="amount">
      <span aria-hidden="true">${currencySign(currency)}</span>
      <input
        id="${field}"
        name="amount"
        value="${amount}"
        inputmode="decimal"
        autocomplete="off"
        required
        ${fault === undefined ? "" : html`aria-invalid="true" aria-describedby="${field}-fault"`}
      />
      <button class="${kind === "capture" ? "" : "quiet"}">
        ${titles[kind]}${kind === "capture" ? "" : "…"}
      </button>
    </div>
    ${fault === undefined ? "" : html`<p id="${field}-fault" class="fault" role="alert">${fault.text}</p>`}
    ${
      doubtful === undefined
        ? ""
        : html`<label class="check"
            ><input type="checkbox" name="checked" value="yes" required /> Purse says that
            ${doubtful.merchantReference ?? doubtful.id} did not happen</label
          >`
    }
  </form>`;
}

/** Asks once more before money goes back to the shopper, or is let go. */
export function confirmForm(
  { payment, kind, number }: MoveFormParts,
  amount: number,
  isChecked: boolean,
  orderPath: string,
): Html {
  const { id, currency } = payment;
  const what = money(amount, currency);
  const meaning =
    kind === "refund"
      ? `${what} goes back to the shopper.`
      : `${what} is let go, and can't be captured any more.`;
  return html`<p class="lead">${meaning} This can't be undone.</p>
    <form method="post" action="${orderPath}" class="actions" data-once>
      <input type="hidden" name="number" value="${String(number)}" autocomplete="off" />
      <input type="hidden" name="kind" value="${kind}" />
      <input type="hidden" name="payment" value="${id}" />
      <input type="hidden" name="version" value="${versionOf(payment)}" />
      <input type="hidden" name="amount" value="${toDecimalString(amount, currency)}" />
      ${isChecked ? html`<input type="hidden" name="checked" value="yes" />` : ""}
      <button name="confirmed" value="yes">${titles[kind]} ${what}</button>
      <a href="${orderPath}">Back, and ${kind} nothing</a>
    </form>`;
}

/** For an order that cannot be paid because the answer to a payment was lost, or its request never left. */
export function overdueForm({ id, number, payingSince }: Order): Html {
  if (payingSince === null) return html``;
  return html`<form method="post" action="/office/orders/${id}/no-payment" data-once>
    <p class="notice problem" role="alert">
      A card payment was begun at ${moment(payingSince)}, and it is not known what became of it. Look at Purse
      for a payment with order reference ${String(number)}. Until then the order cannot be paid.
    </p>
    <input type="hidden" name="since" value="${payingSince}" autocomplete="off" />
    <label class="check"
      ><input type="checkbox" name="checked" value="yes" required /> I have looked, and found none but those
      on this page</label
    >
    <button class="quiet">Purse has no payment for this order</button>
  </form>`;
}
