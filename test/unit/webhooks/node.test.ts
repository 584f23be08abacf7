import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createConnection, type AddressInfo } from "node:net";
import { json, text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import type { PurseWebhookError } from "../../../src/index.js";
import { createHandler } from "../../../src/webhooks/handler.js";
import { toFastifyHandler, toNodeHandler, type NodeRequest } from "../../../src/webhooks/node.js";
import { systemClock } from "../../../src/clock.js";
import { stubReader, webhookSecret } from "../../support/webhooks.js";

let server: Server | undefined;
afterEach(async () => {
  const closing = server;
  server = undefined;
  closing?.closeAllConnections();
  await new Promise<void>((resolve) => {
    if (closing === undefined) resolve();
    else
      closing.close(() => {
        resolve();
      });
  });
});

async function listen(
  listener: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return `http://127.0.0.1:${String(port)}/purse?from=purse`;
}

function createReceiver(): { handler: (request: Request) => Promise<Response>; ids: string[] } {
  const ids: string[] = [];
  const on = { fallback: ({ event }: { event: { id: string } }) => ids.push(event.id) };
  return { handler: createHandler(stubReader(), { secrets: [webhookSecret], on }, systemClock), ids };
}

const headers = { "content-type": "application/json", "x-purse-webhook-secret": webhookSecret };
const post = (url: string, body: BodyInit = JSON.stringify({ id: "payment-1" })): Promise<Response> => {
  return fetch(url, { method: "POST", headers, body });
};

/** What express.json() and the like do before the route is reached. */
type Parser = (request: IncomingMessage) => Promise<object>;

const parsers: readonly [string, Parser][] = [
  ["nothing before it", () => Promise.resolve({})],
  ["express.json()", async (request) => ({ body: await json(request) })],
  ["express.raw()", async (request) => ({ body: Buffer.from(await text(request)) })],
  ["express.text()", async (request) => ({ body: await text(request) })],
  [
    "a parser that keeps rawBody",
    async (request) => {
      const rawBody = Buffer.from(await text(request));
      return { rawBody, body: { id: "not this one" } };
    },
  ],
  ["a parser for other content types", () => Promise.resolve({ body: {} })],
  [
    "an encoding set",
    (request) => {
      request.setEncoding("utf8");
      return Promise.resolve({});
    },
  ],
];

describe.each(parsers)("with %s", (_, parse) => {
  test("a delivery is handled, and a wrong secret refused", async () => {
    const { handler, ids } = createReceiver();
    const adapted = toNodeHandler(handler);
    const url = await listen((request, response) => {
      void parse(request).then((parsed) => adapted(Object.assign(request, parsed), response));
    });
    expect((await post(url)).status).toBe(200);
    const wrong = await fetch(url, {
      method: "POST",
      headers: { ...headers, "x-purse-webhook-secret": "no" },
      body: "{}",
    });
    expect([wrong.status, await wrong.text()]).toEqual([401, ""]);
    expect(ids).toEqual(["payment-1"]);
  });
});

describe("a body that is gone", () => {
  test("is answered with what to do about it, and told of", async () => {
    const told: PurseWebhookError[] = [];
    const { handler, ids } = createReceiver();
    const adapted = toNodeHandler(handler, { onError: (error) => told.push(error) });
    const url = await listen((request, response) => {
      void text(request).then(() => adapted(request, response));
    });
    const response = await post(url);
    expect(response.status).toBe(500);
    const advice = await response.text();
    for (const name of ["Express", "Fastify", "Next", "node:http"]) expect(advice).toContain(name);
    expect(told).toMatchObject([{ code: "webhook", reason: "body_consumed", status: 500 }]);
    expect(ids).toEqual([]);
  });

  test("does not crash without onError, or with one that fails", async () => {
    const failing = (): never => {
      throw new Error("no");
    };
    for (const options of [{}, { onError: failing }]) {
      const adapted = toNodeHandler(createReceiver().handler, options);
      const url = await listen((request, response) => {
        void text(request).then(() => adapted(request, response));
      });
      expect((await post(url)).status).toBe(500);
      server?.closeAllConnections();
      server?.close();
    }
  });
});

test("a body that is too large is answered, and the connection closed", async () => {
  const { handler } = createReceiver();
  const url = await listen(toNodeHandler(handler));
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest(url, {
      method: "POST",
      headers: { ...headers, "transfer-encoding": "chunked" },
    });
    request.on("response", resolve).on("error", reject);
    request.write(" ".repeat(3_000_000)); // And never an end.
  });
  expect([response.statusCode, response.headers.connection]).toEqual([413, "close"]);
});

test("a delivery that was read to its end leaves the connection open", async () => {
  const url = await listen(toNodeHandler(createReceiver().handler));
  expect((await post(url)).headers.get("connection")).not.toBe("close");
});

test("a body that breaks off crashes nothing", async () => {
  const { handler, ids } = createReceiver();
  const statuses: number[] = [];
  const adapted = toNodeHandler(async (request) => {
    const response = await handler(request);
    statuses.push(response.status);
    return response;
  });
  const { port } = new URL(await listen(adapted));
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = createConnection(Number(port), "127.0.0.1");
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${head.join("")}content-length: 100\r\n\r\n{"id":`, () =>
    socket.destroy(),
  );
  await expect.poll(() => statuses).toEqual([400]);
  expect(ids).toEqual([]);
});

test.each([
  ["GET", 405],
  ["HEAD", 405],
  ["DELETE", 405],
  ["TRACE", 400],
])("%s is answered with %d", async (method, status) => {
  const url = await listen(toNodeHandler(createReceiver().handler));
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(url, { method }).on("response", resolve).on("error", reject).end();
  });
  expect(response.statusCode).toBe(status);
});

/** As much of a request as a hand-made one can have. */
function bareRequest(members: object): NodeRequest {
  const chunks = [Buffer.from('{"id":'), Buffer.from('"payment-1"}')];
  return {
    method: "POST",
    url: "/purse",
    headers: { ...headers, ":path": "/purse", "x-several": ["a", "b"], "x-none": undefined },
    async *[Symbol.asyncIterator]() {
      yield* chunks;
      await Promise.resolve();
    },
    ...members,
  };
}

async function serve(
  request: NodeRequest,
  handler = createReceiver().handler,
): Promise<[number, Record<string, string>]> {
  const set: Record<string, string> = {};
  return new Promise((resolve) => {
    const response = {
      statusCode: 0,
      setHeader: (name: string, value: string) => (set[name] = value),
      end: () => {
        resolve([response.statusCode, set]);
      },
    };
    void toNodeHandler(handler)(request, response);
  });
}

test.each([["/purse"], ["*"], ["http://elsewhere.example/x"], ["//"], ["http://[broken"], [undefined]])(
  "a delivery to the address %j is handled",
  async (url) => {
    expect((await serve(bareRequest({ url })))[0]).toBe(200);
  },
);

test("pseudo headers of HTTP/2 are left out, and its connection is left alone", async () => {
  const wrong = { headers: { ...headers, ":path": "/", "x-purse-webhook-secret": "no" } };
  expect(await serve(bareRequest({ ...wrong, httpVersionMajor: 2 }))).toEqual([401, {}]);
  expect(await serve(bareRequest(wrong))).toEqual([401, { connection: "close" }]);
});

test("a parsed body is used where nothing says what became of the stream", async () => {
  const { handler, ids } = createReceiver();
  await serve(bareRequest({ body: { id: "payment-2" } }), handler);
  expect(ids).toEqual(["payment-2"]);
});

test("a lazy parser that throws is the sender's fault", async () => {
  const lazy = Object.defineProperty(bareRequest({}), "body", {
    get: () => {
      throw new SyntaxError("not JSON");
    },
  });
  expect((await serve(lazy))[0]).toBe(400);
});

test("headers of the answer are passed on", async () => {
  const handler = (): Promise<Response> =>
    Promise.resolve(new Response(null, { status: 503, headers: { "retry-after": "5" } }));
  expect(await serve(bareRequest({ readableEnded: true, body: {} }), handler)).toEqual([
    503,
    { "retry-after": "5" },
  ]);
});

describe("Fastify", () => {
  async function reply(
    members: object,
  ): Promise<{ sent: unknown[]; result: unknown; reply: object; ids: string[] }> {
    const { handler, ids } = createReceiver();
    const sent: unknown[] = [];
    const fastifyReply = {
      code: (status: number) => sent.push(status),
      header: (name: string, value: string) => sent.push([name, value]),
      send: (body?: string) => sent.push(body),
    };
    const raw = bareRequest({ readableDidRead: true, readableEnded: true });
    const result = await toFastifyHandler(handler)({ raw, ...members }, fastifyReply);
    return { sent, result, reply: fastifyReply, ids };
  }

  test("a parsed body is enough", async () => {
    const outcome = await reply({ body: { id: "payment-1", amount: 1 } });
    expect(outcome.sent).toEqual([200, ""]);
    expect(outcome.result).toBe(outcome.reply);
    expect(outcome.ids).toEqual(["payment-1"]);
  });

  test.each([
    ["rawBody", { rawBody: '{"id":"payment-1"}', body: { id: "not this one" } }],
    ["a body as bytes", { body: Buffer.from('{"id":"payment-1"}') }],
    ["a stream that was not read", { raw: bareRequest({}) }],
  ])("%s is used", async (_, members) => {
    expect((await reply(members)).ids).toEqual(["payment-1"]);
  });

  test("a body that is gone is answered with what to do about it", async () => {
    expect((await reply({})).sent).toEqual([500, expect.stringContaining("Fastify") as string]);
  });
});

test("an answer that a time-out of the framework has given meanwhile is left as it is", async () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => {
    rejections.push(reason);
  };
  process.on("unhandledRejection", note);
  const url = await listen((request, response) => {
    // Overtaken while it works.
    const handler = (): Promise<Response> => {
      response.writeHead(503).end("too slow");
      return Promise.resolve(new Response("done", { headers: { "x-late": "1" } }));
    };
    void toNodeHandler(handler)(request, response);
  });
  const response = await post(url);
  expect([response.status, await response.text()]).toEqual([503, "too slow"]);
  // Unhandled rejections are reported in a turn of their own.
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(rejections).toEqual([]);
});
