import { systemClock, type Clock } from "../clock.js";
import { isToBeAsked, type Entry, type Topic } from "./entry.js";
import type { JournalStore } from "./store.js";

interface Row {
  readonly entry: Entry;
  readonly dueAtMs: number | undefined;
}

/**
 * A store for tests and for trying things out: gone when the process ends, and so no help after a crash.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { createJournal, createMemoryStore } from "purse-payments/journal";
 *
 * export function createTestJournal(purse: Purse) {
 *   return createJournal(purse, { store: createMemoryStore() });
 * }
 * ```
 */
export function createMemoryStore(): JournalStore {
  return createStore(systemClock);
}

/** As above, with a clock for tests. */
export function createStore(clock: Clock): JournalStore {
  const rows = new Map<string, Row>();
  const keyOf = ({ topic, id }: { readonly topic: Topic; readonly id: string }): string => `${topic}:${id}`;
  const entryOf = ({ entry }: Row): Entry => ({ ...entry, nowMs: clock.wallMs() });

  function put(entry: Entry, dueInMs: number | undefined): Entry {
    const nowMs = clock.wallMs();
    const row = { entry, dueAtMs: dueInMs === undefined ? undefined : nowMs + dueInMs };
    rows.set(keyOf(entry), row);
    return entryOf(row);
  }

  function select(fits: (entry: Entry) => boolean): Entry[] {
    return [...rows.values()].map(entryOf).filter(fits);
  }

  /** Only if nothing has been written since. */
  function current(entry: Entry): Entry | undefined {
    const row = rows.get(keyOf(entry));
    return row?.entry.revision === entry.revision ? row.entry : undefined;
  }

  return {
    insert(entry, dueInMs) {
      if (rows.has(keyOf(entry))) return Promise.resolve(undefined);
      const nowMs = clock.wallMs();
      const inserted: Entry = {
        ...entry,
        state: "open",
        operationId: undefined,
        operationStatus: undefined,
        reason: undefined,
        harmless: 0,
        unclearSinceMs: undefined,
        seenVersion: undefined,
        untold: "",
        told: undefined,
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        revision: 1,
        nowMs,
      };
      return Promise.resolve(put(inserted, dueInMs));
    },
    find(topic, id) {
      const row = rows.get(keyOf({ topic, id }));
      return Promise.resolve(row && entryOf(row));
    },
    ofPayment(paymentId, sessionId) {
      const wanted = paymentId.toLowerCase();
      const isWanted = ({ topic, id, paymentId: its }: Entry): boolean =>
        its?.toLowerCase() === wanted || (topic === "session" && id === sessionId);
      return Promise.resolve(select(isWanted));
    },
    list(state, limit) {
      const isListed = (entry: Entry): boolean =>
        entry.topic === "movement" && (state === undefined || entry.state === state);
      return Promise.resolve(select(isListed).slice(0, limit));
    },
    take(limit, leaseMs, dueByMs) {
      const byMs = Math.min(clock.wallMs(), dueByMs ?? Infinity);
      const dueOf = ({ dueAtMs = Infinity }: Row): number => dueAtMs;
      const due = [...rows.values()].filter((row) => dueOf(row) <= byMs);
      due.sort((one, other) => dueOf(one) - dueOf(other));
      const taken = due.slice(0, limit).map(({ entry }) => {
        const attempts = entry.attempts + (isToBeAsked(entry) ? 1 : 0);
        return put({ ...entry, attempts, revision: entry.revision + 1 }, leaseMs);
      });
      return Promise.resolve(taken);
    },
    write(entry, dueInMs) {
      if (current(entry) === undefined) return Promise.resolve(undefined);
      return Promise.resolve(put({ ...entry, revision: entry.revision + 1 }, dueInMs));
    },
    renew(entry, leaseMs) {
      const held = current(entry);
      if (held !== undefined) put(held, leaseMs);
      return Promise.resolve(held !== undefined);
    },
    payments(sinceMs, after, limit) {
      const changed = select(({ updatedAtMs }) => updatedAtMs >= sinceMs);
      const ids = [...new Set(changed.flatMap(({ paymentId }) => paymentId?.toLowerCase() ?? []))].sort();
      return Promise.resolve(ids.filter((id) => id > after).slice(0, limit));
    },
  };
}
