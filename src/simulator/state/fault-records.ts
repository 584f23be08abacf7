import type { OperationId } from "../protocol/operation-lookup.js";

/**
 * Faults of API calls. With `before` the call has no effect; with `after` it takes effect and only the answer is lost or
 * replaced.
 *
 * - `drop_before`, `drop_after`: the connection breaks without an answer.
 * - `stall_before`, `stall_after`: the connection stays open without an answer.
 * - `unauthorized`: 401, as for an invalid token.
 * - `rate_limit`: 429 with `Retry-After` of `retryAfterSeconds` (default 1).
 * - `bad_request`: 400, from a check that comes before the idempotency key: a new key stays unused, and a used key is not
 *   recognised.
 * - `error_before`, `error_after`: a problem document with `status` (default 503).
 * - `html_before`, `html_after`: a gateway's HTML page instead of JSON, with `status` (default 502).
 * - `truncate`: the call takes effect, and the connection breaks after half of the answer.
 * - `drip`: the call takes effect, and the answer arrives one byte every `dripMs` (default 50) of real time.
 * - `stale_read`: a read returns the payment as it was before its last change, like a lagging replica. Applies only to reads
 *   of payments that have changed; with `lagMs`, only within that time after the change, on the simulator's clock.
 * - `unknown_status`: the call takes effect, and the client session in the answer has an undocumented status.
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

/** Faults of API calls. */
export type CallFaultKind = (typeof callFaultKinds)[number];

/**
 * Faults of webhooks.
 *
 * - `webhook_delay`: sent `delayMs` later (default 60 000) on the simulator's clock.
 * - `webhook_duplicate`: sent twice.
 * - `webhook_reorder`: sent after the next webhook of the same payment.
 * - `webhook_never`: not sent.
 */
export const webhookFaultKinds = [
  "webhook_delay",
  "webhook_duplicate",
  "webhook_reorder",
  "webhook_never",
] as const;

/** Faults of webhooks. */
export type WebhookFaultKind = (typeof webhookFaultKinds)[number];

/** A fault for the next matching calls or webhooks. */
export interface Fault {
  /** What goes wrong. */
  readonly kind: CallFaultKind | WebhookFaultKind;
  /** Restricts the fault to one operation; not for webhook faults. Default: any operation. */
  readonly operation?: OperationId;
  /** How many calls it applies to. Default 1; `"always"` until cleared. */
  readonly times?: number | "always";
  /** HTTP status of `error_…` (400 to 599) and `html_…` (200 to 599). */
  readonly status?: number;
  /** For `rate_limit`; 0 to 86 400. */
  readonly retryAfterSeconds?: number;
  /** For `drip`; 1 to 60 000. */
  readonly dripMs?: number;
  /** For `webhook_delay`; up to 30 days. */
  readonly delayMs?: number;
  /** For `stale_read`; 1 ms to 30 days. Default: no limit. */
  readonly lagMs?: number;
}

/** A queued fault. */
export interface PlannedFault extends Fault {
  /** Names the fault, for `clear`. */
  readonly id: string;
  /** How many more calls it applies to. */
  remaining: number | "always";
}
