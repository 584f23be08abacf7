import type { NodeRequest } from "./node-request.js";

/** Where a body comes from: still to be read, kept by a parser that has read it, or nowhere. */
export type NodeBody =
  | { readonly kind: "stream"; readonly content: ReadableStream<Uint8Array> }
  | { readonly kind: "kept"; readonly content: Uint8Array<ArrayBuffer> | string }
  | { readonly kind: "consumed" };

/** @param parsed what may carry `rawBody` and `body`: the request itself, or the framework's own. */
export function nodeBody(request: NodeRequest, parsed: object): NodeBody {
  const { rawBody, body } = parsed as { rawBody?: unknown; body?: unknown }; // Any object may have them.
  const kept = contentOf(rawBody) ?? contentOf(body);
  if (kept !== undefined) return { kind: "kept", content: kept };
  const isRead = request.readableDidRead === true || request.readableEnded === true;
  // Some parsers leave an empty object behind without having read anything.
  if (!isRead && isEmpty(body)) return { kind: "stream", content: streamOf(request) };
  return typeof body === "object" && body !== null
    ? { kind: "kept", content: JSON.stringify(body) }
    : { kind: "consumed" };
}

function contentOf(value: unknown): Uint8Array<ArrayBuffer> | string | undefined {
  if (value instanceof Uint8Array) return new Uint8Array(value); // A copy: it may lie in shared memory.
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === null || (typeof body === "object" && Object.keys(body).length === 0);
}

/**
 * Reads only what is asked for. An iterator that is merely left alone does not destroy the request, so that a body
 * that is too large can still be answered.
 */
function streamOf(request: NodeRequest): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let iterator: AsyncIterator<unknown> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        iterator ??= request[Symbol.asyncIterator]();
        const chunk: IteratorResult<unknown, unknown> = await iterator.next();
        if (chunk.done === true) controller.close();
        // Text, if an encoding is set on the stream.
        else
          controller.enqueue(
            chunk.value instanceof Uint8Array ? chunk.value : encoder.encode(String(chunk.value)),
          );
      },
    },
    { highWaterMark: 0 },
  );
}
