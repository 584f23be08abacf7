import type { OperationList } from "../../generated/operations.js";
import type { Operation, Payment } from "../../generated/schema.js";
import {
  isReadingOf,
  listedEntries,
  isOperation,
  mayBeDoneInPart,
  refersTo,
} from "../idempotency/operation-match.js";
import { versionOf } from "../webhooks/once/payment-state.js";
import type { Entry, MovementEntry } from "./entry.js";
import { isMovement } from "./entry.js";
import { isSettled, type MovementKind } from "./movement.js";
import type { Evidence } from "./states.js";

export const listOf: Readonly<Record<MovementKind, OperationList>> = {
  capture: "captures",
  refund: "refunds",
  void: "voids",
};

/** Clocks of the service and of the store may differ by so much. */
const clockSkewMs = 5 * 60_000;

/** The operations of a movement's kind that a payment lists. */
export function operationsFor({ kind, paymentId }: MovementEntry, payment: Payment): readonly Operation[] {
  return (listedEntries(payment, paymentId, listOf[kind]) ?? []).filter(isOperation);
}

/**
 * What a payment shows of a movement.
 *
 * @param others the journal's entries of the same payment: an operation that belongs to one of them is not this one's.
 */
export function evidenceIn(
  payment: Payment,
  entry: MovementEntry,
  others: readonly Entry[],
): (Evidence & { kind: "operation" }) | undefined {
  const operation = findOwn(payment, entry, others);
  if (operation === undefined || typeof operation.status !== "string") return undefined;
  return { kind: "operation", id: operation.id, status: operation.status, version: versionOf(payment) };
}

/**
 * The operation of a movement: by its id, or else by a merchant reference that names one operation and one movement of that
 * kind and amount. Without a reference, only asking again under the key tells.
 */
function findOwn(payment: Payment, entry: MovementEntry, others: readonly Entry[]): Operation | undefined {
  const listed = operationsFor(entry, payment);
  if (entry.operationId !== undefined) {
    const named = listed.find(({ id }) => id === entry.operationId);
    // What the service says that our key made, and is not what was asked for, is for a person to look at.
    return named === undefined || entry.operationStatus !== undefined || hasAmountOf(entry, named)
      ? named
      : undefined;
  }
  const rivals = others.filter(isMovement).filter(({ id }) => id !== entry.id);
  if (rivals.some((rival) => isRival(rival, entry))) return undefined;
  const owned = new Set(rivals.map(({ operationId }) => operationId));
  const [own, ...more] = listed.filter((each) => !owned.has(each.id) && isLike(each, entry));
  return more.length === 0 ? own : undefined;
}

/** Whether a movement asks for the very same, so that a reference cannot tell the two apart. */
function isRival(other: MovementEntry, { kind, amount, merchantReference }: MovementEntry): boolean {
  const isUndecided =
    other.operationId === undefined && (!isSettled(other.state) || other.state === "in_doubt");
  return (
    isUndecided &&
    other.kind === kind &&
    other.amount === amount &&
    other.merchantReference === merchantReference
  );
}

function isLike(operation: Operation, entry: MovementEntry): boolean {
  const { merchantReference, attempts, createdAtMs } = entry;
  if (merchantReference === undefined || attempts === 0 || typeof operation.id !== "string") return false;
  // One that is older than the movement is another's. A time that cannot be read is NaN, and not older.
  if (Date.parse(operation.created_at) < createdAtMs - clockSkewMs) return false;
  return hasAmountOf(entry, operation) && refersTo(operation, merchantReference);
}

function hasAmountOf({ amount }: MovementEntry, operation: Operation): boolean {
  return operation.amount === amount || (mayBeDoneInPart(operation) && operation.amount < amount);
}

/** Whether something is a reading of the movement's payment, with a list of its kind of operation. */
export function isReading({ paymentId, kind }: MovementEntry, payment: Payment): boolean {
  return isReadingOf(payment, paymentId) && listedEntries(payment, paymentId, listOf[kind]) !== undefined;
}
