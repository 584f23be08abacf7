import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { checkMinorUnits } from "./amounts.js";

const maxParts = 10_000;

/**
 * Splits an amount into parts that add up to it exactly: for the parts of a split payment, for captures by shipment, or to
 * spread a discount over order lines. Each part is its exact share rounded down; the remainder goes, one minor unit each,
 * to the parts that lost most by rounding (the first among equals).
 *
 * For parts that come one after another, such as partial refunds, count from the beginning each time: what
 * `splitAmount(total, [soFar, rest])[0]` is now, less what it was before. Such parts add up to the total, too.
 *
 * @param total in minor units, zero or more.
 * @param parts the number of equal parts, or one weight per part, for example the prices of the lines: whole numbers, zero
 * or more, not all zero.
 * @returns one amount per part, in order. A part can be zero, which the API refuses for captures.
 * @throws PurseInvalidArgumentError when the total or the parts are invalid.
 *
 * @example
 * ```ts run
 * import { splitAmount } from "purse-payments/money";
 *
 * const thirds = splitAmount(1000, 3);
 * const byPrice = splitAmount(1000, [1999, 999, 500]);
 * if (`${thirds} ${byPrice}` !== "334,333,333 571,286,143") throw new Error(`${thirds} ${byPrice}`);
 * ```
 */
export function splitAmount(total: number, parts: number | readonly number[]): number[] {
  const amount = BigInt(checkMinorUnits(total, "total"));
  const weights = readWeights(parts);
  const sum = weights.reduce((one, other) => one + other, 0n);
  const shares = weights.map((weight, index) => ({
    index,
    whole: (amount * weight) / sum,
    lost: (amount * weight) % sum,
  }));
  let left = Number(amount - shares.reduce((given, { whole }) => given + whole, 0n));
  const amounts = shares.map(({ whole }) => Number(whole));
  // The sort is stable: the first among equals comes first.
  for (const { index } of [...shares].sort((one, other) => compare(other.lost, one.lost))) {
    if (left === 0) break;
    amounts[index] = (amounts[index] ?? 0) + 1;
    left -= 1;
  }
  return amounts;
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : Number(one > other);
}

function readWeights(parts: unknown): bigint[] {
  const given = typeof parts === "number" ? equalWeights(parts) : parts;
  if (!Array.isArray(given) || given.length === 0 || given.length > maxParts) {
    throw new PurseInvalidArgumentError(
      "parts",
      `must be a whole number from 1 to ${String(maxParts)}, or a list of 1 to ${String(maxParts)} weights.`,
    );
  }
  const weights = Array.from(given as unknown[], (weight, index) =>
    BigInt(checkMinorUnits(weight, `parts[${String(index)}]`)),
  );
  if (weights.some((weight) => weight > 0n)) return weights;
  throw new PurseInvalidArgumentError("parts", "must not all be zero.");
}

function equalWeights(count: number): number[] | undefined {
  if (!Number.isSafeInteger(count) || count < 1 || count > maxParts) return undefined;
  return new Array<number>(count).fill(1);
}
