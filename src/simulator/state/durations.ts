const dayMs = 24 * 60 * 60 * 1000;

/** Milliseconds of each unit, in the order in which a duration names them. Months and years count as 30 and 365 days. */
const unitsMs = [365 * dayMs, 30 * dayMs, 7 * dayMs, dayMs, dayMs / 24, dayMs / 24 / 60, 1000];

/** Longer than anybody waits, and short enough to be a date. */
const longestMs = 100 * 365 * dayMs;

const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds of an ISO 8601 duration that the contract has let through. */
export function parseDurationMs(duration: string): number {
  const [, ...counts] = pattern.exec(duration) ?? [];
  const totalMs = unitsMs.reduce((total, unitMs, index) => total + Number(counts[index] ?? 0) * unitMs, 0);
  return Math.min(totalMs, longestMs);
}
