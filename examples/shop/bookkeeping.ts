import { isPurseError, type ClientSession, type Payment } from "purse-payments";
import type { Shop } from "./shop.js";
import type { Order } from "./store/orders.js";

/**
 * The one place where a payment meets an order. The return page, the webhook, the answers to captures and the jobs all end
 * here, in whatever order they come.
 *
 * A payment of one of our sessions is booked even when its amount is not the order's: money that nobody knows of is worse
 * than an order that a person has to look at.
 *
 * @returns the order, or undefined when the payment is for none of ours.
 */
export function bookPayment(shop: Shop, payment: Payment): Order | undefined {
  const order = shop.orders.findByNumber(Number(payment.order_reference));
  if (order === undefined) return undefined;
  const isOurs = shop.sessions.ofOrder(order.id).some(({ id }) => id === payment.client_session_id);
  if (!isOurs) return undefined;
  shop.payments.book(order.id, payment);
  return order;
}

export type SessionProgress = "payable" | "in_progress" | "ended";

/**
 * Asks Purse what became of a session, and books its payment if there is one.
 *
 * @returns `payable` when the shopper can still pay it, `ended` when nobody can any more, and `in_progress` for everything
 * else: a status that this code does not know must not open the way to a second payment.
 */
export async function lookAfterSession(shop: Shop, sessionId: string): Promise<SessionProgress> {
  const progress = await askForProgress(shop, sessionId);
  if (progress === "ended") shop.sessions.close(sessionId);
  return progress;
}

async function askForProgress(shop: Shop, sessionId: string): Promise<SessionProgress> {
  let session: ClientSession;
  try {
    session = await shop.purse.clientSessions.retrieve(sessionId);
  } catch (error) {
    if (isPurseError(error) && error.code === "not_found" && isForgotten(shop, sessionId)) return "ended";
    throw error;
  }
  if (session.payment_id !== undefined) {
    const payment = await shop.purse.payments.retrieve(session.payment_id);
    bookPayment(shop, payment);
    return finalAuthorizations.includes(payment.authorization.status) ? "ended" : "in_progress";
  }
  if (session.status === "CREATED") return isExpired(session, clockSkewMs) ? "ended" : "payable";
  return /^(?:ABORTED|EXPIRED)/.test(session.status) ? "ended" : "in_progress";
}

const finalAuthorizations = ["AUTHORIZED", "REFUSED", "ABORTED", "ERROR"];

/** Clocks differ; a session that expired a moment ago may still be payable over there. */
const clockSkewMs = 5 * 60 * 1000;

export function isExpired({ expires_at: expiresAt }: ClientSession, skewMs = 0): boolean {
  return Date.now() > new Date(expiresAt).getTime() + skewMs;
}

/** Purse may forget a session long after nobody can pay it; one that is missing sooner is a fault of the set-up. */
function isForgotten(shop: Shop, sessionId: string): boolean {
  const opened = shop.sessions.find(sessionId);
  return opened !== undefined && Date.now() - new Date(opened.openedAt).getTime() > 24 * 60 * 60 * 1000;
}
