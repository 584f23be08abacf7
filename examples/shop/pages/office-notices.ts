import { html } from "hono/html";
import type { Payment } from "purse-payments";
import type { Movement } from "purse-payments/journal";
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

/** Figures that are old must not look fresh to a person who is about to move money. */
export function staleNotice({ readAt, isUnknown }: Unread): Html {
  return html`<p class="notice problem" role="alert">
    These figures are ${readAt === undefined ? "old" : html`as of ${moment(readAt)}`};
    ${isUnknown ? "Purse says that it does not know the payment." : "Purse did not answer."}
  </p>`;
}

/** Says what did not happen of that which the last form asked for. What did is seen in the figures. */
export function failureNotice(asked: Movement, payments: readonly Payment[]): Html {
  const payment = payments.find(({ id }) => id === asked.paymentId);
  if (payment === undefined || (asked.state !== "refused" && asked.state !== "failed")) return html``;
  const told =
    asked.operationStatus === "CONFLICT"
      ? "was done in part only; look at its shares below."
      : `was not done. ${outcomeOf(asked)}`;
  return html`<p class="notice problem" role="alert">
    The ${asked.kind} of ${money(asked.amount, payment.currency)} ${told}
  </p>`;
}

/** What became of a movement, in words for the back office. */
export function outcomeOf({ state, operationStatus, reason }: Movement): string {
  switch (state) {
    case "open":
      return "Not known yet. It is being asked again, and will happen at most once.";
    case "pending":
      return `Accepted, not decided yet (${(operationStatus ?? "pending").toLowerCase()}).`;
    case "succeeded":
      return "Done.";
    case "failed":
      return operationStatus === "CONFLICT" ? "Only a part was done." : "It failed. Nothing was moved.";
    case "refused":
      // The code is for people; what follows it is for the log.
      return `Purse refused it: ${(reason ?? "no reason was given").split(":")[0] ?? ""}. Nothing was moved.`.replaceAll(
        "_",
        " ",
      );
    case "in_doubt":
      return "It may or may not have been done: check with Purse before asking again.";
  }
}
