import { beforeEach, expect, test } from "vitest";
import { callAndIgnoreErrors } from "../../../src/webhooks/once/call-and-ignore-errors.js";
import { settle } from "../../support/manual-clock.js";
import { createReceivers, type Receivers } from "../../support/webhook-receiver.js";
import { statedPayment } from "../../support/webhooks.js";

let receivers: Receivers;
beforeEach(() => {
  receivers = createReceivers();
});

const failing = (): never => {
  throw new Error("no");
};

test.each<[string, () => unknown]>([
  ["throws", failing],
  ["rejects", () => Promise.reject(new Error("no"))],
  ["gives something that only looks like a promise", () => ({ then: failing })],
])("an onError that %s does no harm", async (_, onError) => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): unknown => rejections.push(reason);
  process.on("unhandledRejection", note);
  const receive = receivers.create({ onError, on: { fallback: failing } });
  expect(await receivers.statusOf(receive())).toBe(500);
  callAndIgnoreErrors(onError);
  await settle();
  process.off("unhandledRejection", note);
  expect(rejections).toEqual([]);
});

test("odd entries among the headers that a payment echoes stop nothing", async () => {
  const headers = [null, 5, "x", {}, { name: "x-secret", values: ["s"] }];
  receivers.reader.answer = () => statedPayment({ webhook: { url: "https://shop.example", headers } });
  expect(await receivers.statusOf(receivers.create()())).toBe(200);
  expect(receivers.handled[0]?.payment.webhook?.headers).toEqual([{ name: "x-secret", values: [] }]);
});

test("a payment that cannot be made an event of is a failure, and its claims are given up", async () => {
  const odd = statedPayment({ webhook: {} });
  Object.defineProperty(odd.webhook, "headers", { get: failing });
  receivers.reader.answer = () => odd;
  const receive = receivers.create();
  expect(await receivers.statusOf(receive())).toBe(500);
  receivers.reader.answer = () => statedPayment();
  const startMs = receivers.clock.monotonicMs();
  expect(await receivers.statusOf(receive())).toBe(200);
  expect(receivers.clock.monotonicMs()).toBe(startMs);
  expect(receivers.handled).toHaveLength(1);
});

test("what the store fails at is told with the status that the delivery gets, and the payment", async () => {
  const { store, told, create, statusOf } = receivers;
  const release = (): Promise<never> => Promise.reject(new Error("down"));
  const broken = { ...store, release };
  expect(await statusOf(create({ store: broken, on: { fallback: failing } })())).toBe(500);
  expect(told).toMatchObject([
    [{ reason: "store_unavailable" }, { status: 500, paymentId: "payment-1" }],
    [new Error("no"), { status: 500, paymentId: "payment-1" }],
  ]);
});

test("and with 200 when the event was handled", async () => {
  const { store, told, create, statusOf } = receivers;
  const release = (): Promise<never> => Promise.reject(new Error("down"));
  expect(await statusOf(create({ store: { ...store, release } })())).toBe(200);
  expect(told).toMatchObject([[{ reason: "store_unavailable" }, { status: 200, paymentId: "payment-1" }]]);
});

test("and with 503 when the payment could not be read", async () => {
  const { store, told, reader, create, statusOf } = receivers;
  reader.answer = failing;
  const release = (): Promise<never> => Promise.reject(new Error("down"));
  expect(await statusOf(create({ store: { ...store, release } })())).toBe(503);
  expect(told[0]).toMatchObject([{ reason: "store_unavailable" }, { status: 503, paymentId: "payment-1" }]);
});
