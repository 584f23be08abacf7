import type { Payment } from "../../generated/schema.js";
import type { PurseResponse } from "../call/purse-promise.js";
import { versionOf } from "../webhooks/once/payment-state.js";
import { isDoubtful, type MovementEntry } from "./entry.js";
import { failureOf, type Failure } from "./errors.js";
import type { Parts } from "./parts.js";
import { readMovement, type Finding } from "./read.js";
import type { Evidence } from "./states.js";

/**
 * Asks Purse for a movement under its key, and finds out what that says of it. Never rejects for what the service does.
 *
 * Under the same key Purse carries it out at most once, so asking again is always safe; only what may be concluded
 * from the answer depends on what may have happened before.
 */
export async function ask(parts: Parts, entry: MovementEntry, signal: AbortSignal): Promise<Finding> {
  const first = await send(parts, entry, signal);
  if ("failure" in first) return conclude(parts, entry, first.failure, signal);
  const known = evidenceOf(first, entry);
  if (known !== undefined) return { evidence: known, payment: first.data };
  // Accepted, and the answer does not tell the operation from others like it: the key does.
  const again = await send(parts, entry, signal);
  const named = "failure" in again ? undefined : evidenceOf(again, entry);
  return { evidence: named ?? { kind: "accepted" }, payment: "failure" in again ? first.data : again.data };
}

async function send(
  { purse, deadlineMs }: Parts,
  { kind, paymentId, amount, merchantReference, idempotencyKey }: MovementEntry,
  signal: AbortSignal,
): Promise<PurseResponse<Payment> | { readonly failure: Failure }> {
  const params = {
    amount,
    ...(merchantReference === undefined ? {} : { merchant_reference: merchantReference }),
  };
  try {
    return await purse.payments[kind](paymentId, params, {
      idempotencyKey,
      deadlineMs,
      signal,
    }).withResponse();
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function evidenceOf({ data, operation }: PurseResponse<Payment>, entry: MovementEntry): Evidence | undefined {
  if (operation === undefined || typeof operation.id !== "string" || typeof operation.status !== "string")
    return undefined;
  // The journal may know the operation already, from what an earlier answer named.
  if (entry.operationId !== undefined && entry.operationId !== operation.id) return undefined;
  return { kind: "operation", id: operation.id, status: operation.status, version: versionOf(data) };
}

async function conclude(
  parts: Parts,
  entry: MovementEntry,
  failure: Failure,
  signal: AbortSignal,
): Promise<Finding> {
  const { kind, reason, retryAfterMs, operationId } = failure;
  if (kind === "not_done" || kind === "unknown")
    return { evidence: { kind, reason, operationId }, retryAfterMs };
  if (kind === "refused" && !isDoubtful(entry)) return { evidence: { kind, reason } };
  // The refusal may come because an earlier attempt was carried out: the payment tells, if it shows the operation.
  const named = { ...entry, operationId: entry.operationId ?? operationId };
  const finding = await readMovement(parts, named, signal);
  if (finding.evidence.kind === "operation") return finding;
  const isUnread = finding.evidence.kind === "unread";
  return { ...finding, evidence: { kind: isUnread ? "unread" : "unclear", reason, operationId } };
}
