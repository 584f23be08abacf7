import type { Payment } from "../../generated/schema.js";
import { checkSignal } from "../call/prepare.js";
import { notLoaded } from "../call/on-demand.js";
import { checkDurationMs } from "../checks/options.js";
import { checkPathSegment } from "../checks/values.js";
import { newIdempotencyKey } from "../idempotency/key.js";
import { readMembers, refuseArgument } from "../checks/members.js";
import { isMovement, toMovement, type MovementEntry } from "./entry.js";
import {
  checkId,
  checkInput,
  checkLimit,
  checkRecordInput,
  checkSame,
  checkState,
  checkTime,
  type MovementInput,
  type RecordInput,
  type Time,
  type WantedMovement,
} from "./input.js";
import { startLease } from "./lease.js";
import type { Movement, MovementKind, MovementState } from "./movement.js";
import { observePayment } from "./observe.js";
import { readParts, readRecordStore, type JournalOptions } from "./options.js";
import type { JournalClient, Parts } from "./parts.js";
import { pursue, runPass, runPasses, type PassResult } from "./pass.js";
import type { Difference } from "./reconcile.js";
import type { JournalStore } from "./store.js";

/** Captures, refunds and voids that are certain after a crash. */
export interface Journal {
  /**
   * Captures. The movement is in the store, with its key, before the request leaves. The same `id` with the same values gives
   * the movement as it is, and never a second operation. **Moves money**, once for each id.
   *
   * @returns the movement, however the service answered: see {@link MovementState}. One that is `open` or `pending` is settled by
   * a later pass or a webhook.
   * @throws PurseInvalidArgumentError for a value that is refused, or an id that belongs to a movement with other values;
   * nothing was sent. What the store throws when it fails before anything was sent: then call again with the same id.
   */
  capture(input: MovementInput): Promise<Movement>;
  /** Gives captured money back. As {@link Journal.capture}. **Moves money**, once for each id. */
  refund(input: MovementInput): Promise<Movement>;
  /** Releases authorized money. As {@link Journal.capture}. */
  void(input: MovementInput): Promise<Movement>;
  /**
   * Writes down a movement and sends nothing; the next pass asks for it. With a store over a transaction of yours it is there
   * if and only if that transaction commits.
   *
   * @throws as {@link Journal.capture}.
   */
  record(input: RecordInput, options?: { store?: JournalStore | undefined }): Promise<Movement>;
  /** The movement of that id, if there is one. */
  find(id: string): Promise<Movement | undefined>;
  /** Movements, the oldest first: all, or those in one state; at most `limit` (1 to 1000, by default 100). */
  list(options?: {
    state?: MovementState | undefined;
    limit?: number | undefined;
  }): Promise<readonly Movement[]>;
  /**
   * Takes note of a payment that was read: closes the movements whose operations it shows, and tells `onPayment` if its session
   * is expected. Give it payments from the service only, such as a webhook handler's after reading back. Order does not matter.
   */
  observe(payment: Payment): Promise<void>;
  /**
   * Makes sure that the payment of a client session is learned of, though no webhook comes: it is read until it is decided.
   *
   * @param options `until`: when to stop. By default an hour after the session's `expires_at`.
   */
  expect(options: { clientSessionId: string; until?: Time | undefined }): Promise<void>;
  /** One pass over at most `limit` (1 to 1000, which is the default) entries that are due. **Money may move.** */
  resume(options?: { limit?: number | undefined; signal?: AbortSignal | undefined }): Promise<PassResult>;
  /**
   * Passes until the signal aborts: each begins `everyMs` after the one before has ended, by default a second. Run it in
   * one process or in many. Does not reject when the store or the service fails.
   */
  run(options: { everyMs?: number | undefined; signal: AbortSignal }): Promise<void>;
  /**
   * Compares the movements of all payments that changed since then with the payments themselves, one after the other. Yields
   * where they disagree and changes nothing.
   */
  reconcile(options?: {
    since?: Time | undefined;
    signal?: AbortSignal | undefined;
  }): AsyncIterableIterator<Difference>;
}

const standardListLimit = 100;
const standardPassLimit = 1000;
const standardEveryMs = 1000;

/**
 * A journal of captures, refunds and voids over a database of yours: each is done at most once, and none is forgotten, though
 * processes die, answers get lost and webhooks never come.
 *
 * @throws PurseInvalidArgumentError when an option is missing, unknown or of another form.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { createJournal, createSqlStore, type SqlStoreOptions } from "purse-payments/journal";
 *
 * export async function ship(purse: Purse, query: SqlStoreOptions["query"], paymentId: string) {
 *   const store = createSqlStore({ dialect: "postgres", query });
 *   await store.migrate();
 *   const journal = createJournal(purse, { store });
 *   const { state } = await journal.capture({ id: "order-1/capture/1", paymentId, amount: 4299 });
 *   return state;
 * }
 * ```
 */
export function createJournal(purse: JournalClient, options: JournalOptions): Journal {
  return journalOf(readParts(purse, options));
}

/** As above, of parts that a test has made. */
export function journalOf(parts: Parts): Journal {
  return {
    capture: (input) => move(parts, "capture", input),
    refund: (input) => move(parts, "refund", input),
    void: (input) => move(parts, "void", input),
    async record(input, options) {
      const wanted = checkRecordInput(input);
      const store = readRecordStore(options) ?? parts.store;
      const entry = (await insert(store, wanted, 0, 0)) ?? (await findSame(store, wanted));
      return toMovement(entry);
    },
    async find(id) {
      const entry = await parts.store.find("movement", checkId(id, "id"));
      return entry !== undefined && isMovement(entry) ? toMovement(entry) : undefined;
    },
    async list(options = {}) {
      const { state, limit } = readMembers(options, "options", ["state", "limit"]);
      const entries = await parts.store.list(checkState(state), checkLimit(limit, standardListLimit));
      return entries.filter(isMovement).map(toMovement);
    },
    observe: async (payment) => observePayment(parts, payment),
    async expect(options) {
      const { clientSessionId, until } = readMembers(options, "options", ["clientSessionId", "until"]);
      const id = checkPathSegment(clientSessionId, "options.clientSessionId");
      const endsAtMs = checkTime(until, "options.until");
      await parts.store.insert({ ...expected, id, endsAtMs }, 0);
    },
    async resume(options = {}) {
      const { limit, signal } = readMembers(options, "options", ["limit", "signal"]);
      return runPass(parts, checkLimit(limit, standardPassLimit), checkSignal(signal));
    },
    async run(options) {
      const { everyMs = standardEveryMs, signal: given } = readMembers(options, "options", [
        "everyMs",
        "signal",
      ]);
      const signal =
        checkSignal(given) ?? refuseArgument("options.signal", "is missing: without it a run never ends.");
      return runPasses(
        parts,
        checkDurationMs(everyMs, "options.everyMs", refuseArgument),
        standardPassLimit,
        signal,
      );
    },
    reconcile(options = {}) {
      const { since, signal } = readMembers(options, "options", ["since", "signal"]);
      return reconcile(parts, checkTime(since, "options.since") ?? 0, checkSignal(signal));
    },
  };
}

const expected = {
  topic: "session",
  kind: "session",
  paymentId: undefined,
  amount: 0,
  merchantReference: undefined,
  idempotencyKey: "",
  attempts: 0,
} as const;

/** Loaded when it is first used: most processes never compare. */
async function* reconcile(
  parts: Parts,
  sinceMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Difference, void, undefined> {
  const { reconcileAll } = await import("./reconcile.js").catch(() => notLoaded("journal.reconcile"));
  yield* reconcileAll(parts, sinceMs, signal);
}

async function move(parts: Parts, kind: MovementKind, input: unknown): Promise<Movement> {
  const wanted = checkInput(input, kind);
  const lease = startLease(parts);
  // Inserted with its lease in one statement, so that no other process can ask for it in between.
  const entry = await insert(parts.store, wanted, 1, parts.leaseMs);
  if (entry === undefined) return toMovement(await findSame(parts.store, wanted));
  try {
    const settled = await pursue(parts, { entry, ...lease }, undefined);
    if (settled !== undefined) return toMovement(settled);
    const current = await parts.store.find("movement", entry.id);
    return toMovement(current !== undefined && isMovement(current) ? current : entry);
  } catch (error) {
    // The store failed after the request may have left. The next pass finds out, under the same key.
    parts.watch.failed("store", error);
    return toMovement(entry);
  }
}

async function insert(
  store: JournalStore,
  wanted: WantedMovement,
  attempts: number,
  dueInMs: number,
): Promise<MovementEntry | undefined> {
  const entry = {
    topic: "movement",
    ...wanted,
    idempotencyKey: newIdempotencyKey(),
    attempts,
    endsAtMs: undefined,
  } as const;
  const inserted = await store.insert(entry, dueInMs);
  return inserted !== undefined && isMovement(inserted) ? inserted : undefined;
}

async function findSame(store: JournalStore, wanted: WantedMovement): Promise<MovementEntry> {
  const entry = await store.find("movement", wanted.id);
  // It may have been there and be gone again, or the store's transaction may not see it yet.
  if (entry === undefined || !isMovement(entry))
    throw new Error("the store does not find a movement that it has");
  checkSame(entry, wanted);
  return entry;
}
