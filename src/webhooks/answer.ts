import { PurseWebhookError } from "../errors/webhook-error.js";

/** Handled, now or before: the sender need not send it again. */
export function accepted(): Response {
  return new Response(null, { status: 200 });
}

/** A handler failed: the sender should send it again. */
export function failed(): Response {
  return new Response(null, { status: 500 });
}

/** The answer to a delivery that was not handled. The reason is for the receiver's logs and is not in it. */
export function refused(error: unknown): Response {
  if (!(error instanceof PurseWebhookError)) return failed();
  const headers = new Headers();
  if (error.retryAfterMs !== undefined) {
    headers.set("retry-after", String(Math.ceil(error.retryAfterMs / 1000)));
  }
  if (error.reason === "method_not_allowed") headers.set("allow", "POST");
  return new Response(null, { status: error.status, headers });
}
