import type { Webhook } from "../../../generated/schema.js";
import type { WebhookDelivery } from "../state/records.js";

/** Looks up the global `fetch` on each call, so that replacing it has an effect. */
export type SendWebhook = (url: string, init: RequestInit) => Promise<Response>;

const timeoutMs = 5000;

/** Headers of the connection or the body, which must not be overridden. */
const unsettable =
  /^(?:connection|content-length|content-type|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

/** Posts the webhook once. */
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

/** The content type, and the headers that the merchant configured. */
export function toHeaders({ headers = [] }: Webhook): [string, string][] {
  const result = new Headers({ "content-type": "application/json" });
  for (const { name, values } of headers.filter((header) => !unsettable.test(header.name))) {
    for (const value of values) {
      try {
        result.append(name, value);
      } catch {
        // An invalid header is left out.
      }
    }
  }
  return [...result];
}
