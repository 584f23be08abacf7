import { readMembers, refuseArgument } from "../checks/members.js";
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

/** The members of a payment that list operations. */
export const operationLists: readonly OperationList[] = [capturePayment, refundPayment, voidPayment].flatMap(
  ({ operationList }) => operationList ?? [],
);

export function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** Copies a query. A misspelt member would match anything, one of another type nothing. */
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
