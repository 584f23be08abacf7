import type { Payment } from "../../generated/schema.js";
import type { Inspection } from "../errors/outcome-unknown-error.js";
import { matchingOperations, type OperationQuery } from "./operation-match.js";

/**
 * Says whether an operation stands in a payment. Only its id tells: merchants use references more than once, clocks
 * differ, and others may ask for the same amount at the same moment. Anything less is ambiguous.
 */
export function inspectPayment(payment: Payment, query: OperationQuery): Inspection {
  const { list, id, amount, merchantReference } = query;
  if (id !== undefined) {
    const [named] = matchingOperations(payment, { list, id, amount });
    if (named !== undefined) return { outcome: "done", payment, operation: named };
    // Ids come from the service, so there is such an operation; reads may lag behind.
    return { outcome: "ambiguous", payment };
  }
  const alike = matchingOperations(payment, { list, amount });
  if (alike.length === 0) return { outcome: "not_seen", payment };
  const referred = alike.filter((operation) => operation.merchant_reference === merchantReference);
  const [only, ...others] = referred.length > 0 ? referred : alike;
  return {
    outcome: "ambiguous",
    payment,
    ...(only !== undefined && others.length === 0 && { operation: only }),
  };
}
