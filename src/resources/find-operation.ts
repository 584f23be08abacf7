import type { OperationList } from "../../generated/operations.js";
import type { Operation, Payment } from "../../generated/schema.js";
import { readMembers, refuseArgument } from "../checks/members.js";
import {
  isAmount,
  matchingOperations,
  operationLists,
  type OperationQuery,
} from "../idempotency/operation-match.js";

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
 * The one capture, refund or void of a payment that fits, or nothing if none or several do.
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

/** A copy. What is misspelt or of another type would fit nothing, or anything. */
export function checkQuery(query: unknown): OperationQuery {
  const given = readMembers(query, "query", ["list", "id", "amount", "merchant_reference"]);
  const { list, id, amount, merchant_reference: merchantReference } = given;
  if (!isList(list)) return refuseArgument("query.list", `must be one of ${operationLists.join(", ")}.`);
  if (amount !== undefined && !isAmount(amount))
    return refuseArgument("query.amount", "must be a whole number of minor units.");
  return {
    list,
    id: text(id, "id"),
    amount,
    merchantReference: text(merchantReference, "merchant_reference"),
  };
}

function isList(value: unknown): value is OperationList {
  return (operationLists as readonly unknown[]).includes(value);
}

function text(value: unknown, name: string): string | undefined {
  if (value === undefined || (typeof value === "string" && value !== "")) return value;
  return refuseArgument(`query.${name}`, "must be a non-empty string.");
}
