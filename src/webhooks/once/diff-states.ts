import { isTold, type PaymentSummary } from "./payment-state.js";

/**
 * What became of a payment since the last event that was handled. Notifications carry no event type, so this follows
 * from comparing the payment with its last handled state; with nothing to compare it with, from the payment alone, as
 * if nothing had happened to it before, except that nothing is told that the payment itself contradicts.
 *
 * - `authorized`: the authorization's status is `AUTHORIZED`, and was not. Not told while everything that was authorized
 *   is voided or refunded, or about to be; if that fails, it is told then.
 * - `refused`: it is `REFUSED`, `ERROR` or `ABORTED`, and was none of these. `authorization.status` says which.
 * - `captured`, `refunded`, `voided`: the total of that kind has grown. An operation that is still pending is not
 *   counted. With nothing to compare it with, `captured` is not told if everything that was captured is refunded.
 * - `operationFailed`: a capture, refund or void is `FAILURE` or `CONFLICT` (failed in part), and was not. `UNCERTAIN`
 *   is not a failure: its result is not known yet.
 */
export type WebhookChange = "authorized" | "refused" | "captured" | "refunded" | "voided" | "operationFailed";

const refusals: readonly unknown[] = ["REFUSED", "ERROR", "ABORTED"];

const isDifferent: Readonly<
  Record<WebhookChange, (now: PaymentSummary, before: PaymentSummary | undefined) => boolean>
> = {
  authorized: (now, before) => isTold(now) && !isTold(before),
  refused: (now, before) => refusals.includes(now.authorization) && !refusals.includes(before?.authorization),
  captured: (now, before) => now.totalCaptured > (before?.totalCaptured ?? now.totalRefunded),
  refunded: (now, before) => now.totalRefunded > (before?.totalRefunded ?? 0),
  voided: (now, before) => now.totalVoided > (before?.totalVoided ?? 0),
  operationFailed: (now, before) => newFailures(now, before).length > 0,
};

/** In the order in which they can follow each other; several when several webhooks ended in one reading. */
export const webhookChangeValues: readonly WebhookChange[] = [
  "authorized",
  "refused",
  "captured",
  "refunded",
  "voided",
  "operationFailed",
];

export function changesOf(now: PaymentSummary, before: PaymentSummary | undefined): readonly WebhookChange[] {
  return webhookChangeValues.filter((change) => isDifferent[change](now, before));
}

/** Ids of the operations that have failed since. */
export function newFailures(now: PaymentSummary, before: PaymentSummary | undefined): readonly string[] {
  return now.failedOperations.filter((id) => before?.failedOperations.includes(id) !== true);
}
