import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import { createReceivers } from "../../support/webhook-receiver.js";
import { webhookSecret } from "../../support/webhooks.js";
import { createHandler } from "../../../src/webhooks/handler.js";

const limit = 100_000;
const json = JSON.stringify({ id: "payment-1", padding: "x".repeat(5000) });

afterEach(() => {
  vi.unstubAllGlobals();
});

interface Answer {
  readonly status: number;
  readonly told: unknown;
  readonly handled: number;
}

async function deliver(body: BodyInit, encoding: string | undefined): Promise<Answer> {
  const { clock, reader, store, handled, told } = createReceivers();
  const handler = createHandler(
    reader,
    {
      secrets: [webhookSecret],
      store,
      maxBytes: limit,
      on: { fallback: (context) => handled.push(context) },
      onError: (error, context) => told.push([error, context]),
    },
    clock,
  );
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-purse-webhook-secret": webhookSecret,
      ...(encoding === undefined ? {} : { "content-encoding": encoding }),
    },
    body,
    duplex: "half",
  };
  const { status } = await handler(new Request("https://shop.example/purse", init));
  return { status, told: told[0]?.[0], handled: handled.length };
}

const bytes = (content: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(content);

test.each([["gzip"], ["GZIP"], ["x-gzip"], [undefined]])(
  "a gzipped delivery whose content-encoding is %j is unpacked and handled",
  async (encoding) => {
    expect(await deliver(bytes(gzipSync(json)), encoding)).toMatchObject({ status: 200, handled: 1 });
  },
);

test.each([["gzip"], ["br"], ["identity"]])(
  "a delivery that something has unpacked before, leaving content-encoding %j behind, is handled",
  async (encoding) => {
    expect(await deliver(json, encoding)).toMatchObject({ status: 200, handled: 1 });
  },
);

test("a gzipped delivery of exactly the limit is read, one byte more is not", async () => {
  const padded = (size: number): Uint8Array<ArrayBuffer> =>
    bytes(gzipSync(`{"id":"payment-1"}${" ".repeat(size - 18)}`));
  expect(await deliver(padded(limit), "gzip")).toMatchObject({ status: 200 });
  expect(await deliver(padded(limit + 1), "gzip")).toMatchObject({
    status: 413,
    told: { reason: "body_too_large" },
  });
});

test("a bomb is not unpacked to its end", async () => {
  let unpacked = 0;
  const { DecompressionStream: Unpacking } = globalThis;
  vi.stubGlobal(
    "DecompressionStream",
    class {
      readonly readable: ReadableStream<Uint8Array>;
      readonly writable: WritableStream<BufferSource>;
      constructor(format: CompressionFormat) {
        const { readable, writable } = new Unpacking(format);
        const counting = new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            unpacked += chunk.byteLength;
            controller.enqueue(chunk);
          },
        });
        this.writable = writable;
        this.readable = readable.pipeThrough(counting);
      }
    },
  );
  const bomb = bytes(gzipSync(new Uint8Array(30_000_000), { level: 9 }));
  expect(bomb.byteLength).toBeLessThan(limit);
  expect(await deliver(bomb, "gzip")).toMatchObject({ status: 413, handled: 0 });
  expect(unpacked).toBeGreaterThan(limit);
  expect(unpacked).toBeLessThan(3_000_000);
});

test("a gzipped body that goes on and on without saying anything is not read to its end", async () => {
  let taken = 0;
  const head = gzipSync("", { level: 0 }).subarray(0, 10);
  const empty = bytes(Uint8Array.from({ length: 5000 }, (_, index) => [0, 0, 0, 255, 255][index % 5] ?? 0));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(taken === 0 ? head : empty);
      taken += 1;
    },
  });
  expect(await deliver(body, "gzip")).toMatchObject({ status: 413 });
  expect(taken).toBeLessThan(50);
});

test.each<[string, Uint8Array]>([
  ["cut off", gzipSync(json).subarray(0, 60)],
  ["damaged", gzipSync(json).map((byte, index) => (index > 20 && index < 30 ? byte ^ 255 : byte))],
  ["of one gzip byte pair alone", Uint8Array.of(0x1f, 0x8b)],
])("a gzipped body that is %s is refused, and nothing is left unhandled", async (_, content) => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): unknown => rejections.push(reason);
  process.on("unhandledRejection", note);
  expect(await deliver(bytes(content), "gzip")).toMatchObject({
    status: 400,
    told: { reason: "body_invalid" },
    handled: 0,
  });
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(rejections).toEqual([]);
});

test.each<[string, Uint8Array]>([
  ["br", brotliCompressSync(json)],
  ["deflate", deflateSync(json)],
  ["zstd", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd)],
  ["gzip, br", brotliCompressSync(gzipSync(json))],
])("a delivery compressed as %s is answered with 415 and told of by name", async (encoding, content) => {
  expect(await deliver(bytes(content), encoding)).toMatchObject({
    status: 415,
    told: { reason: "content_encoding_unsupported" },
    handled: 0,
  });
});

test("where the runtime cannot unpack, a gzipped delivery is answered with 415 and told of by name", async () => {
  vi.stubGlobal("DecompressionStream", undefined);
  expect(await deliver(bytes(gzipSync(json)), "gzip")).toMatchObject({
    status: 415,
    told: { reason: "content_encoding_unsupported" },
  });
});
