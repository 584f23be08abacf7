import type { Amounts, Operation, Payment } from "../../generated/schema.js";

/** As much of a payment as it takes to tell what changed. Holds no personal data. */
export interface PaymentSummary {
  readonly version?: number;
  /** Status of the authorization. */
  readonly authorization?: string;
  /** In minor units, like the others. */
  readonly totalAuthorized: number;
  readonly totalCaptured: number;
  readonly totalRefunded: number;
  readonly totalVoided: number;
  /** Ids of the captures, refunds and voids that failed, or failed in part. */
  readonly failedOperations: readonly string[];
  /** Hash over all amounts and statuses: two states with the same one are the same to whoever counts money. */
  readonly fingerprint: string;
  /**
   * How many states were handled before this one without the version having grown; absent in what older releases of
   * this package have remembered. Tells a state that came back from one that was never left.
   */
  readonly sequence?: number;
}

const lists = ["captures", "refunds", "voids"] as const;
const failed: readonly unknown[] = ["FAILURE", "CONFLICT"];

/**
 * Tolerates payments with missing or odd members: answers are not validated.
 *
 * @param previous the last state that was handled.
 */
export async function summarize(payment: Payment, previous?: PaymentSummary): Promise<PaymentSummary> {
  const loose: Partial<Payment> = payment;
  const { version, authorization } = loose;
  return {
    ...(typeof version === "number" ? { version } : {}),
    ...(typeof authorization?.status === "string" ? { authorization: authorization.status } : {}),
    totalAuthorized: amountOf(loose, "total_authorized"),
    totalCaptured: amountOf(loose, "total_captured"),
    totalRefunded: amountOf(loose, "total_refunded"),
    totalVoided: amountOf(loose, "total_voided"),
    failedOperations: failedOperationsOf(loose).map(({ id }) => id),
    fingerprint: await fingerprintOf(loose),
    sequence: sequenceAfter(previous, version),
  };
}

function sequenceAfter(previous: PaymentSummary | undefined, version: unknown): number {
  if (previous === undefined) return 0;
  const hasGrown =
    previous.version !== undefined && typeof version === "number" && version > previous.version;
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
  const members = value as Record<string, unknown>; // An object, with whatever members.
  const { version, authorization, failedOperations, fingerprint, sequence } = members;
  const totals = ["totalAuthorized", "totalCaptured", "totalRefunded", "totalVoided"];
  return (
    ["number", "undefined"].includes(typeof version) &&
    ["string", "undefined"].includes(typeof authorization) &&
    ["number", "undefined"].includes(typeof sequence) &&
    totals.every((name) => typeof members[name] === "number") &&
    Array.isArray(failedOperations) &&
    typeof fingerprint === "string"
  );
}

function amountOf(payment: Partial<Payment>, name: keyof Amounts): number {
  const amount: unknown = (payment.amounts as Partial<Amounts> | null | undefined)?.[name];
  return typeof amount === "number" ? amount : 0;
}

function operationsIn(payment: Partial<Payment>, list: (typeof lists)[number]): Operation[] {
  const listed: unknown = payment[list];
  return Array.isArray(listed) ? (listed as unknown[]).filter((entry) => isOperation(entry)) : [];
}

function isOperation(entry: unknown): entry is Operation {
  return typeof entry === "object" && entry !== null && "id" in entry && typeof entry.id === "string";
}

async function fingerprintOf(payment: Partial<Payment>): Promise<string> {
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
