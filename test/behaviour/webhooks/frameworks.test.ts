import { request as httpRequest, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import express from "express";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PurseWebhookError } from "../../../src/index.js";
import {
  createWebhookHandler,
  createWebhookSecretHeader,
  type WebhookContext,
  type WebhookHandlerOptions,
} from "../../../src/webhooks/index.js";
import {
  startExpress,
  startFastify,
  startHono,
  startNode,
  type StartFramework,
} from "../../support/frameworks.js";
import type { ReceivingServer } from "../../support/receiving-server.js";
import { simulate, smallOrder, type Simulated } from "../../support/simulated.js";

const secret = "a-secret-between-shop-and-purse";
const nextSecret = "the-next-secret-of-the-shop";

let simulated: Simulated;
let servers: ReceivingServer[];
let handled: WebhookContext[];
let faults: PurseWebhookError[];
/** What the simulator says of its deliveries. */
let lines: string[];

beforeEach(() => {
  lines = [];
  simulated = simulate(
    {},
    { logger: (line) => line.startsWith("webhook") && lines.push(line.split(" ").slice(2).join(" ")) },
  );
  [servers, handled, faults] = [[], [], []];
});
afterEach(async () => {
  await simulated.simulator.close();
  await Promise.all(servers.map((server) => server.close()));
});

async function start(
  framework: StartFramework,
  options: Partial<WebhookHandlerOptions> = {},
): Promise<string> {
  const on = { fallback: (context: WebhookContext) => handled.push(context) };
  const handler = createWebhookHandler(simulated.purse, { secrets: [secret], on, ...options });
  const server = await framework(handler, { onError: (error) => faults.push(error) });
  servers.push(server);
  return server.url;
}

async function pay(url: string, given = secret): Promise<string> {
  const { purse, simulator } = simulated;
  const webhook = { url, headers: [createWebhookSecretHeader({ secret: given })] };
  const session = await purse.clientSessions.create({ ...smallOrder, webhook });
  await simulator.shopper.pay(session.id);
  await simulator.idle();
  return (await purse.clientSessions.retrieve(session.id)).payment_id ?? "";
}

function send(url: string, body: string, given = secret): Promise<Response> {
  const headers = { "content-type": "application/json", "x-purse-webhook-secret": given };
  return fetch(url, { method: "POST", headers, body });
}

const frameworks: readonly [string, StartFramework][] = [
  ["node:http", startNode],
  ["Express 5, nothing before the route", startExpress()],
  ["Express 5 behind express.json()", startExpress(express.json())],
  ["Express 5 behind express.raw()", startExpress(express.raw({ type: "*/*" }))],
  ["Express 5 behind express.text()", startExpress(express.text({ type: "*/*" }))],
  ["Express 5 behind express.urlencoded()", startExpress(express.urlencoded({ extended: true }))],
  [
    "Express 5 behind express.json() that keeps rawBody",
    startExpress(
      express.json({ verify: (request, _, bytes) => void Object.assign(request, { rawBody: bytes }) }),
    ),
  ],
  ["Fastify 5", startFastify()],
  [
    "Fastify 5 with a parser that keeps the bytes",
    startFastify((app) => {
      app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_, bytes, done) => {
        done(null, bytes);
      });
    }),
  ],
  [
    "Fastify 5 with a parser that leaves the stream alone",
    startFastify((app) => {
      app.addContentTypeParser("application/json", (_request, _payload, done) => {
        done(null);
      });
    }),
  ],
  ["Hono", startHono],
];

describe.each(frameworks)("with %s", (_, framework) => {
  test("a payment's webhook arrives and is handled once, however often it comes", async () => {
    const url = await start(framework);
    const id = await pay(url);
    expect(lines).toEqual(["delivered"]);
    const body = JSON.stringify(await simulated.purse.payments.retrieve(id));
    for (let index = 0; index < 3; index++) {
      const response = await send(url, body);
      expect([response.status, await response.text()]).toEqual([200, ""]);
    }
    expect(handled.map(({ event }) => event.changes)).toEqual([["authorized"]]);
    expect(faults).toEqual([]);
  });

  test("a handler that fails makes the sender try again, and its error is not in the answer", async () => {
    const told: unknown[] = [];
    let runs = 0;
    const fallback = async (): Promise<void> => {
      await Promise.resolve();
      runs += 1;
      if (runs === 1) throw new Error("the database is away");
    };
    const url = await start(framework, { on: { fallback }, onError: (error) => told.push(error) });
    await pay(url);
    expect(lines).toEqual(["answered with 500", "delivered"]);
    expect([runs, String(told)]).toEqual([2, "Error: the database is away"]);
  });

  test("each of several secrets is accepted, and none but these", async () => {
    const url = await start(framework, { secrets: [nextSecret, secret] });
    await pay(url, secret);
    await pay(url, nextSecret);
    expect([lines, handled.length]).toEqual([["delivered", "delivered"], 2]);
    const response = await send(url, "{}", "another-secret-than-ours");
    expect([response.status, await response.text()]).toEqual([401, ""]);
  });

  test("a body over the framework's or the handler's limit is refused", async () => {
    const url = await start(framework, { maxBytes: 1000 });
    const large = JSON.stringify({ id: "payment-1", padding: "x".repeat(3_000_000) });
    expect((await send(url, large)).status).toBe(413);
    const overOwnLimit = JSON.stringify({ id: "payment-1", padding: "x".repeat(1000) });
    expect((await send(url, overOwnLimit)).status).toBe(413);
    expect(handled).toEqual([]);
  });

  test("a body that is no JSON is refused", async () => {
    const url = await start(framework);
    expect((await send(url, "{")).status).toBe(400);
    expect((await send(url, "[]")).status).toBe(400);
  });
});

/** Reads the body to its end and keeps nothing of it, as some loggers and proxies do. */
const swallow: express.RequestHandler = (request, _, next) => {
  void text(request).then(() => {
    next();
  });
};

const swallowing: readonly [string, StartFramework][] = [
  ["Express 5", startExpress(swallow)],
  [
    "Fastify 5",
    startFastify((app) => {
      app.addContentTypeParser("application/json", async (_: unknown, payload: IncomingMessage) => {
        await text(payload);
        return undefined;
      });
    }),
  ],
];

test.each(swallowing)("%s with a body that something has eaten says what to change", async (_, framework) => {
  const url = await start(framework);
  const response = await send(url, JSON.stringify({ id: "payment-1" }));
  const advice = await response.text();
  expect(response.status).toBe(500);
  expect(advice).toContain("mount the webhook route before app.use(express.json())");
  expect(advice).toContain("leave the parser for application/json in place");
  expect(faults).toMatchObject([{ code: "webhook", reason: "body_consumed" }]);
  expect(handled).toEqual([]);
});

test("Express's own limit of 100 kB stands before a route behind express.json(), and not before one ahead of it", async () => {
  const payment = (id: string): string => JSON.stringify({ id, padding: "x".repeat(200_000) });
  const behind = await start(startExpress(express.json()));
  const id = await pay(behind);
  expect((await send(behind, payment(id))).status).toBe(413);
  expect((await send(await start(startExpress()), payment(id))).status).toBe(200);
});

test.each([
  ["node:http", startNode],
  ["Express 5", startExpress()],
])(
  "%s closes the connection of a sender whose body never ends, once it is too large",
  async (_, framework) => {
    const url = await start(framework);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { "content-type": "application/json", "x-purse-webhook-secret": secret };
      const request = httpRequest(url, {
        method: "POST",
        headers: { ...headers, "transfer-encoding": "chunked" },
      });
      request.on("response", resolve).on("error", reject);
      request.write(" ".repeat(3_000_000)); // And never an end.
    });
    expect([response.statusCode, response.headers.connection]).toEqual([413, "close"]);
  },
);
