import type { AuthorizationStatus, AuthorizationTransaction, Payment } from "../../../generated/schema.js";
import { refreshPayment } from "./amounts.js";
import { endAuthorization, isFailed } from "./authorizations.js";
import { toDateTime } from "../state/clock.js";
import type { Context } from "../context.js";
import { noteEarlier } from "../state/earlier-payments.js";
import { record } from "../state/ledger.js";
import { executeOperation } from "./operations.js";
import { noteAuthorized } from "./payment-link-status.js";
import { schedule } from "../timeline.js";

/** A payment is authorized when all parts are, and fails with the first part that fails. */
export function overallStatus(transactions: readonly AuthorizationTransaction[]): AuthorizationStatus {
  const failed = transactions.find(({ status }) => status === "REFUSED" || status === "ERROR");
  const other = failed ?? transactions.find(isFailed);
  return other?.status ?? transactions.find(({ status }) => status === "PENDING")?.status ?? "AUTHORIZED";
}

/** Updates a payment after some of its parts have settled. */
export function updateAuthorization(
  context: Context,
  payment: Payment,
  newlyAuthorized: readonly AuthorizationTransaction[],
): void {
  const { authorization } = payment;
  authorization.status = overallStatus(authorization.partner_transactions);
  authorization.updated_at = toDateTime(context.clock.nowMs());
  refreshPayment(payment);
  concludeAuthorization(context, payment, newlyAuthorized);
}

/** Records the settled parts, sends the webhook, and makes the captures and voids that follow automatically. */
export function concludeAuthorization(
  context: Context,
  payment: Payment,
  newlyAuthorized: readonly AuthorizationTransaction[],
): void {
  const { status, partner_transactions: transactions } = payment.authorization;
  record(context.state, payment, {
    kind: "authorization",
    operationId: payment.id,
    moved: newlyAuthorized,
    idempotencyKey: context.state.paymentNotes[payment.id]?.idempotencyKey,
  });
  context.webhooks.notify(payment, "authorization");
  if (status === "AUTHORIZED") {
    captureAutomatically(context, payment);
    noteAuthorized(context, payment);
  } else if (transactions.some(isFailed)) {
    releaseParts(context, payment);
  }
}

/** Aborts the pending parts of an authorization. */
export function abortAuthorization(context: Context, payment: Payment): void {
  noteEarlier(context, payment);
  for (const transaction of payment.authorization.partner_transactions) {
    if (transaction.status === "PENDING") endAuthorization(context, transaction, "ABORTED");
  }
  updateAuthorization(context, payment, []);
}

/** After one part failed: aborts the pending parts and voids the authorized ones. */
function releaseParts(context: Context, payment: Payment): void {
  if (payment.authorization.partner_transactions.some(({ status }) => status === "PENDING")) {
    abortAuthorization(context, payment);
    return;
  }
  const amount = payment.amounts.available_to_void;
  if (amount > 0) executeOperation(context, "voids", payment, { amount });
}

function captureAutomatically(context: Context, payment: Payment): void {
  const delayMs = context.state.paymentNotes[payment.id]?.captureDelayMs ?? 0;
  if (payment.capture_mode !== "AUTOMATIC") return;
  if (delayMs === 0) captureRemaining(context, payment);
  else schedule(context, { kind: "capture", atMs: context.clock.nowMs() + delayMs, paymentId: payment.id });
}

/** Captures everything not yet captured or voided. */
export function captureRemaining(context: Context, payment: Payment): void {
  const amount = payment.amounts.available_to_capture;
  if (amount > 0) executeOperation(context, "captures", payment, { amount });
}
