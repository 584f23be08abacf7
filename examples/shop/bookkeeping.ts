import { isPurseError, type ClientSession, type Payment } from "purse-payments";
import type { Shop } from "./shop.js";

/** What the shop writes down about orders. */
export type Books = Pick<Shop, "orders" | "sessions" | "payments">;

/**
 * The one place where a payment meets an order. The return page, the webhook and the journal all end here, in any order.
 *
 * A payment of one of our sessions, or one that was asked for without a session, is booked even when its amount is not the order's: money that the shop does not know of is
 * worse than an order that a person has to look at.
 */
export function bookPayment({ orders, sessions, payments }: Books, payment: Payment): void {
  const order = orders.findByNumber(Number(payment.order_reference));
  if (order === undefined) return;
  const { client_session_id: sessionId } = payment;
  const isKnown = payments.ofOrder(order.id).some(({ id }) => id === payment.id);
  const isOurs =
    sessionId === undefined
      ? order.payingSince !== null || isKnown
      : sessions.ofOrder(order.id).some(({ id }) => id === sessionId);
  if (!isOurs) return;
  payments.book(order.id, payment);
  // One that was booked before says nothing of the one whose outcome is not known.
  if (sessionId === undefined && !isKnown) orders.endPaying(order.id);
}

/** Books a payment that was read, and lets the journal close what it shows. */
export async function learn(shop: Shop, payment: Payment): Promise<void> {
  bookPayment(shop, payment);
  await shop.journal.observe(payment);
}

export type SessionProgress = "payable" | "in_progress" | "ended";

/**
 * Asks Purse what became of a session, and books its payment if there is one.
 *
 * @returns `payable` when the shopper can still pay it, `ended` when it cannot be paid any more, and `in_progress` for
 * everything else: a status that this code does not know must not open the way to a second payment.
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
    await learn(shop, payment);
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

/** Purse may forget a session long after it has ended; one that is missing sooner is a fault of the set-up. */
function isForgotten(shop: Shop, sessionId: string): boolean {
  const opened = shop.sessions.find(sessionId);
  return opened !== undefined && Date.now() - new Date(opened.openedAt).getTime() > 24 * 60 * 60 * 1000;
}
