import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs, createRetryBudget } from "../../../src/call/retry.js";
import { parseRetryAfterMs } from "../../../src/http/retry-after.js";
import { manualClock } from "../../support/manual-clock.js";

test("a wait is never shorter than the floor nor longer than its ceiling", () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(2000), unit, (retries, share) => {
      const delayMs = backoffMs(retries, () => share);
      expect(delayMs).toBeGreaterThanOrEqual(50);
      expect(delayMs).toBeLessThanOrEqual(Math.min(8000, 500 * 2 ** retries));
    }),
  );
});

test("waits grow exponentially, and chance takes its full share", () => {
  const almostOne = 1 - Number.EPSILON;
  expect([0, 1, 2, 3, 4, 5].map((retries) => Math.round(backoffMs(retries, () => almostOne)))).toEqual([
    500, 1000, 2000, 4000, 8000, 8000,
  ]);
  expect(backoffMs(3, () => 0.25)).toBe(1000);
  expect(backoffMs(3, () => 0)).toBe(50);
});

test.each([
  ["0", 0],
  ["1", 1000],
  ["120", 120_000],
  [" 7 ", 7000],
  ["-5", undefined],
  ["+5", undefined],
  ["1e3", undefined],
  ["0x10", undefined],
  ["1.5", undefined],
  ["soon", undefined],
  ["", undefined],
  ["NaN", undefined],
  ["Infinity", undefined],
  ["2026", 2_026_000],
  ["2026-01-01", undefined],
  ["Thu, 01 Jan 2026 00:00:10 GMT", 10_000],
  ["Wed, 31 Dec 2025 23:59:50 GMT", 0],
  ["Thu, 99 Jan 2026 00:00:10 GMT", undefined],
  ["Thu, 01 Jan 2026 00:00:10 +0200", undefined],
  ["Fri, 02 Jan 2026 00:00:00 GMT", 86_400_000],
  ["Sat, 03 Jan 2026 00:00:00 GMT", 172_800_000],
  ["Sun, 04 Jan 2026 00:00:00 GMT", 259_200_000],
  ["Mon, 05 Jan 2026 00:00:00 GMT", 345_600_000],
  ["Tue, 06 Jan 2026 00:00:00 GMT", 432_000_000],
  ["Day, 01 Jan 2026 00:00:10 GMT", undefined],
  ["on Thu, 01 Jan 2026 00:00:10 GMT", undefined],
  ["Thu, 01 Jan 2026 00:00:10 GMT+2", undefined],
  ["Thu, 1 Jan 2026 00:00:10 GMT", undefined],
  ["Thu, 01 January 2026 00:00:10 GMT", undefined],
  ["Thu, 01 jan 2026 00:00:10 GMT", undefined],
  ["Thu, 01 Jan 26 00:00:10 GMT", undefined],
  ["Thu, 01 Jan 2026 0:00:10 GMT", undefined],
  ["Thu, 01 Jan 2026 00:0:10 GMT", undefined],
  ["Thu, 01 Jan 2026 00:00:1 GMT", undefined],
  ["  Thu, 01 Jan 2026 00:00:10 GMT  ", 10_000],
  ["7s", undefined],
  ["in 7", undefined],
])("Retry-After %j means %s", (value, expected) => {
  expect(parseRetryAfterMs(value, manualClock({ wallMs: Date.UTC(2026, 0, 1) }))).toBe(expected);
});

test.each([309, 400, 8000])("a Retry-After of %d digits is a long wait, and a finite one", (digits) => {
  expect(parseRetryAfterMs("9".repeat(digits), manualClock())).toBe(Number.MAX_SAFE_INTEGER);
});

test.each<[string, number | undefined]>([
  // RFC 850, with the day written out and a year of two digits.
  ["Thursday, 01-Jan-26 00:00:10 GMT", 10_000],
  ["Wednesday, 31-Dec-25 23:59:50 GMT", 0],
  ["Sunday, 06-Nov-94 08:49:37 GMT", 0],
  ["Saturday, 02-Jan-27 00:00:00 GMT", 366 * 86_400_000],
  ["  Thursday, 01-Jan-26 00:00:10 GMT ", 10_000],
  ["Thu, 01-Jan-26 00:00:10 GMT", undefined],
  ["Thursday, 01-Jan-2026 00:00:10 GMT", undefined],
  ["Thursday, 1-Jan-26 00:00:10 GMT", undefined],
  ["Thursday, 01 Jan 26 00:00:10 GMT", undefined],
  ["Thursday, 01-Jan-26 00:00:10", undefined],
  ["Thursday, 01-JAN-26 00:00:10 GMT", undefined],
  ["Thursday, 31-Apr-26 00:00:10 GMT", undefined],
  // As the C function asctime writes it.
  ["Thu Jan  1 00:00:10 2026", 10_000],
  ["Thu Jan 01 00:00:10 2026", 10_000],
  ["Sat Jan 10 00:00:00 2026", 9 * 86_400_000],
  ["Sun Nov  6 08:49:37 1994", 0],
  ["Thu Jan 1 00:00:10 2026", undefined],
  ["Thu Jan  1 00:00:10 2026 GMT", undefined],
  ["Thu Jan  1 00:00:10 26", undefined],
  ["Thu Feb 30 00:00:10 2026", undefined],
  ["Thu, Jan  1 00:00:10 2026", undefined],
])("Retry-After %j, in an obsolete form, means %s", (value, expected) => {
  expect(parseRetryAfterMs(value, manualClock({ wallMs: Date.UTC(2026, 0, 1) }))).toBe(expected);
});

test.each<[string, number | undefined]>([
  ["Mon, 30 Feb 2026 00:00:10 GMT", undefined],
  ["Sun, 29 Feb 2026 00:00:10 GMT", undefined],
  ["Fri, 31 Apr 2026 00:00:10 GMT", undefined],
  ["Thu, 00 Jan 2026 00:00:10 GMT", undefined],
  ["Thu, 32 Jan 2026 00:00:10 GMT", undefined],
  ["Thu, 01 Foo 2026 00:00:10 GMT", undefined],
  ["Thu, 01 Jan 2026 24:00:00 GMT", undefined],
  ["Thu, 01 Jan 2026 00:60:00 GMT", undefined],
  ["Thu, 01 Jan 2026 00:00:60 GMT", undefined],
  ["Tue, 29 Feb 2028 00:00:00 GMT", 789 * 86_400_000],
  ["Thu, 31 Dec 2026 23:59:60 GMT", undefined],
  ["Thu, 01 Jan 2026 0a:00:10 GMT", undefined],
])("Retry-After %j is a day of the calendar, or is ignored: %s", (value, expected) => {
  expect(parseRetryAfterMs(value, manualClock({ wallMs: Date.UTC(2026, 0, 1) }))).toBe(expected);
});

test("a year of two digits is the nearest to come within fifty years, or else has passed", () => {
  const yearsAhead = (wallMs: number, text: string): number => {
    const waitMs = parseRetryAfterMs(text, manualClock({ wallMs })) ?? Number.NaN;
    return Math.round(waitMs / (365.25 * 86_400_000));
  };
  const newYear2026 = Date.UTC(2026, 0, 1);
  expect(yearsAhead(newYear2026, "Wednesday, 01-Jan-75 00:00:00 GMT")).toBe(49);
  expect(yearsAhead(newYear2026, "Wednesday, 01-Jan-76 00:00:00 GMT")).toBe(50);
  expect(yearsAhead(newYear2026, "Thursday, 02-Jan-76 00:00:00 GMT")).toBe(0);
  expect(yearsAhead(newYear2026, "Thursday, 01-Jan-77 00:00:00 GMT")).toBe(0);
  expect(yearsAhead(Date.UTC(2099, 11, 31), "Saturday, 01-Jan-01 00:00:00 GMT")).toBe(1);
  expect(yearsAhead(Date.UTC(2001, 0, 1), "Friday, 31-Dec-99 00:00:00 GMT")).toBe(0);
});

test("without Retry-After there is no wait to obey", () => {
  expect(parseRetryAfterMs(null, manualClock())).toBeUndefined();
});

test("the budget pays for fifty retries, or a hundred of throttled requests", () => {
  const count = (kind: "transient" | "throttled"): number => {
    const budget = createRetryBudget();
    let taken = 0;
    while (budget.take(kind) && taken < 1000) taken += 1;
    return taken;
  };
  expect(count("transient")).toBe(50);
  expect(count("throttled")).toBe(100);
});

test("success pays back: a little, or the last retry's price", () => {
  const budget = createRetryBudget();
  while (budget.take("transient"));
  for (let call = 0; call < 9; call++) budget.refund([]);
  expect(budget.take("transient")).toBe(false);
  budget.refund([]);
  expect(budget.take("transient")).toBe(true);
  budget.refund(["throttled", "transient"]);
  expect(budget.take("transient")).toBe(true);
  expect(budget.take("throttled")).toBe(false);
});

test("success after one, two or three retries pays back the last one's price, and no more", () => {
  for (const taken of [
    ["transient"],
    ["throttled", "transient"],
    ["transient", "throttled", "transient"],
  ] as const) {
    const budget = createRetryBudget();
    while (budget.take("transient"));
    budget.refund(taken);
    expect(budget.take("transient")).toBe(true);
    expect(budget.take("throttled")).toBe(false);
  }
});

test("the budget never grows beyond its size", () => {
  const budget = createRetryBudget();
  for (let call = 0; call < 1000; call++) budget.refund(["transient"]);
  let taken = 0;
  while (budget.take("transient")) taken += 1;
  expect(taken).toBe(50);
});

test("waiting for a request that is still being worked on costs as little as being throttled", () => {
  const budget = createRetryBudget();
  let taken = 0;
  while (budget.take("in_progress") && taken < 1000) taken += 1;
  expect(taken).toBe(100);
});
