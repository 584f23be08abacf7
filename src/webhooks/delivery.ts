import { PurseWebhookError } from "../errors/webhook-error.js";
import { invalidBody, readJsonObject } from "./body.js";
import type { CheckedReceiveOptions } from "./options.js";
import { isSecret } from "./secret.js";

/** All that is taken from a delivery. */
export interface Delivery {
  /** Id of the payment that is said to have changed. */
  readonly id: string;
  /** Version that the delivery speaks of. A hint. */
  readonly announcedVersion?: number;
}

/**
 * Checks a delivery, cheapest things first, and nothing of its body before its secret.
 *
 * @throws PurseWebhookError
 */
export async function readDelivery(
  request: Request,
  { secrets, headerName, maxBytes }: CheckedReceiveOptions,
): Promise<Delivery> {
  if (request.method !== "POST") {
    throw new PurseWebhookError("method_not_allowed", "Webhooks come by POST.");
  }
  if (!isJson(request.headers.get("content-type"))) {
    throw new PurseWebhookError("content_type_unsupported", "Webhooks come as JSON.");
  }
  if (!(await isSecret(request.headers.get(headerName), secrets))) {
    throw new PurseWebhookError("secret_wrong", `The header ${headerName} is missing or wrong.`);
  }
  const { id, version } = await readJsonObject(request, maxBytes);
  if (typeof id !== "string" || id === "") throw invalidBody("The body names no payment.");
  return typeof version === "number" ? { id, announcedVersion: version } : { id };
}

export function isJson(contentType: string | null): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test((contentType ?? "").trim());
}
