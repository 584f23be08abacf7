import type { Payment } from "purse-payments";
import { isPaymentFor } from "purse-payments/webhooks";
import { once } from "./once";

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

/** Use your database instead. A Map is lost with its process. */
function all(): Map<string, Order> {
  return once("orders", () => new Map());
}

export function findOrder(reference: string): Order | undefined {
  return all().get(reference);
}

export function openOrder(): Order {
  // Random, because the reference alone gives access to the outcome. A real shop checks who is signed in.
  const reference = `order-${crypto.randomUUID()}`;
  const order: Order = {
    reference,
    amount: 4299,
    currency: "EUR",
    state: "open",
    isReleased: false,
    paymentVersion: 0,
    failedCaptures: 0,
  };
  all().set(reference, order);
  return order;
}

/**
 * The one place where a payment meets its order. Return page, webhook and captures all end here, in any order. Sets and
 * never adds, so it may run again.
 */
export function bookPayment(payment: Payment): Order | undefined {
  const order = findOrder(payment.order_reference);
  // A webhook can arrive before the session is stored with the order. After an error it is retried.
  if (order !== undefined && order.sessionId === undefined) throw new Error("the session is not stored yet");
  if (order === undefined || !isFor(order, payment)) {
    console.error(`payment ${payment.id} matches no order, a person must check`);
    return undefined;
  }
  const { id, version = 0 } = payment;
  const state = stateOf(payment);
  const isKnown = order.paymentId === id;
  if (isKnown && version < order.paymentVersion) return order; // Older than what is known.
  // The shopper may have tried again after a refusal. The first payment must not undo the second.
  if (!isKnown && (isPaid(order) || (order.state === "pending" && state === "not_paid"))) return order;
  order.paymentId = id;
  order.paymentVersion = version;
  order.state = state;
  return order;
}

export function isPaid({ state }: Order): boolean {
  return state === "authorized" || state === "partly_captured" || state === "captured";
}

/** A genuine payment may be for another order, or for an earlier cart. */
function isFor({ sessionId, amount, currency }: Order, payment: Payment): boolean {
  return sessionId !== undefined && isPaymentFor(payment, { clientSessionId: sessionId, amount, currency });
}

function stateOf({ amount, authorization, overview, amounts }: Payment): Order["state"] {
  if (["REFUSED", "ERROR", "ABORTED"].includes(authorization.status)) return "not_paid";
  // Any other status, including unknown ones, is not decided yet.
  if (authorization.status !== "AUTHORIZED") return "pending";
  if (overview.voided === "TOTALLY" || overview.refunded === "TOTALLY") return "not_paid";
  if (amounts.total_captured === 0) return "authorized";
  return amounts.total_captured < amount ? "partly_captured" : "captured";
}
