import type { Clock } from "../clock.js";

const baseDelayMs = 500;
const longestDelayMs = 8000;
const shortestDelayMs = 50;
/** A wish for a longer wait fails the call at once, with the wish on the error. */
export const longestObeyedWaitMs = 30_000;

/** Exponential with full jitter, so that clients that failed together do not come back together. */
export function backoffMs(retriesSoFar: number, random: () => number): number {
  return Math.max(shortestDelayMs, random() * Math.min(longestDelayMs, baseDelayMs * 2 ** retriesSoFar));
}

/**
 * The wait a `Retry-After` header asks for: whole seconds, or a date. Anything else is ignored; `Date.parse` alone
 * would read "-5" as a year.
 */
export function parseRetryAfterMs(value: string | null, clock: Clock): number | undefined {
  if (value === null) return undefined;
  const text = value.trim();
  // Of any number of digits, but never Infinity.
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, Number.MAX_SAFE_INTEGER);
  const nowMs = clock.wallMs();
  const atMs = parseHttpDate(text, nowMs);
  return atMs === undefined ? undefined : Math.max(0, atMs - nowMs);
}

/** The three forms of RFC 9110, section 5.6.7: the present one, that of RFC 850 and that of asctime. */
const httpDates: readonly RegExp[] = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) (?<month>\w{3}) (?<year>\d{4}) (?<time>\S{8}) GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-(?<month>\w{3})-(?<year>\d\d) (?<time>\S{8}) GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>\w{3}) (?<day>[ \d]\d) (?<time>\S{8}) (?<year>\d{4})$/,
];

function parseHttpDate(text: string, nowMs: number): number | undefined {
  const parts = httpDates.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return undefined;
  const { day = "", month = "", year = "", time = "" } = parts;
  const toMs = (fullYear: string | number): number | undefined => {
    const date = `${day.replace(" ", "0")} ${month} ${String(fullYear)} ${time} GMT`;
    const atMs = Date.parse(date);
    // A day that the month does not have would have become one of the next month.
    return new Date(atMs).toUTCString().endsWith(date) ? atMs : undefined;
  };
  if (year.length > 2) return toMs(year);
  // Two digits mean the latest such year that is at most fifty years ahead.
  const ahead = new Date(nowMs);
  const latest = ahead.getUTCFullYear() + 50;
  const fullYear = latest - ((latest - Number(year)) % 100);
  const atMs = toMs(fullYear) ?? 0;
  return toMs(atMs > ahead.setUTCFullYear(latest) ? fullYear - 100 : fullYear);
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
