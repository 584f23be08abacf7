import type { Webhook } from "../../../generated/schema.js";
import type { WebhookDelivery } from "../state/records.js";
/** Looked up anew for each delivery, so that a replaced global `fetch` is seen. */
export type SendWebhook = (url: string, init: RequestInit) => Promise<Response>;

const timeoutMs = 5000;

/** Headers that describe the connection or the body; setting them would break the message. */
const unsettable =
  /^(?:connection|content-length|content-type|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

/** Posts the notification once and says how that went. */
export async function sendWebhook(
  send: SendWebhook,
  { url, headers, body }: WebhookDelivery,
  closing: AbortSignal,
): Promise<{ outcome: string; status?: number }> {
  const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]);
  try {
    const init = {
      method: "POST",
      headers: new Headers(Object.fromEntries(headers)),
      body,
    };
    const answer = await send(url, { ...init, redirect: "manual", signal });
    await answer.body?.cancel();
    const { ok, status } = answer;
    return { outcome: ok ? "delivered" : `answered with ${String(status)}`, status };
  } catch (error) {
    return { outcome: `failed (${error instanceof Error ? error.name : "unknown"})` };
  }
}

/** The headers of a notification: ours, and those that the merchant asked for. */
export function toHeaders({ headers = [] }: Webhook): [string, string][] {
  const result = new Headers({ "content-type": "application/json" });
  for (const { name, values } of headers.filter((header) => !unsettable.test(header.name))) {
    for (const value of values) {
      try {
        result.append(name, value);
      } catch {
        // Not a header that HTTP can carry: the notification goes out without it.
      }
    }
  }
  return [...result];
}
