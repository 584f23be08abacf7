import type { Operation, Payment } from "../../generated/schema.js";
import type { Inspection } from "../errors/outcome-unknown-error.js";
import { matchingOperations, type OperationQuery } from "./operation-match.js";

/** What to look for, and since when on the wall clock the call may have made it. */
export interface InspectionQuery extends OperationQuery {
  readonly sinceMs?: number | undefined;
}

/** The clocks of two machines differ; operations made shortly before the call may be its own, or not. */
const clockDifferenceMs = 10 * 60_000;

/**
 * Says whether an operation stands in a payment. Its id tells. Without one, amount and merchant reference tell if it
 * was made since the call began, since merchants use references more than once; anything less is ambiguous.
 */
export function inspectPayment(payment: Payment, query: InspectionQuery): Inspection {
  const { list, id, amount, merchantReference, sinceMs } = query;
  if (id !== undefined) {
    const [named] = matchingOperations(payment, { list, id, amount });
    return named === undefined
      ? { outcome: "not_seen", payment }
      : { outcome: "done", payment, operation: named };
  }
  const candidates = matchingOperations(payment, { list, amount }).filter((operation) => {
    return sinceMs === undefined || !(madeAtMs(operation) < sinceMs - clockDifferenceMs);
  });
  const [only, ...others] = candidates;
  if (only === undefined) return { outcome: "not_seen", payment };
  const told = candidates.filter((operation) => {
    const isReferred = merchantReference !== undefined && operation.merchant_reference === merchantReference;
    return isReferred && sinceMs !== undefined && madeAtMs(operation) >= sinceMs;
  });
  if (told.length === 1) return { outcome: "done", payment, ...(told[0] && { operation: told[0] }) };
  return { outcome: "ambiguous", payment, ...(others.length === 0 && { operation: only }) };
}

/** Not a number when the service gives no readable date. */
function madeAtMs({ created_at: createdAt }: Operation): number {
  return typeof createdAt === "string" ? Date.parse(createdAt) : Number.NaN;
}
