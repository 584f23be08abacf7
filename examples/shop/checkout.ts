import { isPurseError, type ClientSession } from "purse-payments";
import { createWebhookSecretHeader } from "purse-payments/webhooks";
import { isExpired, lookAfterSession } from "./bookkeeping.js";
import { canBePaid, stateOf } from "./order-state.js";
import type { Shop } from "./shop.js";
import type { Order } from "./store/orders.js";

export type PayPlace = "HOSTED_PAGE" | "EMBEDDED";

/** Says that there is nothing to pay, because the order is paid, pending or cancelled. */
export class NothingToPay extends Error {}

/** Says for which order something went wrong, so that the shopper can be led to it. What went wrong is its cause. */
export class OrderFault extends Error {
  readonly order: Order;

  constructor(order: Order, cause: unknown) {
    super(`Something went wrong with order ${String(order.number)}.`, { cause });
    this.order = order;
  }
}

/**
 * A session that the shopper can pay for this order. There is one at a time: a second window or a second click is given
 * the same, and an older one is ended first, so that an order cannot be paid twice.
 */
export function openSession(shop: Shop, order: Order, place: PayPlace): Promise<ClientSession> {
  // The second caller looks for itself: by then there is a session to share.
  return oneByOne(shop, order, () => reuseOrCreate(shop, order, place));
}

/**
 * The session that can be paid there already, if there is one. Opens none and ends none: following a link is no decision to
 * pay.
 *
 * @throws NothingToPay when the order is paid, pending or cancelled.
 */
export function findSession(shop: Shop, order: Order, place: PayPlace): Promise<ClientSession | undefined> {
  return oneByOne(shop, order, async () => {
    for (const { id, closedAt } of shop.sessions.ofOrder(order.id)) {
      if (closedAt !== null) continue;
      const session = await readPayable(shop, id);
      if (session !== undefined && isPayableAt(session, place)) return session;
    }
    refuseWhatIsSettled(shop, order);
    return undefined;
  });
}

/**
 * Cancels an order that is not paid, and ends what could still be paid for it.
 *
 * @throws NothingToPay when it is paid, or a payment is under way that Purse does not abort: then nothing is cancelled.
 */
export function cancelOrder(shop: Shop, order: Order): Promise<void> {
  return oneByOne(shop, order, async () => {
    for (const { id, closedAt } of shop.sessions.ofOrder(order.id)) {
      if (closedAt === null) await endSession(shop, id);
    }
    // The shopper may have paid in another tab until a moment ago.
    refuseWhatIsSettled(shop, order);
    shop.orders.cancel(order.id);
  });
}

const underWay = new WeakMap<Shop, Map<string, Promise<unknown>>>();

/** Calls that open and end the sessions of one order run one after the other. */
export async function oneByOne<T>(shop: Shop, { id }: Order, run: () => Promise<T>): Promise<T> {
  const queues = underWay.get(shop) ?? new Map<string, Promise<unknown>>();
  underWay.set(shop, queues);
  const before = queues.get(id) ?? Promise.resolve();
  const mine = before.then(run, run);
  queues.set(id, mine);
  try {
    return await mine;
  } finally {
    if (queues.get(id) === mine) queues.delete(id);
  }
}

async function reuseOrCreate(shop: Shop, order: Order, place: PayPlace): Promise<ClientSession> {
  for (const { id, closedAt } of shop.sessions.ofOrder(order.id)) {
    if (closedAt !== null) continue;
    const session = await readPayable(shop, id);
    if (session === undefined) continue;
    if (isPayableAt(session, place)) return session;
    await endSession(shop, id);
  }
  refuseWhatIsSettled(shop, order);
  const session = await shop.purse.clientSessions.create({
    ...toParams(shop, order),
    integration_mode: place,
  });
  shop.sessions.add(session.id, order.id);
  // Should neither the shopper come back nor a webhook arrive. No shopper is sent to pay before both are written down.
  await shop.journal.expect({ clientSessionId: session.id });
  return session;
}

/** Undefined when the session has ended. */
async function readPayable(shop: Shop, sessionId: string): Promise<ClientSession | undefined> {
  const progress = await lookAfterSession(shop, sessionId);
  if (progress === "in_progress") throw new NothingToPay("A payment is under way.");
  return progress === "ended" ? undefined : shop.purse.clientSessions.retrieve(sessionId);
}

function isPayableAt(session: ClientSession, place: PayPlace): boolean {
  return session.status === "CREATED" && session.integration_mode === place && !isExpired(session);
}

/** Ends a session that was not paid. When it was paid in the meantime, that is booked instead. */
export async function endSession(shop: Shop, sessionId: string): Promise<void> {
  try {
    await shop.purse.clientSessions.abort(sessionId);
  } catch (error) {
    // Refused, because it has ended by itself; how, is read below.
    if (!isPurseError(error) || (error.code !== "bad_request" && error.code !== "conflict")) throw error;
  }
  const progress = await lookAfterSession(shop, sessionId);
  if (progress === "ended") return;
  const isOver = progress === "payable" && isExpired(await shop.purse.clientSessions.retrieve(sessionId));
  if (!isOver) throw new NothingToPay("A payment is under way.");
  shop.sessions.close(sessionId);
}

export function refuseWhatIsSettled(shop: Shop, order: Order): void {
  const now = shop.orders.find(order.id) ?? order;
  const state = stateOf(now, shop.payments.ofOrder(order.id));
  if (!canBePaid(state)) throw new NothingToPay(`Order ${String(order.number)} is ${state}.`);
}

/** What sessions and payments say alike about an order. */
export function toParams(shop: Shop, order: Order) {
  const { baseUrl, webhookSecret } = shop.settings;
  return {
    amount: order.amount,
    currency: order.currency,
    capture_mode: "MANUAL" as const,
    order: {
      reference: String(order.number),
      net_amount: order.amount,
      shipments: [
        {
          net_amount: order.amount,
          item_lines: order.lines.map(({ sku, name, quantity, unitPrice }) => ({
            type: "PHYSICAL" as const,
            sku_reference: sku,
            name,
            quantity,
            unit_gross_price: unitPrice,
            net_amount: quantity * unitPrice,
          })),
        },
      ],
    },
    shopper_redirection_url: `${baseUrl}/orders/${order.id}/return`,
    webhook: {
      url: `${baseUrl}/webhooks/purse`,
      headers: [createWebhookSecretHeader({ secret: webhookSecret })],
    },
  };
}
