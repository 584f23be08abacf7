import { expect, it } from "vitest";
import { parseDurationMs } from "../../../../src/simulator/state/durations.js";

const hourMs = 3_600_000;

it.each([
  ["PT0S", 0],
  ["PT1S", 1000],
  ["PT1M", 60_000],
  ["PT24H", 24 * hourMs],
  ["P1DT2H3M4S", 26 * hourMs + 184_000],
  ["P2W", 14 * 24 * hourMs],
  ["P1M", 30 * 24 * hourMs],
  ["P1Y", 365 * 24 * hourMs],
  ["P99999999999Y", 100 * 365 * 24 * hourMs],
])("%s is %i ms", (duration, ms) => {
  expect(parseDurationMs(duration)).toBe(ms);
});
