import type { Operation, Payment } from "../../generated/schema.js";
import type { Inspection } from "../errors/outcome-unknown-error.js";
import {
  isOperation,
  listedEntries,
  matchingOperations,
  mayBeDoneInPart,
  refersTo,
  resembles,
} from "./operation-match.js";
import { isAmount, type OperationQuery } from "./operation-query.js";

/**
 * Reports whether a payment contains an operation. Only the operation's id proves it: merchants reuse references, services
 * complete them, and other calls may ask for the same amount at the same time. It is absent only if this very payment was
 * read, with a real list in which no entry can be the operation.
 */
export function inspectPayment(
  payment: Payment,
  paymentId: string | undefined,
  query: OperationQuery,
): Inspection {
  const entries = listedEntries(payment, paymentId, query.list);
  if (entries === undefined) return { outcome: "ambiguous", payment };
  const { list, id, amount, merchantReference } = query;
  if (id !== undefined) {
    const [named, ...twins] = matchingOperations(payment, { list, id, amount });
    if (named !== undefined && twins.length === 0) {
      const isAsked = merchantReference === undefined || refersTo(named, merchantReference);
      return { outcome: isAsked ? "done" : "ambiguous", payment, operation: named };
    }
    // The id comes from the service, so the operation exists; the read may lag. Several with one id prove nothing.
    return { outcome: "ambiguous", payment };
  }
  if (!entries.some((entry) => mayBe(entry, query))) return { outcome: "not_seen", payment };
  const [operation, ...others] = closest(entries.filter(isOperation), query);
  return {
    outcome: "ambiguous",
    payment,
    ...(operation !== undefined && others.length === 0 && { operation }),
  };
}

function mayBe(entry: unknown, query: OperationQuery): boolean {
  if (!isOperation(entry)) return true;
  const { amount, merchantReference } = query;
  // Services replace references, so without an amount no entry can be ruled out.
  if (amount === undefined || !isAmount(entry.amount)) return true;
  if (merchantReference !== undefined && resembles(entry, merchantReference)) return true;
  return entry.amount === amount || (mayBeDoneInPart(entry) && entry.amount < amount);
}

/** Those closest to what was asked for; none if all have another reference. */
function closest(operations: readonly Operation[], query: OperationQuery): readonly Operation[] {
  const { amount, merchantReference } = query;
  const alike = operations.filter((each) => amount === undefined || each.amount === amount);
  const referred = alike.filter((each) => refersTo(each, merchantReference));
  if (referred.length > 0) return referred;
  if (merchantReference === undefined) return alike;
  const similar = alike.filter((each) => resembles(each, merchantReference));
  return similar.length > 0 ? similar : operations.filter((each) => resembles(each, merchantReference));
}
