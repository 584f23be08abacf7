import type { Clock } from "../../clock.js";
import { PurseWebhookError } from "../../errors/webhook-error.js";
import { withTimeout } from "./with-timeout.js";
import { parseSummary, type PaymentSummary } from "./payment-state.js";
import type { WebhookStore } from "../stores/store.js";

/** A lock that was acquired. Both methods reject with `claim_lost` if the store lost it before it expired. */
export interface Lock {
  complete(ttlMs: number): Promise<void>;
  /** Does nothing once the lock has expired: another process may hold it by then. */
  release(): Promise<void>;
}

/** What a store has kept under a key. */
export interface Recalled {
  /** As it is in the store. */
  readonly text?: string;
  /** What it says, if it is a summary. */
  readonly summary?: PaymentSummary;
}

/** A store with a time limit on every answer. Its failures become `PurseWebhookError`s. */
export interface Locks {
  /** Acquires the lock. Undefined while another process holds it, or when its work is done. */
  claim(key: string, ttlMs: number): Promise<Lock | undefined>;
  /** @returns false if the entry was changed since `recalled` was read; nothing is written then. */
  remember(key: string, summary: PaymentSummary, ttlMs: number, recalled: Recalled): Promise<boolean>;
  recall(key: string): Promise<Recalled>;
}

const retryAfterMs = 30_000;

export function createLocks(store: WebhookStore, clock: Clock, timeoutMs: number): Locks {
  /** Calls the store within the time limit. A method that throws is treated like one that rejects. */
  async function ask<T>(work: () => Promise<T> | undefined): Promise<T | undefined> {
    const late = (): never => {
      throw unavailable("TimeoutError");
    };
    const asked = (async () => work())().catch((error: unknown) => {
      throw unavailable(error instanceof Error ? error.name : "Error");
    });
    return withTimeout<T | undefined>(clock, timeoutMs, asked, late);
  }

  return {
    async claim(key, ttlMs) {
      const owner = crypto.randomUUID();
      const wholeTtlMs = Math.floor(ttlMs);
      // Counted from before the request, so it never ends later than the store's own expiry.
      const endsAtMs = clock.monotonicMs() + wholeTtlMs;
      let isGivenUp = false;
      const claiming = async (): Promise<boolean> => {
        const isMine = await store.claim(key, wholeTtlMs, owner);
        // The caller has given up, so it is released here, however late: a Redis client that queued the command while it
        // was disconnected gets the lock only now, for its whole duration.
        if (isGivenUp && isMine) await store.release(key, owner);
        return isMine;
      };
      const isInTime = (): boolean => clock.monotonicMs() < endsAtMs;
      /** A lock that is gone before it expired was lost by the store. */
      const end = async (work: () => Promise<unknown>): Promise<void> => {
        if ((await ask(work)) === false && isInTime()) throw claimLost();
      };
      try {
        if ((await ask(claiming)) !== true) return undefined;
      } catch (error) {
        isGivenUp = true;
        throw error;
      }
      return {
        complete: (completedTtlMs) => end(() => store.complete(key, completedTtlMs, owner)),
        release: async () => {
          if (isInTime()) await end(() => store.release(key, owner));
        },
      };
    },
    async remember(key, summary, ttlMs, { text = null }) {
      const kept = await ask(() => store.remember?.(key, JSON.stringify(summary), ttlMs, text));
      return kept !== false;
    },
    async recall(key) {
      const text = await ask(() => store.recall?.(key));
      const summary = parseSummary(text);
      return {
        ...(typeof text === "string" ? { text } : {}),
        ...(summary === undefined ? {} : { summary }),
      };
    },
  };
}

export function claimLost(): PurseWebhookError {
  const message =
    "The store has lost a claim before its time, so another may have handled the same event meanwhile. " +
    "A Redis must not evict keys: set its maxmemory-policy to noeviction.";
  return new PurseWebhookError("claim_lost", message);
}

function unavailable(name: string): PurseWebhookError {
  const facts = { retryAfterMs, cause: { name } };
  return new PurseWebhookError("store_unavailable", "The webhook store does not answer.", facts);
}
