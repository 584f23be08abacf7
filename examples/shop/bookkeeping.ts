import type { ClientSession, Payment } from "purse-payments";
import type { Shop } from "./shop.js";
import type { Order } from "./store/orders.js";

/**
 * The one place where a payment meets an order. The return page, the webhook, the answers to captures and the job that
 * looks after open sessions all end here, in whatever order they come.
 *
 * @returns the order, or undefined when the payment is for none of ours.
 */
export function bookPayment(shop: Shop, payment: Payment): Order | undefined {
  const order = shop.orders.findByNumber(Number(payment.order_reference));
  if (order === undefined) return undefined;
  const isOurs = shop.sessions.ofOrder(order.id).some(({ id }) => id === payment.client_session_id);
  const isForOrder = payment.amount === order.amount && payment.currency === order.currency;
  if (!isOurs || !isForOrder) return undefined;
  shop.payments.book(order.id, payment);
  return order;
}

/**
 * Asks Purse what became of a session, and books its payment if there is one.
 *
 * @returns `payable` when the shopper can still pay it, `in_progress` when a payment is under way, otherwise `ended`.
 */
export async function lookAfterSession(
  shop: Shop,
  sessionId: string,
): Promise<"payable" | "in_progress" | "ended"> {
  const session = await shop.purse.clientSessions.retrieve(sessionId);
  if (session.payment_id !== undefined) {
    const payment = await shop.purse.payments.retrieve(session.payment_id);
    bookPayment(shop, payment);
    if (payment.authorization.status === "PENDING") return "in_progress";
  } else if (session.status === "CREATED" && !isLongExpired(session)) {
    return "payable";
  } else if (session.status === "SUBMITTED") {
    return "in_progress";
  }
  shop.sessions.close(sessionId);
  return "ended";
}

/** Clocks differ; a session that expired a moment ago may still be payable over there. */
const clockSkewMs = 5 * 60 * 1000;

function isLongExpired({ expires_at: expiresAt }: ClientSession): boolean {
  return Date.now() > new Date(expiresAt).getTime() + clockSkewMs;
}
