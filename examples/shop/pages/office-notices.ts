import { html } from "hono/html";
import type { Payment } from "purse-payments";
import { isInDoubt } from "../money-movements.js";
import type { Movement } from "../store/movements.js";
import type { Html } from "./layout.js";
import { moment } from "./moment.js";
import { money } from "./money.js";

/** A payment that Purse did not tell about just now. */
export interface Unread {
  readonly paymentId: string;
  /** When it did so last. */
  readonly readAt: string | undefined;
  /** Purse says that there is no such payment. */
  readonly isUnknown: boolean;
}

/** Figures that are old must not look fresh to whoever is about to move money. */
export function staleNotice({ readAt, isUnknown }: Unread): Html {
  return html`<p class="notice problem" role="alert">
    These figures are ${readAt === undefined ? "old" : html`as of ${moment(readAt)}`};
    ${isUnknown ? "Purse says that it does not know the payment." : "Purse did not answer."}
  </p>`;
}

/** Says what did not happen of that which the last form asked for. What did is seen in the figures. */
export function failureNotice(asked: Movement, payments: readonly Payment[]): Html {
  const payment = payments.find(({ id }) => id === asked.paymentId);
  const why = payment === undefined ? undefined : reasonOf(asked, payment);
  if (payment === undefined || why === undefined) return html``;
  return html`<p class="notice problem" role="alert">
    The ${asked.kind} of ${money(asked.amount, payment.currency)} was not done. ${why}
  </p>`;
}

/** Undefined as long as it may have happened; a movement in doubt has a notice of its own. */
function reasonOf(asked: Movement, { captures, refunds, voids }: Payment): string | undefined {
  if (asked.state === "open" || isInDoubt(asked)) return undefined;
  if (asked.state === "refused") return `It was refused: ${asked.outcome ?? "no reason was given"}`;
  const operation = [...captures, ...refunds, ...voids].find(({ id }) => id === asked.operationId);
  const status = operation?.status ?? asked.outcome;
  return status === "FAILURE" || status === "CONFLICT" ? `It ended as ${status.toLowerCase()}.` : undefined;
}
