/** What is asked of Purse. */
export type MovementKind = "capture" | "refund" | "void";

/**
 * Where a movement is. It only ever goes forward.
 *
 * - `open`: its fate is unknown, or it has not been asked for yet. The journal asks again under the same key.
 * - `pending`: Purse has accepted it, and the payment partner has not decided.
 * - `succeeded`: it is done.
 * - `failed`: the partner said no. With `operationStatus` `FAILURE` nothing moved; with `CONFLICT` a part did, and the
 *   payment's `partner_transactions` show which.
 * - `refused`: Purse said no. Nothing moved.
 * - `in_doubt`: the journal has given up. It may or may not have been done, and a person has to look. A webhook or a
 *   reading that shows the operation still closes it.
 */
export type MovementState = "open" | "pending" | "succeeded" | "failed" | "refused" | "in_doubt";

/** One capture, refund or void, as the journal knows it. */
export interface Movement {
  /** The caller's own name for it. */
  readonly id: string;
  /** What is asked for. */
  readonly kind: MovementKind;
  /** Id of the payment. */
  readonly paymentId: string;
  /** In whole minor units. */
  readonly amount: number;
  /** The reference that the operation is asked for with, if one was given. */
  readonly merchantReference?: string;
  /** The key under which it is asked for, on every attempt and in every process. */
  readonly idempotencyKey: string;
  /** Where the movement is. */
  readonly state: MovementState;
  /** Purse's id of the operation, once it is known. */
  readonly operationId?: string;
  /** The operation's own status, as it was last read. */
  readonly operationStatus?: string;
  /** Why it is open, refused or in doubt: the code of an error and its message, which hold no secrets. */
  readonly reason?: string;
  /** How many times Purse was asked, or may have been. */
  readonly attempts: number;
  /** On the store's clock, like `updatedAt`. */
  readonly createdAt: Date;
  /** When its state or its operation's status last changed. */
  readonly updatedAt: Date;
}

/** A movement that nothing but a reading can change any more. */
export function isSettled(state: MovementState): boolean {
  return state !== "open" && state !== "pending";
}
