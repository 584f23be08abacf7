import { gzipSync } from "node:zlib";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../src/clock.js";
import { createHandler } from "../../../src/webhooks/handler.js";
import { toFastifyHandler, toNodeHandler, type FetchHandler } from "../../../src/webhooks/node.js";
import { stubReader, webhookSecret } from "../../support/webhooks.js";

let server: Server | undefined;
let rejections: unknown[];
const note = (reason: unknown): unknown => rejections.push(reason);

beforeEach(() => {
  rejections = [];
  process.on("unhandledRejection", note);
});
afterEach(async () => {
  // Unhandled rejections are reported in a turn of their own.
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  expect(rejections).toEqual([]);
});

async function listen(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return `http://127.0.0.1:${String(port)}/`;
}

const headers = { "content-type": "application/json", "x-purse-webhook-secret": webhookSecret };

function post(
  url: string,
  body: BodyInit = '{"id":"payment-1"}',
  more: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, { method: "POST", headers: { ...headers, ...more }, body });
}

test("the promise is settled when the delivery is handled and answered, and not before", async () => {
  const events: string[] = [];
  let end = (): void => undefined;
  const handled = new Promise<void>((resolve) => (end = resolve));
  const adapted = toNodeHandler(async () => {
    events.push("begun");
    await handled;
    events.push("handled");
    return new Response(null, { status: 200 });
  });
  const url = await listen((request, response) => {
    // As Next's pages API and platforms that freeze a process once its function has returned.
    void Promise.resolve(adapted(request, response)).then(() => {
      events.push(response.writableEnded ? "returned after the answer" : "returned before the answer");
    });
  });
  const response = post(url);
  await expect.poll(() => events).toEqual(["begun"]);
  end();
  expect((await response).status).toBe(200);
  expect(events).toEqual(["begun", "handled", "returned after the answer"]);
});

const failing: readonly [string, FetchHandler][] = [
  ["gives Response.error()", () => Promise.resolve(Response.error())],
  ["rejects", () => Promise.reject(new Error("no"))],
  [
    "throws",
    () => {
      throw new Error("no");
    },
  ],
  ["gives nothing", () => Promise.resolve(undefined as unknown as Response)], // As from JavaScript.
  [
    "gives a body that breaks off",
    () =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            pull(controller) {
              controller.error(new Error("no"));
            },
          }),
        ),
      ),
  ],
];

test.each([toNodeHandler, toFastifyHandler])("a misspelt option of %o is refused at once", (adapt) => {
  const handler = (): Promise<Response> => Promise.resolve(new Response());
  expect(() => adapt(handler, { onerror: () => undefined } as never)).toThrow(
    "options.onerror is not known. Did you mean onError?",
  );
  expect(() => adapt(handler, { onError: "log" } as never)).toThrow("options.onError must be a function");
  expect(() => adapt(undefined as never)).toThrow("handler must be a function");
});

describe.each(failing)("a handler that %s", (_, handler) => {
  test("is answered with 500 over node:http", async () => {
    const adapted = toNodeHandler(handler);
    expect((await post(await listen((request, response) => void adapted(request, response)))).status).toBe(
      500,
    );
  });

  test("is answered with 500 over Fastify", async () => {
    const codes: number[] = [];
    const reply = {
      code: (status: number) => codes.push(status),
      header: () => undefined,
      send: () => undefined,
    };
    const raw = {
      method: "POST",
      headers,
      async *[Symbol.asyncIterator]() {
        yield await Promise.resolve(Buffer.from("{}"));
      },
    };
    await toFastifyHandler(handler)({ raw, body: { id: "payment-1" } }, reply);
    expect(codes).toEqual([500]);
  });
});

test("a response that cannot be written to any more ends in a promise that is kept", async () => {
  const adapted = toNodeHandler(() => Promise.resolve(new Response(null, { status: 200 })));
  let settled: unknown = "not yet";
  const url = await listen((request, response) => {
    response.setHeader = (): never => {
      throw new Error("closed");
    };
    response.end = (): never => {
      throw new Error("closed");
    };
    void Promise.resolve(adapted(request, response)).then(
      () => (settled = "kept"),
      () => (settled = "rejected"),
    );
  });
  const lost = post(url).catch(() => "lost");
  await expect.poll(() => settled).toBe("kept");
  server?.closeAllConnections();
  expect(await lost).toBe("lost");
});

describe("a gzipped delivery", () => {
  const packed = new Uint8Array(gzipSync('{"id":"payment-1"}'));

  function createReceiver(): { handler: FetchHandler; ids: string[] } {
    const ids: string[] = [];
    const on = { fallback: ({ event }: { event: { id: string } }) => ids.push(event.id) };
    return { handler: createHandler(stubReader(), { secrets: [webhookSecret], on }, systemClock), ids };
  }

  test("is handled over node:http", async () => {
    const { handler, ids } = createReceiver();
    const adapted = toNodeHandler(handler);
    const url = await listen((request, response) => void adapted(request, response));
    expect((await post(url, packed, { "content-encoding": "gzip" })).status).toBe(200);
    expect(ids).toEqual(["payment-1"]);
  });

  test.each<[string, (bytes: Buffer) => object]>([
    [
      "a parser that unpacks and leaves the header, as express.json() does",
      () => ({ body: { id: "payment-1" } }),
    ],
    ["a parser that keeps the raw bytes as they came", (bytes) => ({ rawBody: bytes, body: {} })],
    ["a parser that keeps the raw bytes unpacked", () => ({ rawBody: Buffer.from('{"id":"payment-1"}') })],
  ])("is handled behind %s", async (_, parse) => {
    const { handler, ids } = createReceiver();
    const adapted = toNodeHandler(handler);
    const url = await listen((request, response) => {
      void text(request).then(() => adapted(Object.assign(request, parse(Buffer.from(packed))), response));
    });
    expect((await post(url, packed, { "content-encoding": "gzip" })).status).toBe(200);
    expect(ids).toEqual(["payment-1"]);
  });
});
