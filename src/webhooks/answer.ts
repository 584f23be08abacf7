import { PurseWebhookError } from "../errors/webhook-error.js";

/** Done, or done before: the sender need not come again. */
export function accepted(): Response {
  return new Response(null, { status: 200 });
}

/** A handler failed: the sender shall come again. */
export function failed(): Response {
  return new Response(null, { status: 500 });
}

/** What to answer when a delivery was not handled. Says nothing about why: that is for the receiver's own logs. */
export function refused(error: unknown): Response {
  if (!(error instanceof PurseWebhookError)) return failed();
  const headers = new Headers();
  if (error.retryAfterMs !== undefined) {
    headers.set("retry-after", String(Math.ceil(error.retryAfterMs / 1000)));
  }
  if (error.reason === "method_not_allowed") headers.set("allow", "POST");
  return new Response(null, { status: error.status, headers });
}
