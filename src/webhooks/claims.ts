import type { Clock } from "../clock.js";
import { PurseWebhookError } from "../errors/webhook-error.js";
import { withPatience } from "./patience.js";
import { parseSummary, type PaymentSummary } from "./summary.js";
import type { WebhookStore } from "./store.js";

/** A claim that was granted. Only who has it can end it. */
export interface Hold {
  complete(ttlMs: number): Promise<void>;
  /** Does nothing once the time has run out: whoever has the key then is somebody else. */
  release(): Promise<void>;
}

/** A store that keeps nobody waiting for long, and whose failures are refusals. */
export interface Claims {
  /** Nothing while another has it, or when what it is for is done. */
  claim(key: string, ttlMs: number): Promise<Hold | undefined>;
  remember(key: string, summary: PaymentSummary, ttlMs: number): Promise<void>;
  recall(key: string): Promise<PaymentSummary | undefined>;
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
      const release = async (): Promise<void> => {
        if (clock.monotonicMs() < endsAtMs) await store.release(key, owner);
      };
      const claiming = async (): Promise<boolean> => {
        const isMine = await store.claim(key, wholeTtlMs, owner);
        // Nobody waits for it any more, so nobody would release it. Whatever the time: a client that kept the command
        // back until it was connected again has it granted only now, with the whole of its time before it.
        if (isGivenUp && isMine) await store.release(key, owner);
        return isMine;
      };
      const complete = (completedTtlMs: number) => ask(() => store.complete(key, completedTtlMs));
      try {
        if ((await ask(claiming)) !== true) return undefined;
      } catch (error) {
        isGivenUp = true;
        throw error;
      }
      return {
        async complete(completedTtlMs) {
          await complete(completedTtlMs);
        },
        release: () => ask(release),
      };
    },
    async remember(key, summary, ttlMs) {
      await ask(() => store.remember?.(key, JSON.stringify(summary), ttlMs));
    },
    async recall(key) {
      return parseSummary(await ask(() => store.recall?.(key)));
    },
  };
}

function unavailable(name: string): PurseWebhookError {
  const facts = { retryAfterMs, cause: { name } };
  return new PurseWebhookError("store_unavailable", "The webhook store does not answer.", facts);
}
