const baseDelayMs = 500;
const longestDelayMs = 8000;
const shortestDelayMs = 50;
/** If the service asks for a longer wait, the call fails at once and reports it as `retryAfterMs`. */
export const longestObeyedWaitMs = 30_000;

/** Exponential with full jitter, so that clients that failed together do not retry together. */
export function backoffMs(retriesSoFar: number, random: () => number): number {
  return Math.max(shortestDelayMs, random() * Math.min(longestDelayMs, baseDelayMs * 2 ** retriesSoFar));
}

/** `in_progress`: the service is still working on our own first request; this waits for it. */
export type RetryKind = "transient" | "throttled" | "in_progress";

/** Shared by all calls of a client, so that retries do not multiply the traffic of an outage. */
export interface RetryBudget {
  /** Takes the cost of one retry; false if the budget is used up. */
  take(kind: RetryKind): boolean;
  /** For a call that succeeded: pays back the cost of its last retry, or one token if there was none. */
  refund(taken: readonly RetryKind[]): void;
}

const budgetSize = 500;
const costs: Readonly<Record<RetryKind, number>> = { transient: 10, throttled: 5, in_progress: 5 };

export function createRetryBudget(): RetryBudget {
  let tokens = budgetSize;
  return {
    take(kind) {
      if (tokens < costs[kind]) return false;
      tokens -= costs[kind];
      return true;
    },
    refund(taken) {
      const last = taken.at(-1);
      tokens = Math.min(budgetSize, tokens + (last === undefined ? 1 : costs[last]));
    },
  };
}
