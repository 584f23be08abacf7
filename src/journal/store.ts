import type { MovementState } from "./movement.js";
import type { Entry, NewEntry, Topic } from "./entry.js";

/**
 * Where a journal keeps its entries: {@link createSqlStore} or {@link createMemoryStore}. Each method is one atomic step on
 * the store's own clock, and depends on no connection.
 *
 * An entry that has something left to do is due at a time. A process that works on it takes it: its revision grows, and it is due
 * again only when the lease is over. A write that is based on an older revision changes nothing, so a holder that comes back
 * late can do no harm.
 */
export interface JournalStore {
  /**
   * Adds an entry that is due after `dueInMs`.
   *
   * @returns nothing if there is an entry of that topic and id, which stays as it is.
   */
  readonly insert: (entry: NewEntry, dueInMs: number) => Promise<Entry | undefined>;
  /** The entry of a topic and id, if there is one. */
  readonly find: (topic: Topic, id: string) => Promise<Entry | undefined>;
  /** The movements of a payment, and the session that it is expected from. */
  readonly ofPayment: (paymentId: string, sessionId: string | undefined) => Promise<readonly Entry[]>;
  /** Movements, the oldest first. */
  readonly list: (state: MovementState | undefined, limit: number) => Promise<readonly Entry[]>;
  /** Takes entries that are due, and were before a point in time if it is given. Counts an attempt where Purse is asked. */
  readonly take: (limit: number, leaseMs: number, dueByMs: number | undefined) => Promise<readonly Entry[]>;
  /** Replaces what can change of an entry. @returns nothing if its revision is not the store's any more. */
  readonly write: (entry: Entry, dueInMs: number | undefined) => Promise<Entry | undefined>;
  /** Puts off the end of a lease. @returns whether it was still held. */
  readonly renew: (entry: Entry, leaseMs: number) => Promise<boolean>;
  /** Ids of payments with entries that changed since then, in order, after the given one. */
  readonly payments: (sinceMs: number, after: string, limit: number) => Promise<readonly string[]>;
}
