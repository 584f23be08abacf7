import type { OperationList } from "../../generated/operations.js";
import type { Operation, Payment } from "../../generated/schema.js";
import { matchingOperations } from "../idempotency/operation-match.js";
import { checkQuery } from "../idempotency/operation-query.js";

/** What to look for among a payment's operations. Members left out match anything. */
export interface FindOperationQuery {
  /** The member of the payment to look in. */
  list: OperationList;
  /** The service's id of the operation. */
  id?: string | undefined;
  /** Whole minor units. */
  amount?: number | undefined;
  /** Your reference, as given to the capture, refund or void. */
  merchant_reference?: string | undefined;
}

/**
 * The one capture, refund or void of a payment that matches; undefined if none or several do.
 *
 * @throws PurseInvalidArgumentError when the query has another member, or one of another type.
 *
 * @example
 * ```ts
 * import { findOperation, type Payment } from "purse-payments";
 *
 * export function isCaptured(payment: Payment, reference: string): boolean {
 *   return findOperation(payment, { list: "captures", merchant_reference: reference })?.status === "SUCCESS";
 * }
 * ```
 */
export function findOperation(payment: Payment, query: FindOperationQuery): Operation | undefined {
  const [operation, ...others] = matchingOperations(payment, checkQuery(query));
  return others.length === 0 ? operation : undefined;
}
