import type { Payment } from "purse-payments";
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
  if (payment === undefined) return unpaid;
  const { authorization, amounts } = payment;
  if (authorization.status === "AUTHORIZED") {
    if (amounts.total_captured > 0) {
      if (amounts.total_refunded >= amounts.total_captured) return "refunded";
      if (amounts.total_refunded > 0) return "partly refunded";
      return amounts.available_to_capture > 0 ? "partly captured" : "captured";
    }
    return amounts.total_voided > 0 && amounts.available_to_capture === 0 ? "released" : "paid";
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

/** Whether the shopper may be sent to pay. */
export function canBePaid(state: OrderState): boolean {
  return state === "unpaid" || state === "refused";
}

/** Money for another amount than the order's, or money twice: no rule of the shop's may decide what happens to it. */
export function needsAPerson(order: Order, payments: readonly Payment[]): boolean {
  const holding = payments.filter(holdsMoney);
  const isOdd = ({ amount, currency }: Payment): boolean =>
    amount !== order.amount || currency !== order.currency;
  return holding.length > 1 || holding.some(isOdd);
}

function holdsMoney({ amounts }: Payment): boolean {
  return amounts.available_to_capture > 0 || amounts.total_captured > amounts.total_refunded;
}

function isFailed({ authorization }: Payment): boolean {
  return ["REFUSED", "ABORTED", "ERROR"].includes(authorization.status);
}
