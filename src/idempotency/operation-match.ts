import type { Operation, Payment } from "../../generated/schema.js";
import {
  capturePayment,
  refundPayment,
  voidPayment,
  type OperationList,
} from "../../generated/operations.js";

/** An operation on a payment, as the caller asked for it. */
export interface OperationQuery {
  /** The member of the payment that lists operations of this kind. */
  readonly list: OperationList;
  readonly amount?: number | undefined;
  readonly merchantReference?: string | undefined;
  /** Id of the operation, when the service named it. */
  readonly id?: string | undefined;
}

/** All operations of a payment that fit the query. Tolerates payments with missing or odd members. */
export function matchingOperations(payment: Partial<Payment>, query: OperationQuery): Operation[] {
  const listed: unknown = payment[query.list];
  if (!Array.isArray(listed)) return [];
  return (listed as unknown[]).filter((entry) => isOperation(entry)).filter((entry) => fits(entry, query));
}

/** Whether the operation carries the reference that was asked for; none, if none was. */
export function refersTo(operation: Operation, merchantReference: string | undefined): boolean {
  const found: unknown = operation.merchant_reference;
  if (merchantReference !== undefined) return found === merchantReference;
  return found === undefined || found === null || found === "";
}

/** Whether the payment lists the operation at all, of whatever kind and amount. */
export function isListed(payment: Partial<Payment>, id: string): boolean {
  return [capturePayment, refundPayment, voidPayment].some(({ operationList: list }) => {
    return list !== undefined && matchingOperations(payment, { list, id }).length > 0;
  });
}

function fits(operation: Operation, query: OperationQuery): boolean {
  return (
    (query.id === undefined || operation.id === query.id) &&
    (query.amount === undefined || operation.amount === query.amount) &&
    (query.merchantReference === undefined || operation.merchant_reference === query.merchantReference)
  );
}

function isOperation(entry: unknown): entry is Operation {
  return typeof entry === "object" && entry !== null;
}
