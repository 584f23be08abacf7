import type { MinorUnits } from "../../../generated/schema.js";
import type { AuthorizationAnswer, OperationAnswer } from "../state/records.js";

export interface TestAmounts {
  /** Amounts of a payment, or of one part of a split, by how authorizing them ends. */
  readonly authorization: Readonly<Record<Exclude<AuthorizationAnswer, "approve">, MinorUnits>>;
  /** Amounts of a capture, refund or void, by how it ends. */
  readonly operation: Readonly<Record<Exclude<OperationAnswer, "approve">, MinorUnits>>;
}

/**
 * Amounts in minor units that make the simulator's partners answer otherwise than with success. An amount means this
 * only where it stands for the whole: of a payment or a part of its split, and of a capture, refund or void.
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
  // Object.keys knows only strings; these are the keys of the record.
  return (Object.keys(amounts) as T[]).find((answer) => amounts[answer] === amount);
}
