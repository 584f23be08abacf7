import type { Operation, Payment } from "../../generated/schema.js";
import { isOperation, listedEntries, refersTo, resembles } from "./operation-match.js";
import { isAmount, type OperationQuery } from "./operation-query.js";

/** What is known of a call besides the operation it asked for. */
export interface OwnCall {
  readonly paymentId: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** On the service's clock: an operation from before cannot be this call's. */
  readonly notBeforeMs: number;
  /** An operation dated after the answer is dated by another clock than the answer's `Date`. */
  readonly notAfterMs: number;
}

/** The idempotency keys of operations known to be some call's own, by operation id. */
export type OperationOwners = Map<string, string | undefined>;

const mostOwners = 1000;

/** Records that the operation was made under the key. */
export function recordOwner(owners: OperationOwners, { id }: Operation, key: string | undefined): void {
  // An answer may lack it.
  if (typeof id !== "string") return;
  owners.set(id, key);
  const [oldest] = owners.keys();
  if (owners.size > mostOwners && oldest !== undefined) owners.delete(oldest);
}

/**
 * The operation that a call made, from its answer. The answer does not say which it is, and may list older ones of the same
 * amount. So it is given only if amount and reference match, it is not older than the call, and no other entry can be this
 * call's, such as one that was done in part. Without a reference, its time must show that it is new.
 */
export function findOwnOperation(
  payment: Partial<Payment>,
  requested: OperationQuery,
  call: OwnCall,
  owners: OperationOwners,
): Operation | undefined {
  const entries = listedEntries(payment, call.paymentId, requested.list) ?? [];
  const [own, ...others] = entries.filter((entry) => mayBeOwn(entry, requested, call, owners));
  if (others.length > 0 || !isOperation(own)) return undefined;
  const isNew = timeOf(own) >= call.notBeforeMs && timeOf(own) <= call.notAfterMs;
  const isKnown = requested.merchantReference !== undefined || isNew;
  return isKnown && own.amount === requested.amount && refersTo(own, requested.merchantReference)
    ? own
    : undefined;
}

function mayBeOwn(
  entry: unknown,
  requested: OperationQuery,
  call: OwnCall,
  owners: OperationOwners,
): boolean {
  if (!isOperation(entry)) return true;
  if (owners.has(entry.id) && owners.get(entry.id) !== call.idempotencyKey) return false;
  // A time that is missing or unreadable is NaN, which is not less than anything.
  if (timeOf(entry) < call.notBeforeMs) return false;
  if (isAmount(entry.amount) && requested.amount !== undefined && entry.amount > requested.amount)
    return false;
  const { merchantReference } = requested;
  return merchantReference === undefined || refersTo(entry, undefined) || resembles(entry, merchantReference);
}

/** NaN without an offset: it would be read in this machine's time zone. */
function timeOf({ created_at: at }: Operation): number {
  return /(Z|[+-]\d\d:?\d\d)$/i.test(at) ? Date.parse(at) : NaN;
}
