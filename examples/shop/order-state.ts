import type { Operation, Payment } from "purse-payments";
import { isPaymentFor } from "purse-payments/webhooks";
import type { Order } from "./store/orders.js";

export type OrderState =
  | "unpaid"
  | "cancelled"
  | "pending"
  | "refused"
  | "to be checked"
  | "paid"
  | "partly captured"
  | "captured"
  | "partly refunded"
  | "refunded"
  | "released";

/** Where an order stands, by what Purse said last about its payments. Nothing of it is stored: it cannot get out of step. */
export function stateOf(order: Order, payments: readonly Payment[]): OrderState {
  if (needsAPerson(order, payments)) return "to be checked";
  const payment = currentPayment(payments);
  const unpaid = order.cancelledAt === null ? "unpaid" : "cancelled";
  // Made perhaps, and its answer was lost: not to be paid again until it is known.
  if (order.payingSince !== null && !payments.some(holdsMoney)) return "pending";
  if (payment === undefined) return unpaid;
  const { authorization, amounts } = payment;
  if (authorization.status === "AUTHORIZED") {
    if (amounts.total_captured > 0) {
      if (amounts.total_refunded >= amounts.total_captured) return "refunded";
      if (amounts.total_refunded > 0) return "partly refunded";
      return amounts.available_to_capture > 0 ? "partly captured" : "captured";
    }
    // Nothing may be left to capture because a capture is under way: the shopper is about to be charged.
    return amounts.total_voided > 0 && !holdsMoney(payment) ? "released" : "paid";
  }
  if (isFailed(payment)) return unpaid === "unpaid" ? "refused" : unpaid;
  return "pending"; // PENDING, or a status that this code does not know: either way not to be paid again.
}

/** The payment that counts: one that holds or held money, if there is any; then one under way; otherwise the newest. */
export function currentPayment(payments: readonly Payment[]): Payment | undefined {
  const newestFirst = [...payments].reverse();
  return (
    newestFirst.find(holdsMoney) ??
    newestFirst.find(({ authorization }) => authorization.status === "AUTHORIZED") ??
    newestFirst.find((payment) => !isFailed(payment)) ??
    newestFirst[0]
  );
}

/** Whether the outcome of a payment without a session is unknown for so long that a person has to ask Purse. */
export function isOverdue({ payingSince }: Order): boolean {
  return payingSince !== null && Date.now() - new Date(payingSince).getTime() > 10 * 60 * 1000;
}

/** Whether the shopper may be sent to pay. */
export function canBePaid(state: OrderState): boolean {
  return state === "unpaid" || state === "refused";
}

/**
 * Money for another amount than the order's, money twice, or money for what is refused or cancelled: no rule of the shop's
 * may decide what happens to it.
 */
export function needsAPerson(order: Order, payments: readonly Payment[]): boolean {
  const { number, amount, currency } = order;
  const holding = payments.filter(holdsMoney);
  const isOdd = (payment: Payment): boolean =>
    !isPaymentFor(payment, { orderReference: String(number), amount, currency }) || isFailed(payment);
  return holding.length > 1 || holding.some(isOdd) || (order.cancelledAt !== null && holding.length > 0);
}

/**
 * Whether anything of the shopper's is held or was taken, or may be in a moment. What is available does not tell: nothing is
 * while a capture or void is under way, nor of what one partner holds when another has refused.
 */
function holdsMoney({ amounts, captures, refunds, voids }: Payment): boolean {
  const held = amounts.total_authorized - amounts.total_voided - amounts.total_captured;
  const taken = amounts.total_captured - amounts.total_refunded;
  return held > 0 || taken > 0 || [...captures, ...refunds, ...voids].some(isUndecided);
}

/** A status that this code does not know may become anything. */
function isUndecided({ status }: Operation): boolean {
  return !["SUCCESS", "FAILURE", "CONFLICT"].includes(status);
}

function isFailed({ authorization }: Payment): boolean {
  return ["REFUSED", "ABORTED", "ERROR"].includes(authorization.status);
}
