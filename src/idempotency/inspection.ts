import type { Payment } from "../../generated/schema.js";
import type { Inspection } from "../errors/outcome-unknown-error.js";
import { matchingOperations, type OperationQuery } from "./operation-match.js";

/**
 * Says whether an operation stands in a payment. Only its id or a merchant reference tells it apart from another one
 * of the same amount, so without either a match is ambiguous.
 */
export function inspectPayment(payment: Payment, query: OperationQuery): Inspection<Payment> {
  const found = matchingOperations(payment, query);
  const [only] = found;
  if (only === undefined) return { outcome: "not_seen", payment };
  const isTold = query.id !== undefined || query.merchantReference !== undefined;
  return isTold && found.length === 1
    ? { outcome: "done", payment, operationId: only.id }
    : { outcome: "ambiguous", payment };
}
