import type { OperationList } from "../../../generated/operations.js";
import type { MinorUnits, OperationRequest, OperationTransaction } from "../../../generated/schema.js";

/** A partner transaction that money comes from: an authorization, or for refunds a capture. */
export type Source = Pick<OperationTransaction, "id" | "partner" | "method" | "remaining_amount">;

export interface Share<T> {
  readonly source: T;
  readonly amount: MinorUnits;
}

/** One step of a processing order; `*` matches any value. */
export interface PriorityStep {
  readonly partner: string;
  readonly method: string;
}

const any = "*";
const others: PriorityStep = { partner: any, method: any };

/** The documented orders; none is documented for voids. */
const defaultPriorities: Readonly<Record<OperationList, readonly PriorityStep[]>> = {
  captures: [{ partner: any, method: "giftcard" }, others],
  refunds: [{ partner: any, method: "creditcard" }, others],
  voids: [others],
};

/** Distributes an amount over partner transactions, each up to its remaining amount. */
export function distribute<T extends Source>(
  amount: MinorUnits,
  sources: readonly T[],
  priorities: readonly PriorityStep[],
): Share<T>[] {
  const rank = (source: T): number => rankOf(source, priorities);
  const shares: Share<T>[] = [];
  let open = amount;
  for (const source of [...sources].sort((one, other) => rank(one) - rank(other))) {
    const taken = Math.min(open, source.remaining_amount ?? 0);
    if (taken === 0) continue;
    shares.push({ source, amount: taken });
    open -= taken;
  }
  return shares;
}

/**
 * The requested order, otherwise the default. The name of the request member is not documented, so any list of partners
 * and methods counts.
 */
export function prioritiesOf(list: OperationList, request: OperationRequest): readonly PriorityStep[] {
  const members: unknown[] = Object.values(request);
  return members.find(isPriorityList) ?? defaultPriorities[list];
}

/** A step that names the source takes precedence over the step for all others. */
function rankOf(source: Source, priorities: readonly PriorityStep[]): number {
  const named = priorities.findIndex((step) => !isOthers(step) && matches(step, source));
  if (named !== -1) return named;
  const rest = priorities.findIndex(isOthers);
  return rest === -1 ? priorities.length : rest;
}

function isOthers({ partner, method }: PriorityStep): boolean {
  return partner === any && method === any;
}

function matches(step: PriorityStep, { partner, method }: Source): boolean {
  return [any, partner].includes(step.partner) && [any, method].includes(step.method);
}

function isPriorityList(value: unknown): value is readonly PriorityStep[] {
  return Array.isArray(value) && value.length > 0 && value.every(isPriorityStep);
}

function isPriorityStep(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const step: { partner?: unknown; method?: unknown } = value;
  return typeof step.partner === "string" && typeof step.method === "string";
}
