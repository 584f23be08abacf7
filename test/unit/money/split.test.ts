import fc from "fast-check";
import { expect, it } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { splitAmount } from "../../../src/money/index.js";

const sumOf = (amounts: readonly number[]): bigint =>
  amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);

it.each([
  [1000, 3, [334, 333, 333]],
  [2, 3, [1, 1, 0]],
  [0, 2, [0, 0]],
  [1000, 1, [1000]],
  [100, [1, 1, 1], [34, 33, 33]],
  [100, [0, 1, 2], [0, 33, 67]],
  [101, [1, 3], [25, 76]],
  [Number.MAX_SAFE_INTEGER, [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER], [2 ** 52, 2 ** 52 - 1]],
] as const)("splits %d by %j", (total, parts, amounts) => {
  expect(splitAmount(total, parts)).toEqual(amounts);
});

const weights = fc
  .array(fc.oneof(fc.nat(1000), fc.maxSafeNat()), { minLength: 1, maxLength: 40 })
  .filter((list) => list.some((weight) => weight > 0));

it("keeps the sum, with each part within one minor unit of its exact share", () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(1000), fc.maxSafeNat()), weights, (total, parts) => {
      const amounts = splitAmount(total, parts);
      expect(sumOf(amounts)).toBe(BigInt(total));
      for (const [index, weight] of parts.entries()) {
        const share = BigInt(amounts[index] ?? -1) * sumOf(parts) - BigInt(total) * BigInt(weight);
        expect(share > -sumOf(parts) && share < sumOf(parts)).toBe(true);
        if (weight === 0) expect(amounts[index]).toBe(0);
      }
    }),
    { numRuns: 1000 },
  );
});

it("makes equal parts that differ by at most one, the larger first", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 100 }), (total, count) => {
      const amounts = splitAmount(total, count);
      expect(amounts).toHaveLength(count);
      expect(sumOf(amounts)).toBe(BigInt(total));
      expect(amounts).toEqual([...amounts].sort((one, other) => other - one));
      expect((amounts[0] ?? 0) - (amounts.at(-1) ?? 0)).toBeLessThanOrEqual(1);
    }),
  );
});

it.each([
  [-1, 2],
  [0.5, 2],
  [100, 0],
  [100, -1],
  [100, 1.5],
  [100, 10_001],
  [100, []],
  [100, [0, 0]],
  [100, [1, -1]],
  [100, [0.5, 0.5]],
  [100, [1, undefined]],
  // A sparse array.

  [100, [1, , 1]],
  [100, "2"],
  ["100", 2],
])("refuses %j by %j", (total, parts) => {
  expect(() => splitAmount(total as never, parts as never)).toThrow(PurseInvalidArgumentError);
});

it("parts that come one after another add up, however they are grouped", () => {
  const steps = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.oneof(fc.nat(1000), fc.maxSafeNat()), steps, (total, units) => {
      const all = units.reduce((sum, count) => sum + count, 0);
      const dueAfter = (count: number): number => splitAmount(total, [count, all - count])[0] ?? -1;
      let before = 0;
      const parts = units.map((now) => dueAfter((before += now)) - dueAfter(before - now));
      expect(sumOf(parts)).toBe(BigInt(total));
      expect(parts.every((part) => part >= 0)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
