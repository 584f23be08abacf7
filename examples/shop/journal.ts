import type { Purse } from "purse-payments";
import {
  createJournal,
  createSqlStore,
  type Journal,
  type JournalOptions,
  type Movement,
  type MovementKind,
} from "purse-payments/journal";
import { bookPayment, type Books } from "./bookkeeping.js";
import type { ShopDatabase } from "./store/database.js";
import type { Order } from "./store/orders.js";

/**
 * The journal over the shop's own database: it remembers captures, refunds and voids with their keys, asks again after a crash
 * or an outage, and reads the payments of sessions from which no shopper and no webhook came.
 */
export function openJournal(
  database: ShopDatabase,
  purse: Purse,
  books: Books,
  options: Partial<JournalOptions> = {},
): Journal {
  const store = createSqlStore({
    dialect: "sqlite",
    query: (text, values) => Promise.resolve(database.prepare(text).all(...values)),
  });
  database.exec(store.schema);
  return createJournal(purse, {
    store,
    onPayment(payment) {
      bookPayment(books, payment);
    },
    onChange(_, payment) {
      if (payment !== undefined) bookPayment(books, payment);
    },
    // This shop is one process, so a lock that is left over is its own from before a crash, and need not be waited for long.
    leaseMs: 2000,
    deadlineMs: 20_000,
    ...options,
  });
}

/** What the back office asks for. */
export interface WantedMovement {
  readonly kind: MovementKind;
  /** Place among the movements of the order, from 1. The form of the page brings it, so sent twice it is one movement. */
  readonly number: number;
  readonly paymentId: string;
  /** Minor units. */
  readonly amount: number;
}

/**
 * Captures, refunds or voids.
 *
 * @returns the movement; the one that is there already when the form came twice.
 * @throws PurseInvalidArgumentError when another movement has taken this number: then nothing was asked for.
 */
export function moveMoney(
  { journal }: { readonly journal: Journal },
  order: Order,
  { kind, number, paymentId, amount }: WantedMovement,
): Promise<Movement> {
  const merchantReference = `${String(order.number)}-${kind}-${String(number)}`;
  return journal[kind]({ id: idOf(order, number), paymentId, amount, merchantReference });
}

/** The movements of an order, in the order in which they were asked for. */
export async function movementsOf(
  { journal }: { readonly journal: Journal },
  order: Order,
): Promise<readonly Movement[]> {
  const movements: Movement[] = [];
  for (;;) {
    const next = await journal.find(idOf(order, movements.length + 1));
    if (next === undefined) return movements;
    movements.push(next);
  }
}

function idOf({ number }: Order, place: number): string {
  return `${String(number)}/${String(place)}`;
}

/** The number of the order that a movement belongs to. */
export function orderNumberOf({ id }: Movement): number {
  return Number(id.split("/")[0]);
}
