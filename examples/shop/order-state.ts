import type { Payment } from "purse-payments";
import type { Order } from "./store/orders.js";

export type OrderState =
  | "unpaid"
  | "cancelled"
  | "pending"
  | "refused"
  | "paid"
  | "partly captured"
  | "captured"
  | "partly refunded"
  | "refunded"
  | "released";

/** Where an order stands, by what Purse said last about its payments. Nothing of it is stored: it cannot get out of step. */
export function stateOf(order: Order, payments: readonly Payment[]): OrderState {
  const payment = currentPayment(payments);
  if (payment === undefined) return order.cancelledAt === null ? "unpaid" : "cancelled";
  const { authorization, amounts } = payment;
  if (authorization.status === "PENDING") return "pending";
  if (authorization.status !== "AUTHORIZED") return order.cancelledAt === null ? "refused" : "cancelled";
  if (amounts.total_captured > 0) {
    if (amounts.total_refunded >= amounts.total_captured) return "refunded";
    if (amounts.total_refunded > 0) return "partly refunded";
    return amounts.available_to_capture > 0 ? "partly captured" : "captured";
  }
  return amounts.total_voided > 0 && amounts.available_to_capture === 0 ? "released" : "paid";
}

/** The payment that counts: one that holds money, if there is any; otherwise the newest. */
export function currentPayment(payments: readonly Payment[]): Payment | undefined {
  const newestFirst = [...payments].reverse();
  const withStatus = (status: string): Payment | undefined =>
    newestFirst.find(({ authorization }) => authorization.status === status);
  return withStatus("AUTHORIZED") ?? withStatus("PENDING") ?? newestFirst[0];
}

/** Whether the shopper may be sent to pay. */
export function canBePaid(state: OrderState): boolean {
  return state === "unpaid" || state === "refused";
}
