import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { capturePayment, refundPayment, voidPayment } from "../../generated/operations.js";
import type { Payment } from "../../generated/schema.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { connect, type Caller } from "../unit/simulator/caller.js";
import { checkSchema } from "../unit/simulator/contract.js";

interface Notification {
  method: string | undefined;
  headers: IncomingHttpHeaders;
  payment: Payment;
}

let simulator: Simulator;
let caller: Caller;
let receiver: Server;
let url: string;
let received: Notification[];
/** Answers in sequence, then 200. */
let answers: number[];

beforeEach(async () => {
  received = [];
  answers = [];
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      const payment = JSON.parse(body) as Payment;
      checkSchema("#/components/schemas/Payment", payment);
      received.push({ method: request.method, headers: request.headers, payment });
      response.writeHead(answers.shift() ?? 200, { location: "/elsewhere" }).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/hook`;
  simulator = createSimulator();
  caller = await connect(simulator);
});
afterEach(async () => {
  await simulator.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const versions = (): unknown[] => received.map(({ payment }) => payment.version);

it("sends the payment on every change, in order, with the merchant's headers", async () => {
  const headers = [
    { name: "x-secret", values: ["one", "two"] },
    { name: "content-length", values: ["1"] },
    { name: "bad name", values: ["x"] },
    { name: "x-broken", values: ["a\nb"] },
  ];
  const { id } = await caller.pay({ webhook: { url, headers } });
  await caller.operate(capturePayment, id, 1000);
  await caller.operate(refundPayment, id, 100);
  await caller.operate(voidPayment, id, 1);
  await simulator.idle();
  expect(versions()).toEqual([1, 2, 3, 4]);
  expect(received[0]).toMatchObject({
    method: "POST",
    headers: { "x-secret": "one, two", "content-type": "application/json" },
    payment: { id, amounts: { total_authorized: 5000, total_captured: 0 } },
  });
  expect(received[3]?.payment).toEqual(await caller.read(id));
});

// Behind a validating proxy the answer may arrive later than the webhook.
it.skipIf("VALIDATING_PROXY_URL" in process.env)("answers the call before sending the webhook", async () => {
  const { id } = await caller.pay({ webhook: { url } });
  await simulator.idle();
  await caller.operate(capturePayment, id, 1000);
  expect(received).toHaveLength(1);
  await simulator.idle();
  expect(received).toHaveLength(2);
});

it("retries, and delays later webhooks of the payment meanwhile", async () => {
  answers = [500, 302];
  const { id } = await caller.pay({ webhook: { url } });
  await caller.operate(capturePayment, id, 1000);
  await simulator.idle();
  expect(versions()).toEqual([1, 1, 1, 2]);
});

it("gives up after the fourth attempt", async () => {
  answers = [500, 500, 500, 500];
  await caller.pay({ webhook: { url } });
  await simulator.idle();
  expect(versions()).toEqual([1, 1, 1, 1]);
});

it("sends only the configured event types", async () => {
  const { id } = await caller.pay({ webhook: { url, event_types: ["PAYMENT_CAPTURE", "PAYMENT_VOID"] } });
  await caller.operate(capturePayment, id, 1000);
  await caller.operate(refundPayment, id, 100);
  await caller.operate(voidPayment, id, 1);
  await simulator.idle();
  expect(versions()).toEqual([2, 4]);
});

describe("a fault", () => {
  it("delays a webhook on the simulator's clock, so that the next one overtakes it", async () => {
    simulator.faults.add({ kind: "webhook_delay", delayMs: 3_600_000 });
    const { id } = await caller.pay({ webhook: { url } });
    await caller.operate(capturePayment, id, 1000);
    await simulator.clock.advance({ minutes: 59 });
    expect(versions()).toEqual([2]);
    await simulator.clock.advance({ minutes: 2 });
    expect(versions()).toEqual([2, 1]);
  });

  it("sends a webhook twice", async () => {
    simulator.faults.add({ kind: "webhook_duplicate" });
    const { id } = await caller.pay({ webhook: { url } });
    await caller.operate(capturePayment, id, 1000);
    await simulator.idle();
    expect(versions()).toEqual([1, 1, 2]);
  });

  it("sends a webhook after the next one of the payment", async () => {
    simulator.faults.add({ kind: "webhook_reorder" });
    const { id } = await caller.pay({ webhook: { url } });
    await caller.pay({ webhook: { url } });
    await simulator.clock.advance({});
    expect(received.map(({ payment }) => payment.id)).not.toContain(id);
    await caller.operate(capturePayment, id, 1000);
    await simulator.clock.advance({});
    const own = received.filter(({ payment }) => payment.id === id);
    expect(own.map(({ payment }) => payment.version)).toEqual([2, 1]);
  });

  it("sends a reordered webhook eventually, even without a next one", async () => {
    simulator.faults.add({ kind: "webhook_reorder" });
    await caller.pay({ webhook: { url } });
    await simulator.idle();
    expect(versions()).toEqual([1]);
  });

  it("drops a webhook, which can still be redelivered", async () => {
    simulator.faults.add({ kind: "webhook_never" });
    const { id } = await caller.pay({ webhook: { url } });
    await simulator.idle();
    expect(versions()).toEqual([]);
    const [swallowed] = simulator.webhooks(id);
    expect(swallowed).toMatchObject({ status: "dropped", fault: "webhook_never", attempts: [] });
    await simulator.redeliverWebhook(swallowed?.id ?? "");
    expect(versions()).toEqual([1]);
  });

  it("applies only to configured webhooks", async () => {
    simulator.faults.add({ kind: "webhook_never" });
    await caller.pay();
    expect(simulator.faults.list()).toHaveLength(1);
  });
});

describe("the webhook log", () => {
  it("contains each attempt and what was sent", async () => {
    answers = [500, 302];
    const { id } = await caller.pay({ webhook: { url } });
    await caller.operate(capturePayment, id, 1000);
    await simulator.idle();
    const [first, second] = simulator.webhooks();
    expect(first).toMatchObject({ paymentId: id, version: 1, url, status: "delivered" });
    expect(first?.attempts).toMatchObject([
      { outcome: "answered with 500", status: 500 },
      { outcome: "answered with 302", status: 302 },
      { outcome: "delivered", status: 200 },
    ]);
    const pausesMs = first?.attempts.map(({ atMs }) => atMs - (first.attempts[0]?.atMs ?? 0)) ?? [];
    expect(pausesMs).toHaveLength(3);
    expect(pausesMs[1]).toBeGreaterThanOrEqual(1000);
    expect(pausesMs[2]).toBeGreaterThanOrEqual(6000);
    expect(second).toMatchObject({ version: 2, eventType: "PAYMENT_CAPTURE" });
    expect(JSON.parse(second?.body ?? "")).toEqual(received.at(-1)?.payment);
  });

  it("redelivers a webhook unchanged", async () => {
    const { id } = await caller.pay({ webhook: { url } });
    await simulator.idle();
    await caller.operate(capturePayment, id, 1000);
    await simulator.idle();
    await simulator.redeliverWebhook(simulator.webhooks()[0]?.id ?? "");
    expect(versions()).toEqual([1, 2, 1]);
    expect(received[2]?.payment).toEqual(received[0]?.payment);
    await expect(simulator.redeliverWebhook("unknown")).rejects.toThrow(TypeError);
  });
});

it("reports a refused authorization", async () => {
  const { id } = await caller.createSession({ webhook: { url } });
  await simulator.shopper.refuse(id);
  await simulator.idle();
  expect(received[0]?.payment.authorization.status).toBe("REFUSED");
});

it.each(["ftp://127.0.0.1/hook", "urn:example"])("sends nothing to %s", async (address) => {
  await caller.pay({ webhook: { url: address } });
  await simulator.idle();
  expect(received).toEqual([]);
});

it("survives an unreachable receiver", async () => {
  const lines: string[] = [];
  const lonely = createSimulator({
    logger: (line) => lines.push(line),
    fetch: () => Promise.reject(new Error("gone")),
  });
  const { id } = await (await connect(lonely)).pay({ webhook: { url } });
  await lonely.idle();
  expect(lines.filter((line) => line.startsWith("webhook"))).toEqual(
    Array(4).fill(`webhook ${id} failed (Error)`),
  );
});

it("drops pending webhooks on close", async () => {
  let tries = 0;
  const closing = createSimulator({
    fetch: (_url, { signal }) => {
      tries += 1;
      return new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => {
          reject(new Error("aborted"));
        });
      });
    },
  });
  const own = await connect(closing);
  const { id } = await own.pay({ webhook: { url } });
  await expect.poll(() => tries).toBe(1);
  await closing.close();
  await own.operate(capturePayment, id, 1);
  await closing.idle();
  expect(tries).toBe(1);
});
