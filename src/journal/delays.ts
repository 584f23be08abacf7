import type { Entry } from "./entry.js";
import { isSettled } from "./movement.js";

/** Limits of the delay between two passes over an entry. */
export interface Delays {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Longest `Retry-After` that is obeyed. */
const longestObeyedMs = 5 * 60_000;
/** Longest delay for movements that a partner takes days to decide. */
const longestPendingMs = 15 * 60_000;
const slowAfterMs = 5 * 60_000;
/** Due in the next pass, not in the current one. */
export const nextPassMs = 1;

/**
 * In how many milliseconds an entry is due again; undefined when there is nothing more to do. Grows exponentially, by the
 * attempts where Purse is asked and by the age where it is only read.
 */
export function nextDueInMs(
  entry: Entry,
  nowMs: number,
  { firstMs, longestMs }: Delays,
  random: () => number,
  retryAfterMs = 0,
): number | undefined {
  if (entry.state === "closed" || isSettled(entry.state)) return entry.untold === "" ? undefined : nextPassMs;
  const ageMs = Math.max(0, nowMs - (entry.topic === "session" ? entry.createdAtMs : entry.updatedAtMs));
  const byAttempts = firstMs * 2 ** Math.min(entry.attempts - 1, 30);
  const isRead = entry.state === "pending" || entry.operationId !== undefined || entry.topic === "session";
  const delayMs = Math.min(longestMs, Math.max(firstMs, isRead ? ageMs : byAttempts));
  const isSlow = entry.state === "pending" && ageMs > slowAfterMs;
  const slowMs = isSlow ? Math.min(longestPendingMs, ageMs / 20) : 0;
  const jittered = Math.max(delayMs, slowMs) * (0.5 + random() / 2);
  return Math.ceil(Math.max(jittered, Math.min(retryAfterMs, longestObeyedMs)));
}
