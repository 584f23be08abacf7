import { systemClock, type Clock } from "../../clock.js";
import { PurseInvalidArgumentError } from "../../errors/invalid-argument-error.js";
import { readMembers } from "../../checks/members.js";
import { checkPositive } from "../delivery/options.js";
import type { WebhookStore } from "./store.js";

/** How to set up a store in memory. */
export interface MemoryWebhookStoreOptions {
  /**
   * How many entries to keep, at least 3: a payment takes one, each of its states another, and a third while it is
   * handled. When there is no room, the oldest states go first, and then the payments that were handled longest ago.
   * @defaultValue 10000
   */
  maxEntries?: number | undefined;
}

interface Mark {
  readonly expiresAtMs: number;
  /** A claim is held by a process at work, and is not given up for want of room. */
  readonly isClaim: boolean;
  readonly owner?: string | undefined;
}

interface Note {
  readonly expiresAtMs: number;
  readonly text: string;
}

const defaultMaxEntries = 10_000;
/** One payment needs three: a claim on it, a claim on its state, and its summary. */
const fewestEntries = 3;

/**
 * A store for one process: bounded, without timers, gone when the process ends. Events that come again after that are
 * handled again, and told as if nothing had happened to the payment before: see `WebhookChange`. Several processes need a store that they share, such as `createRedisWebhookStore`.
 *
 * @throws PurseInvalidArgumentError when `maxEntries` is not a whole number of at least 3.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { createMemoryWebhookStore, createWebhookHandler } from "purse-payments/webhooks";
 *
 * export function createHandler(purse: Purse, secret: string) {
 *   const store = createMemoryWebhookStore({ maxEntries: 100_000 });
 *   return createWebhookHandler(purse, { secrets: [secret], store, on: { fallback: () => undefined } });
 * }
 * ```
 */
export function createMemoryWebhookStore(options: MemoryWebhookStoreOptions = {}): Required<WebhookStore> {
  return createStore(options, systemClock);
}

/** As above, with a clock for tests. */
export function createStore(
  options: MemoryWebhookStoreOptions,
  clock: Clock,
): Required<WebhookStore> & { size: () => number } {
  const given = readMembers(options, "options", ["maxEntries"]);
  const maxEntries = checkPositive(given["maxEntries"], "options.maxEntries", defaultMaxEntries);
  if (maxEntries < fewestEntries) {
    throw new PurseInvalidArgumentError(
      "options.maxEntries",
      `must be at least ${String(fewestEntries)}: a payment that is being handled takes that many.`,
    );
  }
  // Oldest first: what is written again moves to the end.
  const marks = new Map<string, Mark>();
  const notes = new Map<string, Note>();

  const isOver = ({ expiresAtMs }: Mark | Note): boolean => expiresAtMs <= clock.monotonicMs();

  function find<T extends Mark | Note>(entries: Map<string, T>, key: string): T | undefined {
    const entry = entries.get(key);
    return entry === undefined || isOver(entry) ? undefined : entry;
  }

  /** Marks first: what is known of a payment also tells which of its states are old. */
  function makeRoom(): void {
    if (marks.size + notes.size < maxEntries) return;
    for (const [key, mark] of marks) {
      if (mark.isClaim && !isOver(mark)) continue;
      marks.delete(key);
      return;
    }
    const [oldest] = notes.keys();
    if (oldest === undefined) throw new Error("every entry of the store is in use");
    notes.delete(oldest);
  }

  function write<T extends Mark | Note>(
    entries: Map<string, T>,
    key: string,
    ttlMs: number,
    rest: Omit<T, "expiresAtMs">,
  ): void {
    entries.delete(key);
    makeRoom();
    entries.set(key, { expiresAtMs: clock.monotonicMs() + ttlMs, ...rest } as T); // T without it, and it.
  }

  const isTheirs = (mark: Mark, owner: string | undefined): boolean =>
    owner !== undefined && mark.owner !== undefined && mark.owner !== owner;

  // Each does its work at once.
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- So that a full store rejects.
    async claim(key, ttlMs, owner) {
      if (find(marks, key) !== undefined) return false;
      write(marks, key, ttlMs, { isClaim: true, owner });
      return true;
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- So that a full store rejects.
    async complete(key, ttlMs, owner) {
      const mark = find(marks, key);
      if (mark !== undefined && isTheirs(mark, owner)) return false;
      write(marks, key, ttlMs, { isClaim: false, owner });
      return mark !== undefined || owner === undefined;
    },
    release(key, owner) {
      const mark = marks.get(key);
      return Promise.resolve(mark?.isClaim === true && !isTheirs(mark, owner) && marks.delete(key));
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- So that a full store rejects.
    async remember(key, text, ttlMs, expected) {
      const kept = find(notes, key)?.text ?? null;
      if (expected !== undefined && kept !== expected && kept !== text) return false;
      write(notes, key, ttlMs, { text });
      return true;
    },
    recall: (key) => Promise.resolve(find(notes, key)?.text),
    size: () => marks.size + notes.size,
  };
}
