import type { Operation, Payment } from "../../generated/schema.js";
import {
  isAmount,
  isOperation,
  listedEntries,
  refersTo,
  resembles,
  type OperationQuery,
} from "./operation-match.js";

/** What is known of a call besides what it asked for. */
export interface OwnCall {
  readonly paymentId: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** On the service's clock: what it made earlier, this call cannot have made. */
  readonly notBeforeMs: number;
  /** What was made later than the answer is dated by another clock than its `Date`. */
  readonly notAfterMs: number;
}

/** Which operations have been given to which call as its own. */
export interface OperationOwners {
  /** Records that the operation was made under the key. */
  record(operation: Operation, key: string | undefined): void;
  isAnothers(operation: Operation, key: string | undefined): boolean;
}

const mostOwners = 1000;

export function createOperationOwners(): OperationOwners {
  const keys = new Map<string, string | undefined>();
  return {
    record({ id }, key) {
      // An answer may lack it.
      if (typeof id !== "string") return;
      keys.set(id, key);
      const [oldest] = keys.keys();
      if (keys.size > mostOwners && oldest !== undefined) keys.delete(oldest);
    },
    isAnothers: ({ id }, key) => keys.has(id) && keys.get(id) !== key,
  };
}

/**
 * The operation that a call made, from the answer to that call. An answer does not say which it is, and may list older
 * ones of the same amount. So an operation is named only if it has the amount and the reference asked for, is not older
 * than the call, and no other entry can be this call's, such as one that was done in part. Without a reference its time
 * must show that it is new.
 */
export function findOwnOperation(
  payment: Partial<Payment>,
  asked: OperationQuery,
  call: OwnCall,
  owners: OperationOwners,
): Operation | undefined {
  const entries = listedEntries(payment, call.paymentId, asked.list) ?? [];
  const [own, ...others] = entries.filter((entry) => mayBeOwn(entry, asked, call, owners));
  if (others.length > 0 || !isOperation(own)) return undefined;
  const isNew = timeOf(own) >= call.notBeforeMs && timeOf(own) <= call.notAfterMs;
  const isKnown = asked.merchantReference !== undefined || isNew;
  return isKnown && own.amount === asked.amount && refersTo(own, asked.merchantReference) ? own : undefined;
}

function mayBeOwn(entry: unknown, asked: OperationQuery, call: OwnCall, owners: OperationOwners): boolean {
  if (!isOperation(entry)) return true;
  if (owners.isAnothers(entry, call.idempotencyKey)) return false;
  // A time that is missing or unreadable is NaN, which is not less than anything.
  if (timeOf(entry) < call.notBeforeMs) return false;
  if (isAmount(entry.amount) && asked.amount !== undefined && entry.amount > asked.amount) return false;
  const { merchantReference } = asked;
  return merchantReference === undefined || refersTo(entry, undefined) || resembles(entry, merchantReference);
}

/** Without an offset it is as good as none: it would be read as the time of this machine's zone. */
function timeOf({ created_at: at }: Operation): number {
  return /(Z|[+-]\d\d:?\d\d)$/i.test(at) ? Date.parse(at) : NaN;
}
