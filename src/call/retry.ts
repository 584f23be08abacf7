const baseDelayMs = 500;
const longestDelayMs = 8000;
const shortestDelayMs = 50;
/** If the service asks for a longer wait, the call fails at once and reports it as `retryAfterMs`. */
export const longestObeyedWaitMs = 30_000;

/** Exponential with full jitter, so that clients that failed together do not come back together. */
export function backoffMs(retriesSoFar: number, random: () => number): number {
  return Math.max(shortestDelayMs, random() * Math.min(longestDelayMs, baseDelayMs * 2 ** retriesSoFar));
}

/** `in_progress`: our own first request is still being worked on; waited for, not tried again. */
export type RetryKind = "transient" | "throttled" | "in_progress";

/** Shared by all calls of a client, so that an outage is met with less traffic and not with a multiple. */
export interface RetryBudget {
  /** Takes the cost of one retry; false means that no more may be sent now. */
  take(kind: RetryKind): boolean;
  /** For a call that ended well: pays back what its last retry took, or a little if there was none. */
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
