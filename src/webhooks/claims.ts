import type { Clock } from "../clock.js";
import { PurseWebhookError } from "../errors/webhook-error.js";
import { withPatience } from "./patience.js";
import { parseSummary, type PaymentSummary } from "./summary.js";
import type { WebhookStore } from "./store.js";

/** A store that keeps nobody waiting for long, and whose failures are refusals. */
export interface Claims {
  claim(key: string, ttlMs: number): Promise<boolean>;
  complete(key: string, ttlMs: number): Promise<void>;
  release(key: string): Promise<void>;
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
      let isGivenUp = false;
      const claiming = async (): Promise<boolean> => {
        const isMine = await store.claim(key, Math.floor(ttlMs));
        // Nobody waits for it any more, so nobody would release it.
        if (isGivenUp && isMine) await store.release(key);
        return isMine;
      };
      try {
        return (await ask(claiming)) ?? false;
      } catch (error) {
        isGivenUp = true;
        throw error;
      }
    },
    async complete(key, ttlMs) {
      await ask(() => store.complete(key, ttlMs));
    },
    async release(key) {
      await ask(() => store.release(key));
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
