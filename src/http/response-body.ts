import type { UnreadableReason } from "../errors/unreadable-response-error.js";
import type { FetchAnswer } from "./fetch-like.js";
/** The largest answer that is read, after decompression. */
export const maxAnswerBytes: number = 16 * 1024 * 1024;

/** The words for the reason `unsupported_fetch`. */
export const faultOfFetch =
  "the answer of this client's `fetch` has no body stream, text(), arrayBuffer() or json() that can be read (unsupported_fetch)";

export type JsonObject = Record<string, unknown>;

export type AnswerBody =
  | { readonly kind: "object"; readonly value: JsonObject }
  | { readonly kind: "unreadable"; readonly reason: UnreadableReason };

/** A `Response`, or another fetch's answer that lacks members of it. */
type ReadableAnswer = Partial<FetchAnswer & Pick<Response, "bodyUsed" | "text" | "arrayBuffer" | "json">>;

type UnreadableBody = AnswerBody & { kind: "unreadable" };

/**
 * Reads a whole body, up to a limit, as JSON; its content type does not matter. Rejects only if the connection fails.
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

  // The declared length is not used: it is only the sender's claim, and decompression changes it.
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  // Decoded once the next one is there: decoding the last one, usually the only one, without `stream` is faster.
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

/** A body's source, piece by piece. */
interface Pieces {
  readonly next: () => Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  /** Leaves the rest unread. */
  readonly end: () => Promise<unknown>;
}

/** The pieces of a web stream, or of node-fetch's Node stream. */
function piecesOf({ body }: ReadableAnswer): Pieces | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  if ("getReader" in body) {
    const reader = (body as ReadableStream<unknown>).getReader(); // Recognized by shape: every realm has a class of its own.
    return { next: () => reader.read(), end: () => reader.cancel() };
  }
  if (!(Symbol.asyncIterator in body)) return undefined;
  const iterator = (body as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  return { next: () => iterator.next(), end: async () => iterator.return?.() };
}

/** For answers without a stream (React Native, mocks): their size is known only once they are in memory. */
async function readByMethod(response: ReadableAnswer, maxBytes: number): Promise<string | UnreadableBody> {
  // Mocks may have other headers, or none.
  const headers = response.headers as Partial<FetchAnswer["headers"]> | undefined;
  if (Number(headers?.get?.("content-length")) > maxBytes) return unreadable("too_large");
  let content: string | ArrayBuffer | undefined;
  if (typeof response.text === "function") content = await response.text();
  else if (typeof response.arrayBuffer === "function") content = await response.arrayBuffer();
  else if (typeof response.json === "function") content = JSON.stringify(await response.json());
  return content === undefined ? unreadable("unsupported_fetch") : readText(new Response(content), maxBytes);
}

/** Whether a member `__proto__` may occur, literally or escaped. */
function mayNameAPrototype(text: string): boolean {
  if (text.includes("__proto__")) return true;
  // The plain search first: it is many times faster, and nearly always enough.
  return text.includes("\\u00") && /\\u00(?:5f|6f|7[024])/i.test(text);
}

function withoutPrototypeMembers(this: unknown, key: string, value: unknown): unknown {
  return key === "__proto__" ? undefined : value;
}
