import { systemClock, type Clock } from "../clock.js";
import { isToBeAsked, type Entry, type Topic } from "./entry.js";
import type { JournalStore } from "./store.js";

type Row = Omit<Entry, "nowMs"> & { readonly dueAtMs: number | undefined };

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

/** As above, with a clock of the test's. */
export function createStore(clock: Clock): JournalStore {
  const rows = new Map<string, Row>();
  const keyOf = (topic: Topic, id: string): string => `${topic}:${id}`;
  const entryOf = ({ dueAtMs: _dueAtMs, ...row }: Row): Entry => ({ ...row, nowMs: clock.wallMs() });
  const dueAt = (dueInMs: number | undefined): number | undefined =>
    dueInMs === undefined ? undefined : clock.wallMs() + dueInMs;

  function put(row: Row): Entry {
    rows.set(keyOf(row.topic, row.id), row);
    return entryOf(row);
  }

  function select(fits: (row: Row) => boolean): Row[] {
    return [...rows.values()].filter(fits);
  }

  /** Only while nobody has written since. */
  function current({ topic, id, revision }: Entry): Row | undefined {
    const row = rows.get(keyOf(topic, id));
    return row?.revision === revision ? row : undefined;
  }

  // Each does its work at once, and rejects if it throws.
  return {
    // eslint-disable-next-line @typescript-eslint/require-await
    async insert(entry, dueInMs) {
      if (rows.has(keyOf(entry.topic, entry.id))) return undefined;
      const nowMs = clock.wallMs();
      return put({
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
        dueAtMs: dueAt(dueInMs),
      });
    },
    find(topic, id) {
      const row = rows.get(keyOf(topic, id));
      return Promise.resolve(row && entryOf(row));
    },
    ofPayment(paymentId, sessionId) {
      const wanted = paymentId.toLowerCase();
      const found = select(
        ({ topic, id, paymentId: its }) =>
          its?.toLowerCase() === wanted || (topic === "session" && id === sessionId),
      );
      return Promise.resolve(found.map(entryOf));
    },
    list(state, limit) {
      const found = select((row) => row.topic === "movement" && (state === undefined || row.state === state));
      return Promise.resolve(found.slice(0, limit).map(entryOf));
    },
    take(limit, leaseMs, dueByMs) {
      const byMs = Math.min(clock.wallMs(), dueByMs ?? Infinity);
      const due = select(({ dueAtMs }) => dueAtMs !== undefined && dueAtMs <= byMs)
        .sort((one, other) => (one.dueAtMs ?? 0) - (other.dueAtMs ?? 0))
        .slice(0, limit);
      const taken = due.map((row) =>
        put({
          ...row,
          attempts: row.attempts + (isToBeAsked(entryOf(row)) ? 1 : 0),
          revision: row.revision + 1,
          dueAtMs: dueAt(leaseMs),
        }),
      );
      return Promise.resolve(taken);
    },
    write(entry, dueInMs) {
      const row = current(entry);
      if (row === undefined) return Promise.resolve(undefined);
      const { nowMs: _nowMs, ...next } = entry;
      return Promise.resolve(put({ ...next, revision: row.revision + 1, dueAtMs: dueAt(dueInMs) }));
    },
    renew(entry, leaseMs) {
      const row = current(entry);
      if (row !== undefined) put({ ...row, dueAtMs: dueAt(leaseMs) });
      return Promise.resolve(row !== undefined);
    },
    payments(sinceMs, after, limit) {
      const changed = select(({ updatedAtMs }) => updatedAtMs >= sinceMs);
      const ids = new Set(changed.flatMap(({ paymentId }) => paymentId?.toLowerCase() ?? []));
      return Promise.resolve(
        [...ids]
          .filter((id) => id > after)
          .sort()
          .slice(0, limit),
      );
    },
  };
}
