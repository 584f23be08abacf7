import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Purse } from "purse-payments";
import type { Movement, MovementKind } from "purse-payments/journal";
import { createSimulator, type Simulator } from "purse-payments/simulator";
import { lookAfterSession } from "../../examples/shop/bookkeeping.js";
import { openSession } from "../../examples/shop/checkout.js";
import { moveMoney, movementsOf, openJournal } from "../../examples/shop/journal.js";
import { stateOf } from "../../examples/shop/order-state.js";
import type { Shop } from "../../examples/shop/shop.js";
import { openDatabase, type ShopDatabase } from "../../examples/shop/store/database.js";
import { createOrderStore, type Order } from "../../examples/shop/store/orders.js";
import { createPaymentStore } from "../../examples/shop/store/payments.js";
import { createSessionStore } from "../../examples/shop/store/sessions.js";
import { readSettings } from "../../examples/shop/store/settings.js";

/** The shop without its pages, on a database of its own, with a simulator to pay at. */
export interface ShopInProcess {
  readonly folder: string;
  readonly database: ShopDatabase;
  readonly simulator: Simulator;
  readonly shop: Shop;
  placeOrder(): Order;
  /** Pays for 21.00 euros as the shopper would; gives the payment's id. */
  pay(order: Order, means?: Parameters<Simulator["shopper"]["pay"]>[1]): Promise<string>;
  /** Asks for the next movement of the order. */
  move(order: Order, paymentId: string, kind: MovementKind, amount: number): Promise<Movement>;
  stateNow(order: Order): string;
  /** Kinds and amounts in the simulator's ledger. */
  moved(): string[];
  /** One pass of the journal over what is due. */
  resume(): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * @param alter changes what the shop is told by answers that are not errors.
 * @param beforeRequest throws what a request fails with that never reaches Purse.
 * @param doubtAfterMs how long a fate may stay unclear before the office has to look.
 */
export function openShop(
  alter: (body: Record<string, unknown>, path: string) => Record<string, unknown> = (body) => body,
  beforeRequest: (path: string) => void = () => undefined,
  doubtAfterMs = 300_000,
): ShopInProcess {
  const folder = mkdtempSync(join(tmpdir(), "shop-"));
  const database = openDatabase(join(folder, "shop.db"));
  const simulator = createSimulator();
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    beforeRequest(new URL(url).pathname);
    const answer = await simulator.fetch(url, init);
    if (!answer.ok) return answer;
    const body = (await answer.json()) as Record<string, unknown>;
    return Response.json(alter(body, new URL(url).pathname));
  };
  const purse = new Purse({ baseUrl, clientId, clientSecret, entityId, fetch, maxRetries: 0 });
  const books = {
    orders: createOrderStore(database),
    sessions: createSessionStore(database),
    payments: createPaymentStore(database),
  };
  const shop: Shop = {
    ...books,
    purse,
    journal: openJournal(database, purse, books, { retryAfterMs: 1, longestRetryMs: 5, doubtAfterMs }),
    settings: readSettings(database, {}, "http://127.0.0.1:9"),
  };
  return {
    folder,
    database,
    simulator,
    shop,
    placeOrder() {
      const lines = [{ sku: "oolong", name: "Oolong", quantity: 1, unitPrice: 2100 }];
      const ids = { id: crypto.randomUUID(), shopperId: crypto.randomUUID() };
      return shop.orders.place({ ...ids, currency: "EUR", lines });
    },
    async pay(order, means) {
      const session = await openSession(shop, order, "HOSTED_PAGE");
      await simulator.shopper.pay(session.id, means);
      await lookAfterSession(shop, session.id);
      return shop.payments.ofOrder(order.id).at(-1)?.id ?? "";
    },
    async move(order, paymentId, kind, amount) {
      const number = (await movementsOf(shop, order)).length + 1;
      return moveMoney(shop, order, { number, paymentId, kind, amount });
    },
    stateNow: ({ id }) => {
      const order = shop.orders.find(id);
      if (order === undefined) throw new Error(`There is no order ${id}.`);
      return stateOf(order, shop.payments.ofOrder(id));
    },
    moved: () => simulator.ledger.entries().map(({ kind, amount }) => `${kind} ${String(amount)}`),
    resume: () => shop.journal.resume(),
    async close() {
      await simulator.close();
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
}
