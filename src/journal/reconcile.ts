import type { Operation, Payment } from "../../generated/schema.js";
import { PurseAbortError } from "../errors/abort-error.js";
import { isPurseError } from "../errors/union.js";
import { pause, startDeadline } from "../http/interruption.js";
import { matchingOperations } from "../idempotency/operation-match.js";
import { versionOf } from "../webhooks/once/payment-state.js";
import { isMovement, toMovement, type MovementEntry } from "./entry.js";
import { evidenceIn, listOf, operationsFor } from "./evidence.js";
import type { Movement } from "./movement.js";
import type { Parts } from "./parts.js";

/**
 * Where the journal and a payment disagree.
 *
 * - `missing`: the payment does not list a movement's operation.
 * - `unknown`: the payment lists an operation that no movement asked for, such as one made in the vendor's back office.
 * - `amount`: the operation has another amount than the movement.
 * - `status`: the operation has another status than the movement, which may only be behind: the next webhook or pass brings
 *   it up to date.
 */
export interface Difference {
  /** What differs. */
  readonly type: "missing" | "unknown" | "amount" | "status";
  /** Id of the payment. */
  readonly paymentId: string;
  /** The journal's side, if it has one. */
  readonly movement?: Movement;
  /** The service's side, if it has one. */
  readonly operation?: Operation;
}

const pageSize = 100;
/** A polite pace: at most so many readings a second, one at a time. */
const betweenReadingsMs = 20;
const readings = 3;
const betweenAttemptsMs = 500;

/** Compares all movements with their payments, page by page. */
export async function* reconcileAll(
  parts: Parts,
  sinceMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Difference, void, undefined> {
  const wait = async (ms: number): Promise<void> => {
    try {
      await pause(startDeadline(parts.clock, Infinity, signal), ms);
    } catch {
      throw new PurseAbortError("reconcile: the caller's signal ended it.");
    }
  };
  let after = "";
  for (;;) {
    const page = await parts.store.payments(sinceMs, after, pageSize);
    for (const paymentId of page) {
      yield* await compareAgain(parts, paymentId, signal, wait);
      await wait(betweenReadingsMs);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last;
  }
}

/**
 * The journal and the payment are read one after the other, and a movement under way shows in one of them first. So only
 * what a second look finds as well is a difference.
 */
async function compareAgain(
  parts: Parts,
  paymentId: string,
  signal: AbortSignal | undefined,
  wait: (ms: number) => Promise<void>,
): Promise<readonly Difference[]> {
  const first = await compare(parts, paymentId, signal, wait);
  if (first.length === 0) return [];
  await wait(betweenAttemptsMs);
  const seen = new Set(first.map(nameOf));
  return (await compare(parts, paymentId, signal, wait)).filter((difference) => seen.has(nameOf(difference)));
}

function nameOf({ type, movement, operation }: Difference): string {
  return JSON.stringify([type, movement?.id, operation?.id]);
}

async function compare(
  parts: Parts,
  paymentId: string,
  signal: AbortSignal | undefined,
  wait: (ms: number) => Promise<void>,
): Promise<readonly Difference[]> {
  for (let count = 1; ; count++) {
    const entries = await parts.store.ofPayment(paymentId, undefined);
    const payment = await readPayment(parts, entries[0]?.paymentId ?? paymentId, signal);
    const movements = entries.filter(isMovement);
    const newestSeen = Math.max(...movements.map(({ seenVersion }) => seenVersion ?? 0));
    const isBehind = payment !== undefined && (versionOf(payment) ?? newestSeen) < newestSeen;
    if (!isBehind || count === readings) return differencesIn(paymentId, payment, movements);
    await wait(betweenAttemptsMs * 2 ** count);
  }
}

/** Nothing, if there is no such payment. */
async function readPayment(
  { purse, deadlineMs }: Parts,
  paymentId: string,
  signal: AbortSignal | undefined,
): Promise<Payment | undefined> {
  try {
    return await purse.payments.retrieve(paymentId, { deadlineMs, signal });
  } catch (error) {
    if (isPurseError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}

/** Pure: what a reading of a payment and the movements of it do not agree on. */
export function differencesIn(
  paymentId: string,
  payment: Payment | undefined,
  movements: readonly MovementEntry[],
): readonly Difference[] {
  const found: Difference[] = [];
  const matched = new Set<string>();
  for (const entry of movements) {
    const operation = payment && operationOf(payment, entry, movements);
    if (operation !== undefined) matched.add(operation.id);
    const type = differenceOf(entry, operation);
    const id = payment?.id ?? entry.paymentId;
    if (type !== undefined)
      found.push({ type, paymentId: id, movement: toMovement(entry), ...(operation && { operation }) });
  }
  for (const list of Object.values(listOf)) {
    for (const operation of payment === undefined ? [] : matchingOperations(payment, { list })) {
      if (!matched.has(operation.id) && isMerchants(operation))
        found.push({ type: "unknown", paymentId: payment?.id ?? paymentId, operation });
    }
  }
  return found;
}

function operationOf(
  payment: Payment,
  entry: MovementEntry,
  movements: readonly MovementEntry[],
): Operation | undefined {
  const evidence = evidenceIn(payment, entry, movements);
  return evidence && operationsFor(entry, payment).find(({ id }) => id === evidence.id);
}

function differenceOf(
  entry: MovementEntry,
  operation: Operation | undefined,
): Difference["type"] | undefined {
  const { state, amount, operationId, operationStatus } = entry;
  // Still being found out, by the journal itself.
  if (state === "open") return undefined;
  if (operation === undefined)
    return state === "refused" || (state === "in_doubt" && operationId === undefined) ? undefined : "missing";
  if (state === "refused") return "status";
  if (operation.amount !== amount) return "amount";
  return operation.status === operationStatus ? undefined : "status";
}

/** What Purse does by itself, as where `capture_mode` is `AUTOMATIC`, no merchant's journal asks for. */
function isMerchants({ triggered_by: triggeredBy }: Operation): boolean {
  return triggeredBy === "MERCHANT" || typeof triggeredBy !== "string";
}
