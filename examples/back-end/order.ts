import type { Payment } from "purse-payments";
import { isPaymentFor } from "purse-payments/webhooks";

export interface Order {
  readonly reference: string;
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
  state: "open" | "pending" | "authorized" | "partly_captured" | "captured" | "not_paid";
  /** Whether the warehouse was notified. This happens once, although a payment can be reported more than once. */
  isReleased: boolean;
  sessionId?: string;
  paymentId?: string;
  /** Version of the payment that `state` is taken from. */
  paymentVersion: number;
  /** How many captures have certainly failed. Each may be followed by another, with its own id. */
  failedCaptures: number;
}

/** Updates the order from a payment for it. Sets and never adds, so it may run again. */
export function bookPayment(order: Order, payment: Payment): void {
  const { id, version = 0 } = payment;
  const state = stateOf(payment);
  const isKnown = order.paymentId === id;
  if (isKnown && version < order.paymentVersion) return; // Older than what is known.
  // The shopper may have tried again after a refusal. The first payment must not undo the second.
  if (!isKnown && (isPaid(order) || (order.state === "pending" && state === "not_paid"))) return;
  order.paymentId = id;
  order.paymentVersion = version;
  order.state = state;
}

/** A genuine payment may be for another order, or for an earlier cart. */
export function isFor({ sessionId, amount, currency }: Order, payment: Payment): boolean {
  return sessionId !== undefined && isPaymentFor(payment, { clientSessionId: sessionId, amount, currency });
}

function stateOf(payment: Payment): Order["state"] {
  const { authorization, overview, amounts } = payment;
  if (["REFUSED", "ERROR", "ABORTED"].includes(authorization.status)) return "not_paid";
  // Any other status, including unknown ones, is not decided yet.
  if (authorization.status !== "AUTHORIZED") return "pending";
  if (overview.voided === "TOTALLY" || overview.refunded === "TOTALLY") return "not_paid";
  if (amounts.total_captured === 0) return "authorized";
  return amounts.total_captured < payment.amount ? "partly_captured" : "captured";
}

export function isPaid({ state }: Order): boolean {
  return state === "authorized" || state === "partly_captured" || state === "captured";
}
