import { PurseWebhookError } from "../errors/webhook-error.js";

/**
 * Reads a request's body as a JSON object, and no more of it than allowed. What it says is the sender's word.
 *
 * @throws PurseWebhookError when it is too large, cut off, or no JSON object.
 */
export async function readJsonObject(request: Request, maxBytes: number): Promise<Record<string, unknown>> {
  if (request.bodyUsed) {
    throw new PurseWebhookError("body_consumed", "The request's body was read before; pass it on unread.");
  }
  // Too large by its own word is too large; but a small word is not believed.
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLarge(maxBytes);
  const text = await readText(request, maxBytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidBody("The body is not JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalidBody("The body is not a JSON object.");
  }
  return value as Record<string, unknown>; // An object from JSON.parse has string keys.
}

export function invalidBody(message: string): PurseWebhookError {
  return new PurseWebhookError("body_invalid", message);
}

function tooLarge(maxBytes: number): PurseWebhookError {
  return new PurseWebhookError("body_too_large", `The body is larger than ${String(maxBytes)} bytes.`);
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  if (request.body === null) return "";
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await readOn(reader);
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    text += decoder.decode(value, { stream: true });
  }
}

async function readOn(reader: ReadableStreamDefaultReader<Uint8Array>): ReturnType<typeof reader.read> {
  try {
    return await reader.read();
  } catch {
    throw new PurseWebhookError("body_unreadable", "The connection ended before the body did.");
  }
}
