import { systemClock, type Clock } from "../clock.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { readMembers } from "../members.js";
import { checkPositive } from "./options.js";
import type { WebhookStore } from "./store.js";

/** How to set up a store in memory. */
export interface MemoryWebhookStoreOptions {
  /**
   * How many entries to keep, at least 3: a payment takes one, each of its states another, and a third while it is
   * handled. The oldest go first.
   * @defaultValue 10000
   */
  maxEntries?: number | undefined;
}

interface Entry {
  readonly expiresAtMs: number;
  /** A claim is held by somebody at work, and is not given up for want of room. */
  readonly isClaim: boolean;
  readonly owner?: string | undefined;
  readonly text?: string;
}

const defaultMaxEntries = 10_000;
/** The claims on one payment and its state, and what to remember of it. With fewer, nothing could ever be noted. */
const fewestEntries = 3;

/**
 * A store for one process: bounded, without timers, gone when the process ends. Events that come again after that are
 * handled again. Several processes need a store that they share, such as `createRedisWebhookStore`.
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

/** As above, with a clock of the test's. */
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
  /** Oldest first: an entry that is written again moves to the end. */
  const entries = new Map<string, Entry>();

  const isOver = (entry: Entry): boolean => entry.expiresAtMs <= clock.monotonicMs();

  function find(key: string): Entry | undefined {
    const entry = entries.get(key);
    return entry === undefined || isOver(entry) ? undefined : entry;
  }

  function makeRoom(): void {
    if (entries.size < maxEntries) return;
    for (const [key, entry] of entries) {
      if (entry.isClaim && !isOver(entry)) continue;
      entries.delete(key);
      return;
    }
    throw new Error("every entry of the store is in use");
  }

  function write(key: string, ttlMs: number, rest: Omit<Entry, "expiresAtMs">): void {
    entries.delete(key);
    makeRoom();
    entries.set(key, { expiresAtMs: clock.monotonicMs() + ttlMs, ...rest });
  }

  // Each does its work at once.
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- So that a full store rejects.
    async claim(key, ttlMs, owner) {
      if (find(key) !== undefined) return false;
      write(key, ttlMs, { isClaim: true, owner });
      return true;
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- So that a full store rejects.
    async complete(key, ttlMs) {
      write(key, ttlMs, { isClaim: false });
    },
    release(key, owner) {
      const entry = entries.get(key);
      const isTheirs = owner !== undefined && entry?.owner !== undefined && entry.owner !== owner;
      return Promise.resolve(entry?.isClaim === true && !isTheirs && entries.delete(key));
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- So that a full store rejects.
    async remember(key, text, ttlMs) {
      write(key, ttlMs, { isClaim: false, text });
    },
    recall: (key) => Promise.resolve(find(key)?.text),
    size: () => entries.size,
  };
}
