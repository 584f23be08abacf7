import type { Clock } from "../clock.js";

/**
 * The wait that a `Retry-After` header asks for: whole seconds or a date. Anything else is ignored; `Date.parse` alone would
 * read "-5" as a year.
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
    // A day that the month does not have would become one of the next month.
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
