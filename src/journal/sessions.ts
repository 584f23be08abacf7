import type { ClientSession, Payment } from "../../generated/schema.js";
import { isPurseError } from "../errors/union.js";
import { matchingOperations } from "../idempotency/operation-match.js";
import { operationLists } from "../idempotency/operation-query.js";
import { fingerprintOf, versionOf } from "../webhooks/once/payment-state.js";
import { nextDueInMs, nextPassMs } from "./delays.js";
import type { Entry } from "./entry.js";
import { failureOf } from "./errors.js";
import { timeOf } from "./input.js";
import { startLease, underLease } from "./lease.js";
import type { Parts } from "./parts.js";

/** How long after its end a session may still bring a payment to light: partners decide late. */
const graceMs = 60 * 60_000;
/** How long a session that cannot be found is looked for. */
const unfoundMs = 60 * 60_000;
const finalAuthorizations: readonly unknown[] = ["AUTHORIZED", "REFUSED", "ABORTED", "ERROR"];
const finalOperations: readonly unknown[] = ["SUCCESS", "FAILURE", "CONFLICT"];

/** Reads an expected session, and its payment if it has one, and tells the caller of a state that is new. */
export async function watchSession(
  parts: Parts,
  entry: Entry,
  signal: AbortSignal,
): Promise<Entry | undefined> {
  const limits = { deadlineMs: parts.deadlineMs, signal };
  try {
    const session = await parts.purse.clientSessions.retrieve(entry.id, limits);
    const known = { ...entry, endsAtMs: entry.endsAtMs ?? endOf(session) };
    const paymentId = session.payment_id ?? entry.paymentId;
    if (typeof paymentId !== "string") return await keep(parts, known, isOver(session) || hasEnded(known));
    const payment = await parts.purse.payments.retrieve(paymentId, limits);
    const isLast = isDecided(payment) || hasEnded(known);
    const told = await tellPayment(parts, known, payment, { isLast, isUntold: entry.untold !== "" });
    if (told === "overtaken") return undefined;
    return told === "nothing_new" ? await keep(parts, known, isLast) : told;
  } catch (error) {
    if (!isPurseError(error)) throw error;
    parts.watch.failed("client", error);
    const isLost = error.code === "not_found" && entry.nowMs - entry.createdAtMs > unfoundMs;
    return keep(parts, entry, isLost || hasEnded(entry), failureOf(error).retryAfterMs);
  }
}

/**
 * Tells the caller of an expected payment, if this state of it has not been told before. `isUntold`: though the store says
 * that it was, because a process died or a callback failed while it told it.
 *
 * @returns `overtaken` if another has written the entry meanwhile, and may have told an older state.
 */
export async function tellPayment(
  parts: Parts,
  entry: Entry,
  payment: Payment,
  { isLast, isUntold }: { readonly isLast: boolean; readonly isUntold: boolean },
): Promise<Entry | "nothing_new" | "overtaken"> {
  const told = await fingerprintOf(payment);
  const version = versionOf(payment);
  const isOlder = version !== undefined && entry.seenVersion !== undefined && version < entry.seenVersion;
  if (!isUntold && (isOlder || told === entry.told)) return "nothing_new";
  const lease = startLease(parts);
  const news = {
    ...entry,
    told,
    seenVersion: version ?? entry.seenVersion,
    paymentId: payment.id,
    untold: "payment",
  };
  // In the store before it is told: of two that learn of it at once, only one goes on from here.
  const claimed = await parts.store.write(news, parts.leaseMs);
  if (claimed === undefined) return "overtaken";
  try {
    await underLease(parts, { entry: claimed, ...lease }, undefined, async () => {
      await parts.onPayment?.(payment);
    });
  } catch (error) {
    parts.watch.failed("onPayment", error);
    return (await parts.store.write(claimed, nextPassMs)) ?? "overtaken";
  }
  return (await keep(parts, { ...claimed, untold: "" }, isLast)) ?? "overtaken";
}

/** Puts a session back, to be read again unless this was the last time. */
async function keep(
  parts: Parts,
  entry: Entry,
  isLast: boolean,
  retryAfterMs?: number,
): Promise<Entry | undefined> {
  const isClosed = isLast || entry.state === "closed";
  const state = isClosed && entry.untold === "" ? "closed" : entry.state;
  const next: Entry = { ...entry, state };
  return parts.store.write(next, nextDueInMs(next, entry.nowMs, parts.delays, parts.random, retryAfterMs));
}

/** Whether nothing of the payment is left to be decided. */
export function isDecided(payment: Partial<Payment>): boolean {
  const operations = operationLists.flatMap((list) => matchingOperations(payment, { list }));
  return (
    finalAuthorizations.includes(payment.authorization?.status) &&
    operations.every((operation) => finalOperations.includes(operation.status))
  );
}

/** Whether a session without a payment cannot get one any more. A status that is not known may still lead to one. */
function isOver({ status }: ClientSession): boolean {
  return typeof status === "string" && /^(?:ABORTED|EXPIRED)/.test(status);
}

function endOf({ expires_at: expiresAt }: ClientSession): number | undefined {
  const endMs = timeOf(expiresAt);
  return Number.isNaN(endMs) ? undefined : endMs + graceMs;
}

function hasEnded({ endsAtMs, nowMs }: Entry): boolean {
  return endsAtMs !== undefined && nowMs > endsAtMs;
}
