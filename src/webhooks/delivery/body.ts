import { PurseWebhookError } from "../../errors/webhook-error.js";

/**
 * Reads a request's body as a JSON object, and no more of it than allowed. Its content is not trusted.
 *
 * A body that begins as gzip does is unpacked, and the header is not asked: no JSON begins like that, and a parser that
 * has unpacked a body before often leaves the header behind.
 *
 * @throws PurseWebhookError when it is too large, cut off, compressed in another way, or no JSON object.
 */
export async function readJsonObject(request: Request, maxBytes: number): Promise<Record<string, unknown>> {
  if (request.bodyUsed) {
    throw new PurseWebhookError("body_consumed", "The request's body was read before; pass it on unread.");
  }
  // A declared length over the limit is refused at once. A smaller one is not trusted.
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLarge(maxBytes);
  const bytes = await readBytes(request.body, maxBytes, () => {
    throw new PurseWebhookError("body_unreadable", "The connection ended before the body did.");
  });
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = new TextDecoder().decode(isGzip ? await unpack(bytes, maxBytes) : bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const encoding = request.headers.get("content-encoding") ?? "identity";
    if (!isGzip && encoding !== "identity") throw unsupportedEncoding();
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

function unsupportedEncoding(): PurseWebhookError {
  const message =
    "The body is compressed in a way that is not supported here; gzip is, where the runtime has it.";
  return new PurseWebhookError("content_encoding_unsupported", message);
}

function tooLarge(maxBytes: number): PurseWebhookError {
  return new PurseWebhookError("body_too_large", `The body is larger than ${String(maxBytes)} bytes.`);
}

async function unpack(packed: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<Uint8Array> {
  const { DecompressionStream } = globalThis as Partial<typeof globalThis>; // Not every runtime has it.
  if (DecompressionStream === undefined) throw unsupportedEncoding();
  return readBytes(inPieces(packed).pipeThrough(new DecompressionStream("gzip")), maxBytes, () => {
    throw invalidBody("The body is no whole gzip.");
  });
}

/** Some runtimes unpack a piece as a whole before any of it is read: from this much, gzip makes a mebibyte at most. */
const pieceBytes = 1024;

function inPieces(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let start = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): void => {
    controller.enqueue(bytes.subarray(start, start + pieceBytes));
    start += pieceBytes;
    if (start >= bytes.byteLength) controller.close();
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

/** Counts while it reads, so that no more than the limit is ever held. */
async function readBytes(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  onFailure: () => never,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read().catch(onFailure);
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    chunks.push(new Uint8Array(value));
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
