import type { Clock } from "../../clock.js";
import { PurseWebhookError } from "../../errors/webhook-error.js";
import { withPatience } from "./with-timeout.js";
import { parseSummary, type PaymentSummary } from "./payment-state.js";
import type { WebhookStore } from "../stores/store.js";

/** A claim that was granted. Only who has it can end it. Both reject with `claim_lost` if it was gone before its time. */
export interface Hold {
  complete(ttlMs: number): Promise<void>;
  /** Does nothing once the time has run out: the key then belongs to another. */
  release(): Promise<void>;
}

/** What a store has kept under a key. */
export interface Recalled {
  /** As it is in the store. */
  readonly text?: string;
  /** What it says, if it is a summary. */
  readonly summary?: PaymentSummary;
}

/** A store that keeps nobody waiting for long, and whose failures are refusals. */
export interface Claims {
  /** Nothing while another has it, or when what it is for is done. */
  claim(key: string, ttlMs: number): Promise<Hold | undefined>;
  /** @returns whether it is kept: not if something else than what was recalled is there now. */
  remember(key: string, summary: PaymentSummary, ttlMs: number, recalled: Recalled): Promise<boolean>;
  recall(key: string): Promise<Recalled>;
}

const retryAfterMs = 30_000;

export function createClaims(store: WebhookStore, clock: Clock, patienceMs: number): Claims {
  /** Calls the store; a method that throws instead of rejecting is treated alike. */
  async function ask<T>(work: () => Promise<T> | undefined): Promise<T | undefined> {
    const late = (): never => {
      throw unavailable("TimeoutError");
    };
    const asked = (async () => work())().catch((error: unknown) => {
      throw unavailable(error instanceof Error ? error.name : "Error");
    });
    return withPatience<T | undefined>(clock, patienceMs, asked, late);
  }

  return {
    async claim(key, ttlMs) {
      const owner = crypto.randomUUID();
      const wholeTtlMs = Math.floor(ttlMs);
      // Counted from before it was asked for, so never later than the store itself has it.
      const endsAtMs = clock.monotonicMs() + wholeTtlMs;
      let isGivenUp = false;
      const claiming = async (): Promise<boolean> => {
        const isMine = await store.claim(key, wholeTtlMs, owner);
        // Nobody waits for it any more, so nobody would release it. Whatever the time: a client that kept the command
        // back until it was connected again has it granted only now, with the whole of its time before it.
        if (isGivenUp && isMine) await store.release(key, owner);
        return isMine;
      };
      const isInTime = (): boolean => clock.monotonicMs() < endsAtMs;
      /** Within its time a claim can only be gone because the store has lost it. */
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
