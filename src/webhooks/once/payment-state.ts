import type { Amounts, Authorization, Operation, Payment } from "../../../generated/schema.js";
import { totals } from "../delivery/read-payment.js";

/** As much of a payment as it takes to tell what changed. Holds no personal data. */
export interface PaymentSummary {
  /** Version of the payment, if it has one. */
  readonly version?: number;
  /** Status of the authorization. */
  readonly authorization?: string;
  /**
   * False while `authorized` was withheld, because all that was authorized is voided, refunded, or about to be; absent in
   * what older releases of this package have remembered.
   */
  readonly isAuthorizedTold?: boolean;
  /** In minor units, like the others. */
  readonly totalAuthorized: number;
  /** In minor units. */
  readonly totalCaptured: number;
  /** In minor units. */
  readonly totalRefunded: number;
  /** In minor units. */
  readonly totalVoided: number;
  /** Ids of the captures, refunds and voids that failed, or failed in part. */
  readonly failedOperations: readonly string[];
  /** Hash over all amounts and statuses: two states with the same hash are the same as far as money is concerned. */
  readonly fingerprint: string;
  /**
   * How many states were handled before this one without the version having grown; absent in what older releases of
   * this package have remembered. Tells a state that came back from one that was never left.
   */
  readonly sequence?: number;
}

/** Larger versions are ignored: they would make every later one look old. */
const largestVersion = 2 ** 31 - 1;
const lists = ["captures", "refunds", "voids"] as const;
const failed: readonly unknown[] = ["FAILURE", "CONFLICT"];
/** An operation with any other status may still be done. */
const settled: readonly unknown[] = ["SUCCESS", ...failed];

/**
 * Tolerates payments with missing or odd members: answers are not validated.
 *
 * @param previous the last state that was handled.
 */
export async function summarize(payment: Payment, previous?: PaymentSummary): Promise<PaymentSummary> {
  const loose: Partial<Payment> = payment;
  const { authorization } = loose;
  const version = versionOf(loose);
  return {
    ...(version === undefined ? {} : { version }),
    ...(typeof authorization?.status === "string" ? { authorization: authorization.status } : {}),
    isAuthorizedTold: isAuthorized(authorization) && (isTold(previous) || hasSomethingLeft(loose)),
    totalAuthorized: amountOf(loose, "total_authorized"),
    totalCaptured: amountOf(loose, "total_captured"),
    totalRefunded: amountOf(loose, "total_refunded"),
    totalVoided: amountOf(loose, "total_voided"),
    failedOperations: failedOperationsOf(loose).map(({ id }) => id),
    fingerprint: await fingerprintOf(loose),
    sequence: sequenceAfter(previous, version),
  };
}

/** Whether `authorized` was told of the payment, and it has been authorized ever since. */
export function isTold(summary: PaymentSummary | undefined): boolean {
  return summary?.authorization === "AUTHORIZED" && summary.isAuthorizedTold !== false;
}

function isAuthorized(authorization: Partial<Authorization> | null | undefined): boolean {
  return authorization?.status === "AUTHORIZED";
}

/**
 * Whether anything is left of what was authorized. What is available does not tell: nothing is while a capture is under
 * way. Where nothing was taken back, nothing is missing, even for an amount of zero (a card check).
 */
function hasSomethingLeft(payment: Partial<Payment>): boolean {
  const takenBack = takenBy(payment, "voids", "total_voided") + takenBy(payment, "refunds", "total_refunded");
  return takenBack === 0 || takenBack < amountOf(payment, "total_authorized");
}

/** Done or under way. The total may lag behind the operations, and holds what those that failed in part have done. */
function takenBy(payment: Partial<Payment>, list: (typeof lists)[number], total: keyof Amounts): number {
  const sumOf = (isCounted: (status: string) => boolean): number =>
    operationsIn(payment, list)
      .filter(({ status }) => isCounted(status))
      .reduce((sum, { amount }) => sum + toAmount(amount), 0);
  const done = sumOf((status) => status === "SUCCESS");
  return Math.max(amountOf(payment, total), done) + sumOf((status) => !settled.includes(status));
}

/**
 * The version, if it is one to count with. A number out of all proportion counts as none, or it would make everything
 * that follows it look old.
 */
export function versionOf({ version }: Partial<Payment>): number | undefined {
  const isVersion = Number.isInteger(version) && Number(version) >= 0 && Number(version) <= largestVersion;
  return isVersion ? version : undefined;
}

/**
 * Whether one account of a payment goes beyond another: it has a larger total, an operation or an outcome that the other
 * lacks. An older account lacks these itself.
 *
 * @param told by a sender who may say anything.
 */
export function showsMore(told: Partial<Payment>, read: Partial<Payment>): boolean {
  const isDecided = ({ authorization }: Partial<Payment>): boolean =>
    typeof authorization?.status === "string" && authorization.status !== "PENDING";
  return (
    (isDecided(told) && !isDecided(read)) ||
    totals.some((name) => amountOf(told, name) > amountOf(read, name)) ||
    lists.some((list) =>
      operationsIn(told, list).some((operation) => !isShown(operation, operationsIn(read, list))),
    )
  );
}

function isShown({ id, status }: Operation, read: readonly Operation[]): boolean {
  return read.some((one) => one.id === id && (settled.includes(one.status) || !settled.includes(status)));
}

function sequenceAfter(previous: PaymentSummary | undefined, version: number | undefined): number {
  if (previous === undefined) return 0;
  const hasGrown = previous.version !== undefined && version !== undefined && version > previous.version;
  return hasGrown ? 0 : (previous.sequence ?? 0) + 1;
}

/** The captures, refunds and voids that failed, or failed in part. */
export function failedOperationsOf(payment: Partial<Payment>): readonly Operation[] {
  return lists.flatMap((list) => operationsIn(payment, list)).filter(({ status }) => failed.includes(status));
}

/** A summary as it comes back from a store, if it still is one. */
export function parseSummary(text: unknown): PaymentSummary | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isSummary(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSummary(value: unknown): value is PaymentSummary {
  if (typeof value !== "object" || value === null) return false;
  const members = value as Record<string, unknown>; // An object; its members are checked below.
  const { version, authorization, isAuthorizedTold, failedOperations, fingerprint, sequence } = members;
  const totals = ["totalAuthorized", "totalCaptured", "totalRefunded", "totalVoided"];
  return (
    ["number", "undefined"].includes(typeof version) &&
    ["string", "undefined"].includes(typeof authorization) &&
    ["boolean", "undefined"].includes(typeof isAuthorizedTold) &&
    ["number", "undefined"].includes(typeof sequence) &&
    totals.every((name) => typeof members[name] === "number") &&
    Array.isArray(failedOperations) &&
    typeof fingerprint === "string"
  );
}

function amountOf(payment: Partial<Payment>, name: keyof Amounts): number {
  return toAmount((payment.amounts as Partial<Amounts> | null | undefined)?.[name]);
}

function toAmount(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function operationsIn(payment: Partial<Payment>, list: (typeof lists)[number]): Operation[] {
  const listed: unknown = payment[list];
  return Array.isArray(listed) ? (listed as unknown[]).filter((entry) => isOperation(entry)) : [];
}

function isOperation(entry: unknown): entry is Operation {
  return typeof entry === "object" && entry !== null && "id" in entry && typeof entry.id === "string";
}

/** Hash over all that counts money. */
export async function fingerprintOf(payment: Partial<Payment>): Promise<string> {
  const amounts = Object.entries((payment.amounts as object | null | undefined) ?? {});
  const operations = lists.flatMap((list) =>
    operationsIn(payment, list).map(({ id, amount, status }) => [list, id, amount, status]),
  );
  // Sorted, so that the order of an answer's members means nothing.
  const state = [payment.authorization?.status, amounts.sort(byName), operations.sort(byText)];
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}

function byText(one: unknown, other: unknown): number {
  return String(one) < String(other) ? -1 : 1;
}
