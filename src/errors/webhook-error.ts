import { PurseError, type SafeCause } from "./purse-error.js";

/**
 * Why a delivery was not accepted.
 *
 * The sender's fault: `method_not_allowed`, `content_type_unsupported`, `content_encoding_unsupported` (compressed in a
 * way that cannot be unpacked here), `secret_wrong` (or missing), `body_too_large`, `body_unreadable` (cut off on the
 * way), `body_invalid` (no JSON object with an id), `payment_unknown`.
 * Temporary, so a later delivery may succeed: `read_back_failed`, `read_back_behind`, `in_progress`,
 * `store_unavailable`.
 * A fault of the receiving program: `body_consumed`, `handler_timeout` (a handler took too long), `claim_lost`
 * (the store lost the lock on the event, so it may have been handled twice; only `onError` gets it).
 */
export type WebhookRefusal =
  | "method_not_allowed"
  | "content_type_unsupported"
  | "content_encoding_unsupported"
  | "secret_wrong"
  | "body_too_large"
  | "body_unreadable"
  | "body_invalid"
  | "body_consumed"
  | "payment_unknown"
  | "read_back_failed"
  | "read_back_behind"
  | "in_progress"
  | "store_unavailable"
  | "handler_timeout"
  | "claim_lost";

const statuses: Readonly<Record<WebhookRefusal, number>> = {
  method_not_allowed: 405,
  content_type_unsupported: 415,
  content_encoding_unsupported: 415,
  secret_wrong: 401,
  body_too_large: 413,
  body_unreadable: 400,
  body_invalid: 400,
  body_consumed: 500,
  payment_unknown: 400,
  read_back_failed: 503,
  read_back_behind: 503,
  in_progress: 503,
  store_unavailable: 503,
  handler_timeout: 500,
  claim_lost: 500,
};

/** A webhook that must not be handled, or not now. Answer it with `status`. */
export class PurseWebhookError extends PurseError {
  override get name(): "PurseWebhookError" {
    return "PurseWebhookError";
  }
  readonly code = "webhook";
  /** Why the delivery was not accepted. */
  readonly reason: WebhookRefusal;
  /** HTTP status to answer the sender with. With 503, `retryAfterMs` is how long to ask it to wait. */
  declare readonly status: number;

  constructor(
    reason: WebhookRefusal,
    message: string,
    facts: { retryAfterMs?: number; cause?: SafeCause } = {},
  ) {
    super(message, { ...facts, status: statuses[reason] });
    this.reason = reason;
  }
}
