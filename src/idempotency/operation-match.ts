import type { KnownOperationStatus } from "../../generated/enums.js";
import type { Operation, Payment } from "../../generated/schema.js";
import type { OperationList } from "../../generated/operations.js";
import type { OperationQuery } from "./operation-query.js";

/** All operations of a payment that match the query. Tolerates missing and malformed members. */
export function matchingOperations(payment: Partial<Payment>, query: OperationQuery): Operation[] {
  const listed: unknown = payment[query.list];
  if (!Array.isArray(listed)) return [];
  return (listed as unknown[]).filter((entry) => isOperation(entry)).filter((entry) => fits(entry, query));
}

/** Whether an answer is the resource with that id. Ids are UUIDs, in either case. */
export function isReadingOf(answer: { readonly id?: unknown }, id: string | undefined): boolean {
  return typeof answer.id === "string" && answer.id.toLowerCase() === id?.toLowerCase();
}

/** A payment's list of one kind, unchecked; undefined if the answer is not that payment. */
export function listedEntries(
  payment: Partial<Payment>,
  paymentId: string | undefined,
  list: OperationList,
): readonly unknown[] | undefined {
  const listed: unknown = payment[list];
  return isReadingOf(payment, paymentId) && Array.isArray(listed) ? listed : undefined;
}

/** Whether the operation has the reference that was asked for, or none if none was. */
export function refersTo(operation: Operation, merchantReference: string | undefined): boolean {
  if (merchantReference !== undefined) return operation.merchant_reference === merchantReference;
  return !hasReference(operation);
}

function hasReference(operation: Operation): boolean {
  const found: unknown = operation.merchant_reference;
  return found !== undefined && found !== null && found !== "";
}

/** Whether the operation's reference may be the one asked for: services complete and shorten references. */
export function resembles(operation: Operation, merchantReference: string): boolean {
  const { merchant_reference: found } = operation;
  if (typeof found !== "string" || !hasReference(operation)) return false;
  const [one, other] = [found.toLowerCase(), merchantReference.toLowerCase()];
  return one.includes(other) || other.includes(one);
}

const whole: readonly KnownOperationStatus[] = ["SUCCESS", "FAILURE", "PENDING", "UNCERTAIN"];

/** Whether the operation may have been done in part, with an amount smaller than what was asked for. */
export function mayBeDoneInPart({ status }: Operation): boolean {
  return !(whole as readonly string[]).includes(status);
}

/** Whether the operation has ended as a whole: its amount will not change. */
export function isFinal({ status }: Operation): boolean {
  return (whole.slice(0, 2) as readonly string[]).includes(status);
}

export function isOperation(entry: unknown): entry is Operation {
  return typeof entry === "object" && entry !== null;
}

function fits(operation: Operation, query: OperationQuery): boolean {
  return (
    (query.id === undefined || operation.id === query.id) &&
    (query.amount === undefined || operation.amount === query.amount) &&
    (query.merchantReference === undefined || operation.merchant_reference === query.merchantReference)
  );
}
