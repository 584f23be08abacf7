import type { UnreadableReason } from "../errors/unreadable-response-error.js";
import type { FetchAnswer } from "./fetch-like.js";
/** Answers larger than this, after decompression, are not read to the end. */
export const maxAnswerBytes: number = 16 * 1024 * 1024;

/** What a caller is told of the reason `unsupported_fetch`. */
export const faultOfFetch =
  "the answer of this client's `fetch` has no body stream, text(), arrayBuffer() or json() that can be read (unsupported_fetch)";

export type JsonObject = Record<string, unknown>;

export type AnswerBody =
  | { readonly kind: "object"; readonly value: JsonObject }
  | { readonly kind: "unreadable"; readonly reason: UnreadableReason };

/** What a `Response` has, and others may lack. */
type ReadableAnswer = Partial<FetchAnswer & Pick<Response, "bodyUsed" | "text" | "arrayBuffer" | "json">>;

type UnreadableBody = AnswerBody & { kind: "unreadable" };

/**
 * Reads a body whole, within its limit, and as JSON whatever its content type says.
 * Rejects only when the connection fails while reading.
 */
export async function readBody(
  response: FetchAnswer,
  maxBytes: number = maxAnswerBytes,
): Promise<AnswerBody> {
  const text = await readText(response, maxBytes);
  if (typeof text !== "string") return text;
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

function unreadable(reason: UnreadableReason): UnreadableBody {
  return { kind: "unreadable", reason };
}

async function readText(response: ReadableAnswer, maxBytes: number): Promise<string | UnreadableBody> {
  if (response.body === null) return "";
  if (response.bodyUsed) return unreadable("unsupported_fetch");
  let pieces: Pieces | undefined;
  try {
    pieces = piecesOf(response);
  } catch {
    return unreadable("unsupported_fetch"); // The stream is locked.
  }
  if (pieces === undefined) return readByMethod(response, maxBytes);

  // A declared length is not relied on: it is the sender's word, and says nothing of what is unpacked on the way.
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  // Decoded when the next one is there: the last, mostly the only one, goes the way without a stream's book-keeping.
  let chunk: Uint8Array | undefined;
  for (;;) {
    const { done, value } = await pieces.next();
    if (done === true) return text + decoder.decode(chunk);
    if (chunk !== undefined) text += decoder.decode(chunk, { stream: true });
    const next: unknown = typeof value === "string" ? new TextEncoder().encode(value) : value;
    if (ArrayBuffer.isView(next) && (bytes += next.byteLength) <= maxBytes) {
      chunk = next as Uint8Array; // Decoding looks at the bytes alone.
      continue;
    }
    pieces.end().catch(() => undefined);
    return unreadable(bytes > maxBytes ? "too_large" : "unsupported_fetch");
  }
}

/** What a body is taken from, piece by piece. */
interface Pieces {
  readonly next: () => Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  /** Leaves the rest unread. */
  readonly end: () => Promise<unknown>;
}

/** The pieces of a web stream, or of the Node stream that node-fetch has instead. */
function piecesOf({ body }: ReadableAnswer): Pieces | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  if ("getReader" in body) {
    const reader = (body as ReadableStream<unknown>).getReader(); // By shape, as every realm has a class of its own.
    return { next: () => reader.read(), end: () => reader.cancel() };
  }
  if (!(Symbol.asyncIterator in body)) return undefined;
  const iterator = (body as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  return { next: () => iterator.next(), end: async () => iterator.return?.() };
}

/** For answers without a stream, as React Native and plain mocks have them: they are in memory before they are measured. */
async function readByMethod(response: ReadableAnswer, maxBytes: number): Promise<string | UnreadableBody> {
  // Mocks have no `Headers`, or none at all.
  const headers = response.headers as Partial<FetchAnswer["headers"]> | undefined;
  if (Number(headers?.get?.("content-length")) > maxBytes) return unreadable("too_large");
  let content: string | ArrayBuffer | undefined;
  if (typeof response.text === "function") content = await response.text();
  else if (typeof response.arrayBuffer === "function") content = await response.arrayBuffer();
  else if (typeof response.json === "function") content = JSON.stringify(await response.json());
  return content === undefined ? unreadable("unsupported_fetch") : readText(new Response(content), maxBytes);
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
