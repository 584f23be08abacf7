import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { currencyDecimals, listCurrencies, toDecimalString, toMinorUnits } from "../../../src/money/index.js";

const largest = Number.MAX_SAFE_INTEGER; // 9 007 199 254 740 991

function refusal(attempt: () => unknown): PurseInvalidArgumentError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof PurseInvalidArgumentError) return error;
    throw error;
  }
  throw new Error("not refused");
}

describe("toMinorUnits", () => {
  it.each([
    ["19.99", "EUR", 1999],
    ["19.9", "EUR", 1990],
    ["19", "EUR", 1900],
    ["0", "EUR", 0],
    ["0.00", "EUR", 0],
    ["0.01", "EUR", 1],
    // Multiplying by 100 gets each of these wrong: 1.1 * 100 is 110.00000000000001, 4.35 * 100 is 434.99999999999994.
    ["1.1", "EUR", 110],
    ["4.35", "EUR", 435],
    ["8.2", "EUR", 820],
    ["1500", "JPY", 1500],
    ["1.5", "KWD", 1500],
    ["1.234", "BHD", 1234],
    ["1.2345", "CLF", 12345],
    ["90071992547409.91", "EUR", largest],
    ["9007199254740991", "JPY", largest],
    ["9007199254740.991", "KWD", largest],
  ] as const)("reads %s %s as %d", (amount, currency, minorUnits) => {
    expect(toMinorUnits(amount, currency)).toBe(minorUnits);
  });

  it.each([
    ["1.005", "EUR", /3 decimals.*at most 2/],
    ["1.500", "EUR", /3 decimals.*thousands separator/],
    ["1.0", "JPY", /JPY has no decimals/],
    ["1.2345", "KWD", /at most 3/],
    ["1e3", "EUR", /exponent/],
    ["1E3", "EUR", /exponent/],
    ["1,000.00", "EUR", /comma/],
    ["19,99", "EUR", /comma/],
    ["1'000", "CHF", /apostrophe/],
    ["1 000", "EUR", /spaces/],
    ["1\u00a0000", "EUR", /spaces/],
    [" 1", "EUR", /spaces/],
    ["1\n", "EUR", /spaces/],
    ["", "EUR", /empty/],
    ["+1", "EUR", /sign/],
    ["-1", "EUR", /minus sign/],
    ["-0", "EUR", /minus sign/],
    ["01.00", "EUR", /leading zeros/],
    ["1.", "EUR", /plain decimal/],
    [".5", "EUR", /plain decimal/],
    ["1.2.3", "EUR", /plain decimal/],
    ["NaN", "EUR", /plain decimal/],
    ["Infinity", "EUR", /plain decimal/],
    ["0x10", "EUR", /plain decimal/],
    ["€1", "EUR", /plain decimal/],
    ["١٢", "EUR", /plain decimal/],
    ["90071992547409.92", "EUR", /too large/],
    ["9007199254740993", "JPY", /too large/],
    ["9".repeat(400), "JPY", /too large/],
  ] as const)("refuses %j %s", (amount, currency, reason) => {
    const error = refusal(() => toMinorUnits(amount, currency));
    expect(error.message).toMatch(reason);
    expect(error.argument).toBe("amount");
  });

  it("explains why numbers are refused", () => {
    expect(refusal(() => toMinorUnits(19.99 as never, "EUR")).message).toMatch(/"19\.99".*not exact/);
    for (const other of [undefined, null, 1999n, {}, ["19.99"], new String("19.99")]) {
      expect(refusal(() => toMinorUnits(other as never, "EUR")).message).toMatch(/must be a string/);
    }
  });

  it("refuses hostile lengths quickly", () => {
    const startMs = performance.now();
    for (const part of ["'", "1", ".", "1.", " ", "0"]) {
      refusal(() => toMinorUnits(`${part.repeat(1_000_000)}x`, "EUR"));
    }
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });
});

describe("toDecimalString", () => {
  it.each([
    [1999, "EUR", "19.99"],
    [5, "EUR", "0.05"],
    [0, "EUR", "0.00"],
    [0, "JPY", "0"],
    [1500, "JPY", "1500"],
    [5, "KWD", "0.005"],
    [1, "UYW", "0.0001"],
    [largest, "EUR", "90071992547409.91"],
  ] as const)("writes %d %s as %s", (minorUnits, currency, decimal) => {
    expect(toDecimalString(minorUnits, currency)).toBe(decimal);
  });

  it.each([-1, -0, 0.5, NaN, Infinity, largest + 1, "1999", 1999n, null, undefined])(
    "refuses %s",
    (minorUnits) => {
      expect(refusal(() => toDecimalString(minorUnits as never, "EUR")).argument).toBe("minorUnits");
    },
  );
});

it("round-trips for every currency", () => {
  fc.assert(
    fc.property(fc.constantFrom(...listCurrencies()), fc.maxSafeNat(), (currency, minorUnits) => {
      const decimal = toDecimalString(minorUnits, currency);
      expect(toMinorUnits(decimal, currency)).toBe(minorUnits);
      expect(decimal.split(".")[1]?.length ?? 0).toBe(currencyDecimals(currency));
    }),
    { numRuns: 2000 },
  );
});

it("agrees with exact arithmetic, or refuses", () => {
  const digits = fc.stringMatching(/^(?:0|[1-9]\d{0,17})(?:\.\d{1,5})?$/);
  fc.assert(
    fc.property(digits, fc.constantFrom("EUR", "JPY", "KWD", "CLF"), (amount, currency) => {
      const decimals = currencyDecimals(currency);
      const [units = "", fraction = ""] = amount.split(".");
      const scaled = BigInt(units) * 10n ** BigInt(decimals);
      const exact = scaled + BigInt(fraction.slice(0, decimals).padEnd(decimals, "0") || "0");
      const fits = fraction.length <= decimals && exact <= BigInt(largest);
      if (fits) expect(BigInt(toMinorUnits(amount, currency))).toBe(exact);
      else refusal(() => toMinorUnits(amount, currency));
    }),
    { numRuns: 2000 },
  );
});
