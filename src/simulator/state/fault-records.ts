import type { OperationId } from "../protocol/operation-lookup.js";

/**
 * What can go wrong with a call. `before` means that nothing was done; `after`, that everything was done and only the answer
 * suffers.
 *
 * - `drop_before`, `drop_after`: the connection breaks without an answer.
 * - `stall_before`, `stall_after`: the connection stays open and nothing comes.
 * - `unauthorized`: 401, as if the token were not valid.
 * - `rate_limit`: 429 with `Retry-After` of `retryAfterSeconds` (default 1).
 * - `bad_request`: 400, as of a rule that comes before the idempotency key is looked at: a new key stays unused, and one that was
 *   used is not recognised.
 * - `error_before`, `error_after`: a problem document with `status` (default 503).
 * - `html_before`, `html_after`: a page of a gateway instead of JSON, with `status` (default 502).
 * - `truncate`: everything is done, and the connection breaks after half of the answer.
 * - `drip`: everything is done, and the answer comes byte by byte, one each `dripMs` (default 50) of real time.
 * - `stale_read`: reading a payment shows it as it was before its last change, as a replica that lags behind would. Only that:
 *   everything else works with the present. Meets reads of payments that have changed, with `lagMs` only within that time after the
 *   change, on the simulator's clock.
 * - `unknown_status`: everything is done, and the client session in the answer has a status that nobody documented.
 */
export const callFaultKinds = [
  "drop_before",
  "drop_after",
  "stall_before",
  "stall_after",
  "unauthorized",
  "rate_limit",
  "bad_request",
  "error_before",
  "error_after",
  "html_before",
  "html_after",
  "truncate",
  "drip",
  "stale_read",
  "unknown_status",
] as const;

export type CallFaultKind = (typeof callFaultKinds)[number];

/**
 * What can go wrong with a notification.
 *
 * - `webhook_delay`: it is sent `delayMs` later (default 60 000) on the simulator's clock.
 * - `webhook_duplicate`: it is sent twice.
 * - `webhook_reorder`: it is sent after the next notification of the same payment.
 * - `webhook_never`: it is not sent at all.
 */
export const webhookFaultKinds = [
  "webhook_delay",
  "webhook_duplicate",
  "webhook_reorder",
  "webhook_never",
] as const;

export type WebhookFaultKind = (typeof webhookFaultKinds)[number];

/** A fault to be met by the next calls, or notifications, that fit. */
export interface Fault {
  readonly kind: CallFaultKind | WebhookFaultKind;
  /** The only operation to be met; not for webhook faults. Default: whichever is called next. */
  readonly operation?: OperationId;
  /** How often. Default 1; `"always"` until it is cleared. */
  readonly times?: number | "always";
  /** HTTP status of `error_…` (400 to 599) and `html_…` (200 to 599). */
  readonly status?: number;
  /** For `rate_limit`; 0 to 86 400. */
  readonly retryAfterSeconds?: number;
  /** For `drip`; 1 to 60 000. */
  readonly dripMs?: number;
  /** For `webhook_delay`; up to 30 days. */
  readonly delayMs?: number;
  /** For `stale_read`; 1 ms to 30 days. Default: however long ago the payment changed. */
  readonly lagMs?: number;
}

/** A fault that waits for its calls. */
export interface PlannedFault extends Fault {
  readonly id: string;
  /** How many calls it will still meet. */
  remaining: number | "always";
}
