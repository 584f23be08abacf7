import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Payment, Webhook } from "../../../src/index.js";
import {
  createWebhookHandler,
  createWebhookSecretHeader,
  type WebhookChange,
  type WebhookContext,
  type WebhookHandlerOptions,
} from "../../../src/webhooks/index.js";
import { toNodeHandler } from "../../../src/webhooks/node.js";
import { startReceiving, type ReceivingServer } from "../../support/receiving-server.js";
import { simulate, smallOrder, type Simulated } from "../../support/simulated.js";

const secret = "a-secret-between-shop-and-purse";

let simulated: Simulated;
let handled: WebhookContext[];
let servers: ReceivingServer[];
/** What the simulator says of its deliveries. */
let lines: string[];

beforeEach(() => {
  lines = [];
  simulated = simulate(
    {},
    { logger: (line) => line.startsWith("webhook") && lines.push(line.split(" ").slice(2).join(" ")) },
  );
  handled = [];
  servers = [];
});
afterEach(async () => {
  await simulated.simulator.close();
  await Promise.all(servers.map((server) => server.close()));
});

async function startReceiver(options: Partial<WebhookHandlerOptions> = {}): Promise<string> {
  const on = { fallback: (context: WebhookContext) => handled.push(context) };
  const handler = createWebhookHandler(simulated.purse, { secrets: [secret], on, ...options });
  const server = await startReceiving(toNodeHandler(handler));
  servers.push(server);
  return server.url;
}

async function pay(webhook?: Webhook, refuse = false): Promise<string> {
  const { purse, simulator } = simulated;
  const session = await purse.clientSessions.create({
    ...smallOrder,
    ...(webhook === undefined ? {} : { webhook }),
  });
  await (refuse ? simulator.shopper.refuse(session.id) : simulator.shopper.pay(session.id));
  return (await purse.clientSessions.retrieve(session.id)).payment_id ?? "";
}

function webhookTo(url: string, given = secret): Webhook {
  return { url, headers: [createWebhookSecretHeader({ secret: given })] };
}

const send = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> => {
  const all = { "content-type": "application/json", "x-purse-webhook-secret": secret, ...headers };
  return fetch(url, { method: "POST", headers: all, body: JSON.stringify(body) });
};

const changesHandled = (): (readonly WebhookChange[])[] => handled.map(({ event }) => event.changes);

test("a payment's life arrives, one change after the other", async () => {
  const { purse, simulator } = simulated;
  const id = await pay(webhookTo(await startReceiver()));
  await simulator.idle();
  for (const change of [
    () => purse.payments.capture(id, { amount: 5000 }),
    () => purse.payments.refund(id, { amount: 1000 }),
    () => purse.payments.void(id, { amount: 7000 }),
  ]) {
    await change();
    await simulator.idle();
  }
  expect(changesHandled()).toEqual([["authorized"], ["captured"], ["refunded"], ["voided"]]);
  expect(lines).toEqual(Array(4).fill("delivered"));
  const { webhook, ...rest } = await purse.payments.retrieve(id);
  expect(handled.at(-1)?.payment).toMatchObject(rest);
  // The service echoes the secret; handlers do not get to see it.
  expect(webhook?.headers?.[0]?.values[0]).toBeTypeOf("string");
  expect(handled.at(-1)?.payment.webhook?.headers).toEqual([
    { name: webhook?.headers?.[0]?.name, values: [] },
  ]);
});

test("a refusal arrives", async () => {
  await pay(webhookTo(await startReceiver()), true);
  await simulated.simulator.idle();
  expect(changesHandled()).toEqual([["refused"]]);
});

test("deliveries that come late, in any order, end in the newest state, handled once", async () => {
  const { purse } = simulated;
  const url = await startReceiver();
  const id = await pay();
  await purse.payments.capture(id, { amount: 5000 });
  // The first that comes reads what the others are about.
  for (const version of [1, 2, 1]) expect((await send(url, { id, version })).status).toBe(200);
  expect(changesHandled()).toEqual([["authorized", "captured"]]);
});

test("a handler that fails gets the event again, until it succeeds, and then no more", async () => {
  let runs = 0;
  const url = await startReceiver({
    on: {
      fallback: () => {
        runs += 1;
        if (runs < 3) throw new Error("the database is away");
      },
    },
  });
  const id = await pay(webhookTo(url));
  await simulated.simulator.idle();
  expect(lines).toEqual(["answered with 500", "answered with 500", "delivered"]);
  expect((await send(url, await simulated.purse.payments.retrieve(id))).status).toBe(200);
  expect(runs).toBe(3);
});

describe("another sender", () => {
  test("with a wrong secret gets nowhere, and nothing is read", async () => {
    const url = await startReceiver();
    const id = await pay();
    const before = simulated.simulator.requests().length;
    for (const wrong of ["", "x", secret.slice(1), `${secret}x`, "x".repeat(5000)]) {
      expect((await send(url, { id }, { "x-purse-webhook-secret": wrong })).status).toBe(401);
    }
    expect(simulated.simulator.requests().length).toBe(before);
    expect(handled).toEqual([]);
  });

  test("with the right secret cannot make a payment look paid", async () => {
    const url = await startReceiver();
    const id = await pay(undefined, true);
    const real = await simulated.purse.payments.retrieve(id);
    const forged = {
      ...real,
      version: 99,
      authorization: { ...real.authorization, status: "AUTHORIZED" },
      amounts: { ...real.amounts, total_authorized: 12000, total_captured: 12000 },
      entity_id: "evil",
    };
    // What is real is handled; for the version that there is not, the sender may come again, a few times.
    expect((await send(url, forged)).status).toBe(503);
    expect(handled.map(({ payment }) => payment)).toEqual([real]);
    expect(changesHandled()).toEqual([["refused"]]);
  });

  test.each([
    ["a payment that does not exist", "3f0c3f3e-7a3e-4d0e-8f3e-1d2c3b4a5f60"],
    ["no UUID", "hello"],
    ["a path", "../client-sessions"],
    ["an encoded path", "..%2f..%2foauth"],
  ])("with the right secret and the id of %s is told not to come again", async (_, id) => {
    const url = await startReceiver();
    const response = await send(url, { id });
    expect([response.status, response.headers.get("retry-after")]).toEqual([400, null]);
    expect(handled).toEqual([]);
  });
});

test("replays are dropped, also those of older states", async () => {
  const { purse, simulator } = simulated;
  const url = await startReceiver();
  const id = await pay(webhookTo(url));
  await simulator.idle();
  const states: Payment[] = [await purse.payments.retrieve(id)];
  for (const amount of [1000, 2000, 3000]) {
    states.push({ ...(await purse.payments.capture(id, { amount })) });
    await simulator.idle();
  }
  expect(handled).toHaveLength(4);
  for (const state of [...[...states].reverse(), ...states, ...states]) {
    expect((await send(url, state)).status).toBe(200);
  }
  expect(handled).toHaveLength(4);
});

test("a service that answers with older states does not turn time back", async () => {
  const { purse, simulator } = simulated;
  const id = await pay();
  const old = await purse.payments.retrieve(id);
  await purse.payments.capture(id, { amount: 1000 });
  const now = await purse.payments.retrieve(id);
  const answers = [now, old, old, now];
  const handler = createWebhookHandler(
    { payments: { retrieve: () => Promise.resolve(answers.shift() ?? now) } },
    { secrets: [secret], on: { fallback: (context) => handled.push(context) } },
  );
  const server = await startReceiving(toNodeHandler(handler));
  servers.push(server);
  for (const { version = 0 } of [now, old, old, now]) await send(server.url, { id, version });
  expect(handled.map(({ event }) => event.version)).toEqual([now.version]);
  await simulator.idle();
});

test("a secret is rotated without losing a delivery", async () => {
  const next = "the-next-secret-of-the-shop";
  // The receiver learns the new one first; sessions of both kinds are under way.
  const both = await startReceiver({ secrets: [next, secret] });
  await pay(webhookTo(both, secret));
  await pay(webhookTo(both, next));
  await simulated.simulator.idle();
  expect(handled).toHaveLength(2);
  // Once the old one is dropped, it is worth nothing.
  const onlyNext = await startReceiver({ secrets: [next] });
  expect((await send(onlyNext, { id: "x" })).status).toBe(401);
});

test("a service that is down makes the sender come again", async () => {
  let isDown = true;
  const { simulator } = simulated;
  const id = await pay();
  const { purse } = simulate({
    baseUrl: simulator.baseUrl,
    maxRetries: 0,
    fetch: (url, init) =>
      isDown ? Promise.reject(new TypeError("fetch failed")) : simulator.fetch(url, init),
  });
  const handler = createWebhookHandler(purse, {
    secrets: [secret],
    on: { fallback: (context) => handled.push(context) },
  });
  const server = await startReceiving(toNodeHandler(handler));
  servers.push(server);
  const response = await send(server.url, { id });
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "30"]);
  isDown = false;
  // A failed token request is damped for a second.
  await expect
    .poll(async () => (await send(server.url, { id })).status, { timeout: 5000, interval: 200 })
    .toBe(200);
  expect(handled).toHaveLength(1);
});
