import type { Payment } from "purse-payments";
import { isPaymentFor } from "purse-payments/webhooks";

export interface Order {
  readonly reference: string;
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
  state: "open" | "pending" | "authorized" | "partly_captured" | "captured" | "not_paid";
  /** Whether the warehouse was told, which happens once: Purse and this program may hear of a payment again. */
  isReleased: boolean;
  sessionId?: string;
  paymentId?: string;
  /** Version of the payment that `state` is taken from. */
  paymentVersion: number;
  /** How many captures have failed for certain. Each may be followed by another, with an id of its own. */
  failedCaptures: number;
}

/** Takes over what a payment of this order says. It sets and never adds, so it may run again. */
export function bookPayment(order: Order, payment: Payment): void {
  const { id, version = 0 } = payment;
  const state = stateOf(payment);
  const isKnown = order.paymentId === id;
  if (isKnown && version < order.paymentVersion) return; // Older than what is known.
  // The shopper may have tried again after a refusal. News of the first try must not undo the second.
  if (!isKnown && (isPaid(order) || (order.state === "pending" && state === "not_paid"))) return;
  order.paymentId = id;
  order.paymentVersion = version;
  order.state = state;
}

/** A genuine payment may be another's, or for what was in the cart before. */
export function isFor({ sessionId, amount, currency }: Order, payment: Payment): boolean {
  return sessionId !== undefined && isPaymentFor(payment, { clientSessionId: sessionId, amount, currency });
}

function stateOf(payment: Payment): Order["state"] {
  const { authorization, overview, amounts } = payment;
  if (["REFUSED", "ERROR", "ABORTED"].includes(authorization.status)) return "not_paid";
  // Whatever else there is or will be is no decision yet.
  if (authorization.status !== "AUTHORIZED") return "pending";
  if (overview.voided === "TOTALLY" || overview.refunded === "TOTALLY") return "not_paid";
  if (amounts.total_captured === 0) return "authorized";
  return amounts.total_captured < payment.amount ? "partly_captured" : "captured";
}

export function isPaid({ state }: Order): boolean {
  return state === "authorized" || state === "partly_captured" || state === "captured";
}
