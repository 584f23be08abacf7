import type { Payment } from "../../generated/schema.js";
import { isPaymentFor, type PaymentExpectation } from "../webhooks/payment-for.js";

/** What a payment that was read says of an order. */
export type PaymentOutcome =
  | {
      /** Authorized in full for this order, and not undone since. */
      readonly outcome: "paid";
      /** Why. */
      readonly reason: "authorized";
    }
  | {
      /** Undecided: do not ask the shopper to pay again. */
      readonly outcome: "pending";
      /**
       * `authorization_pending`: the outcome is still to come; a status that is new, or less authorized than the
       * payment's amount, counts as that. `other_order`: the
       * payment is not the one that the order asked for, so a person has to look.
       */
      readonly reason: "authorization_pending" | "other_order";
    }
  | {
      /** The shopper may pay again. */
      readonly outcome: "not_paid";
      /**
       * `authorization_failed`: refused, aborted or failed; where a gift card was part of it, look whether
       * `amounts.available_to_void` is left. `undone`: all that was authorized is voided or refunded.
       */
      readonly reason: "authorization_failed" | "undone";
    };

/**
 * Whether an order is paid, by its payment as it was read. For the page that a shopper reloads while the outcome is
 * pending, for webhooks, and for the job that looks after open orders; `decideReturn` does it for the return page.
 *
 * Source: the statuses and the overview are documented; that a payment for another sum is left to a person is this
 * package's advice.
 *
 * @param payment as read from the service, not as a request told it.
 * @param expected what your own records say of the order, as for `isPaymentFor`.
 * @throws PurseInvalidArgumentError when `payment` is not an object, or `expected` lacks something or is misspelt.
 *
 * @example
 * ```ts
 * import type { Payment } from "purse-payments";
 * import { paymentOutcome } from "purse-payments/checkout";
 *
 * export function textFor(payment: Payment, order: { amount: number; currency: string; clientSessionId: string }): string {
 *   const { outcome } = paymentOutcome(payment, order);
 *   if (outcome === "paid") return "Thank you.";
 *   return outcome === "pending" ? "We are checking your payment." : "Your order was not paid.";
 * }
 * ```
 */
export function paymentOutcome(payment: Payment, expected: PaymentExpectation): PaymentOutcome {
  if (!isPaymentFor(payment, expected)) return { outcome: "pending", reason: "other_order" };
  // Answers are not validated: any member may be missing.
  const { authorization } = payment as Partial<Payment>;
  switch (authorization?.status) {
    case "AUTHORIZED":
      if (isUndone(payment)) return { outcome: "not_paid", reason: "undone" };
      return isAuthorizedInFull(payment)
        ? { outcome: "paid", reason: "authorized" }
        : { outcome: "pending", reason: "authorization_pending" };
    case "REFUSED":
    case "ABORTED":
    case "ERROR":
      return { outcome: "not_paid", reason: "authorization_failed" };
    case "PENDING":
    case undefined:
    default: // A status that is new is no reason to pay again.
      return { outcome: "pending", reason: "authorization_pending" };
  }
}

/** `overview.refunded` speaks of what was captured: a capture in part can be refunded in full while the rest is still held. */
function isUndone({ overview, amounts }: Partial<Payment>): boolean {
  if (overview?.voided === "TOTALLY") return true;
  if (overview?.refunded === "TOTALLY" && overview.captured === "TOTALLY") return true;
  const { total_authorized: authorized, total_voided: voided, total_refunded: refunded } = amounts ?? {};
  return isAmount(authorized) && isAmount(voided) && isAmount(refunded) && authorized > 0
    ? voided + refunded >= authorized
    : false;
}

function isAuthorizedInFull({ amount, amounts }: Partial<Payment>): boolean {
  const authorized: unknown = amounts?.total_authorized;
  return isAmount(amount) && isAmount(authorized) && authorized >= amount;
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value);
}
