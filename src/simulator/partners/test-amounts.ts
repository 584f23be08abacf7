import type { MinorUnits } from "../../../generated/schema.js";
import type { AuthorizationAnswer, OperationAnswer } from "../state/records.js";

/** Amounts that decide what the partner answers, in minor units. */
export interface TestAmounts {
  /** Amount of a payment, or of one part of a split, for each authorization outcome. */
  readonly authorization: Readonly<Record<Exclude<AuthorizationAnswer, "approve">, MinorUnits>>;
  /** Amount of a capture, refund or void for each outcome. */
  readonly operation: Readonly<Record<Exclude<OperationAnswer, "approve">, MinorUnits>>;
}

/**
 * Amounts in minor units that trigger other answers than success. They apply to the whole amount of a payment, of a part
 * of its split, or of a capture, refund or void.
 *
 * @example
 * ```ts
 * import { testAmounts } from "purse-payments/simulator";
 *
 * const params = { amount: testAmounts.operation.pending, merchant_reference: "capture-1" };
 * ```
 */
export const testAmounts: TestAmounts = {
  authorization: {
    refuse: 90_111,
    error: 90_222,
    pending: 90_333,
    pending_then_refuse: 90_444,
    undecided: 90_555,
  },
  operation: {
    refuse: 91_111,
    pending: 91_333,
    pending_then_refuse: 91_444,
    undecided: 91_555,
    conflict: 91_666,
    uncertain: 91_777,
  },
};

export function authorizationOf(amount: MinorUnits): AuthorizationAnswer | undefined {
  return findAnswer(testAmounts.authorization, amount);
}

export function operationOf(amount: MinorUnits): OperationAnswer | undefined {
  return findAnswer(testAmounts.operation, amount);
}

function findAnswer<T extends string>(
  amounts: Readonly<Record<T, MinorUnits>>,
  amount: MinorUnits,
): T | undefined {
  // Object.keys returns string[]; these are the keys of the record.
  return (Object.keys(amounts) as T[]).find((answer) => amounts[answer] === amount);
}
