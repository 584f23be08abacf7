import type { AuthorizationStatus, AuthorizationTransaction, Payment } from "../../../generated/schema.js";
import { refreshPayment } from "./amounts.js";
import { endAuthorization, isFailed } from "./authorizations.js";
import { toDateTime } from "../state/clock.js";
import type { Context } from "../context.js";
import { noteEarlier } from "../state/earlier-payments.js";
import { record } from "../state/ledger.js";
import { operate } from "./operations.js";
import { noteAuthorized } from "./payment-link-status.js";
import { schedule } from "../timeline.js";

/** A payment is authorized when every part is, and fails with the first part that does. */
export function overallStatus(transactions: readonly AuthorizationTransaction[]): AuthorizationStatus {
  const failed = transactions.find(({ status }) => status === "REFUSED" || status === "ERROR");
  const other = failed ?? transactions.find(isFailed);
  return other?.status ?? transactions.find(({ status }) => status === "PENDING")?.status ?? "AUTHORIZED";
}

/** Brings a payment in line after parts of it were decided. */
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

/** What follows once parts were decided: the ledger, the notice, and what Purse then does by itself. */
export function concludeAuthorization(
  context: Context,
  payment: Payment,
  newlyAuthorized: readonly AuthorizationTransaction[],
): void {
  const { status, partner_transactions: transactions } = payment.authorization;
  record(context.state, payment, {
    kind: "authorization",
    operationId: payment.id,
    amount: newlyAuthorized.reduce((total, { amount }) => total + amount, 0),
    idempotencyKey: context.state.paymentNotes[payment.id]?.idempotencyKey,
  });
  context.webhooks.notify(payment, "authorization");
  if (status === "AUTHORIZED") {
    captureAutomatically(context, payment);
    noteAuthorized(context, payment);
  } else if (transactions.some(isFailed)) {
    giveUp(context, payment);
  }
}

/** Ends the authorization of a payment that nobody will complete any more. */
export function abortAuthorization(context: Context, payment: Payment): void {
  noteEarlier(context, payment);
  for (const transaction of payment.authorization.partner_transactions) {
    if (transaction.status === "PENDING") endAuthorization(context, transaction, "ABORTED");
  }
  updateAuthorization(context, payment, []);
}

/** One part failed, so the payment does: nobody waits for the others any longer, and what they hold is let go. */
function giveUp(context: Context, payment: Payment): void {
  if (payment.authorization.partner_transactions.some(({ status }) => status === "PENDING")) {
    abortAuthorization(context, payment);
    return;
  }
  const amount = payment.amounts.available_to_void;
  if (amount > 0) operate(context, "voids", payment, { amount });
}

function captureAutomatically(context: Context, payment: Payment): void {
  const delayMs = context.state.paymentNotes[payment.id]?.captureDelayMs ?? 0;
  if (payment.capture_mode !== "AUTOMATIC") return;
  if (delayMs === 0) captureRest(context, payment);
  else schedule(context, { kind: "capture", atMs: context.clock.nowMs() + delayMs, paymentId: payment.id });
}

/** Captures what the merchant has neither captured nor voided by then. */
export function captureRest(context: Context, payment: Payment): void {
  const amount = payment.amounts.available_to_capture;
  if (amount > 0) operate(context, "captures", payment, { amount });
}
