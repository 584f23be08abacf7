const dayMs = 24 * 60 * 60 * 1000;

/** Milliseconds per unit, in the order of ISO 8601 durations. A month counts as 30 days, a year as 365. */
const unitsMs = [365 * dayMs, 30 * dayMs, 7 * dayMs, dayMs, dayMs / 24, dayMs / 24 / 60, 1000];

/** Limit that keeps the sum with the current time a valid date. */
const maxMs = 100 * 365 * dayMs;

const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Parses an ISO 8601 duration that has passed schema validation. */
export function parseDurationMs(duration: string): number {
  const [, ...counts] = pattern.exec(duration) ?? [];
  const totalMs = unitsMs.reduce((total, unitMs, index) => total + Number(counts[index] ?? 0) * unitMs, 0);
  return Math.min(totalMs, maxMs);
}
