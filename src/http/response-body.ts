import type { UnreadableReason } from "../errors/unreadable-response-error.js";

/** Answers larger than this, after decompression, are not read to the end. */
export const maxAnswerBytes: number = 16 * 1024 * 1024;

export type JsonObject = Record<string, unknown>;

export type AnswerBody =
  | { readonly kind: "object"; readonly value: JsonObject }
  | { readonly kind: "unreadable"; readonly reason: UnreadableReason };

/**
 * Reads a body whole, within its limit, and as JSON whatever its content type says.
 * Rejects only when the connection fails while reading.
 */
export async function readBody(response: Response, maxBytes: number = maxAnswerBytes): Promise<AnswerBody> {
  const text = await readText(response, maxBytes);
  if (text === undefined) return unreadable("too_large");
  if (text.trim() === "") return unreadable("empty");
  let value: unknown;
  try {
    value = JSON.parse(text, mayNameAPrototype(text) ? withoutPrototypeMembers : undefined);
  } catch {
    return unreadable("not_json");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return unreadable("not_an_object");
  return { kind: "object", value: value as JsonObject }; // An object from JSON.parse has string keys.
}

function unreadable(reason: UnreadableReason): AnswerBody {
  return { kind: "unreadable", reason };
}

async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  // A declared length is not relied on: it is the sender's word, and says nothing of what is unpacked on the way.
  if (response.body === null) return "";

  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  // Decoded when the next one is there: the last, mostly the only one, goes the way without a stream's book-keeping.
  let chunk: Uint8Array | undefined;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode(chunk);
    if (chunk !== undefined) text += decoder.decode(chunk, { stream: true });
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    chunk = value;
  }
}

/** Whether a member called `__proto__` may occur, literally or spelt with escapes. */
function mayNameAPrototype(text: string): boolean {
  if (text.includes("__proto__")) return true;
  // Looking for the plain text first is many times quicker, and nearly always enough.
  return text.includes("\\u00") && /\\u00(?:5f|6f|7[024])/i.test(text);
}

function withoutPrototypeMembers(this: unknown, key: string, value: unknown): unknown {
  return key === "__proto__" ? undefined : value;
}
