import { PurseWebhookError } from "../../errors/webhook-error.js";
import { invalidBody, readJsonObject } from "./body.js";
import type { CheckedReceiveOptions } from "./options.js";
import { isSecret } from "./secret.js";

/** All that is taken from a delivery. */
export interface Delivery {
  /** Id of the payment that is said to have changed. */
  readonly id: string;
  /** Version that the delivery speaks of. A hint. */
  readonly announcedVersion?: number;
  /** The payment as the sender tells it: good for the question whether to read once more, and for nothing else. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** An id that fills one segment of a path as it is, and can neither break a log line nor a key of a store. */
const idPattern = /^(?!\.{1,2}$)[\w.~!$&'()*+,;=:@-]{1,255}$/;

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
  const content = await readJsonObject(request, maxBytes);
  const { id, version } = content;
  if (typeof id !== "string" || id === "") throw invalidBody("The body names no payment.");
  if (!idPattern.test(id)) throw invalidBody("The body's id cannot be the id of a payment.");
  return typeof version === "number" ? { id, announcedVersion: version, content } : { id, content };
}

export function isJson(contentType: string | null): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test((contentType ?? "").trim());
}
