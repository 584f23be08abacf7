import { beforeEach, expect, it } from "vitest";
import { capturePayment, refundPayment, voidPayment } from "../../generated/operations.js";
import type { Payment, Problem } from "../../generated/schema.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { connect, type Caller } from "../unit/simulator/caller.js";

let simulator: Simulator;
let caller: Caller;
let payment: Payment;
beforeEach(async () => {
  simulator = createSimulator();
  caller = await connect(simulator);
  payment = await caller.pay();
});

const captures = (): number =>
  simulator.ledger.entries(payment.id).filter(({ kind }) => kind === "capture").length;

it("answers a used key with 409 and the id of the operation it created", async () => {
  const { id } = payment;
  const captured = await caller.operate(capturePayment, id, 1000, "key");
  const replay = await caller.call(capturePayment, { id, key: "key", body: { amount: 1000 } });
  expect(replay.status).toBe(409);
  expect(await replay.json()).toMatchObject({
    type: "urn:eu.purse:write-conflict",
    title: "Idempotency violation",
    status: 409,
    instance: `/v2/payments/${id}/captures`,
    resource_id: captured.captures[0]?.id ?? "",
  } satisfies Problem);
  expect(captures()).toBe(1);
});

it("answers a used key with 409 for any body, payment and kind", async () => {
  const { id } = payment;
  const other = await caller.pay();
  await caller.operate(capturePayment, id, 1000, "key");
  const calls = [
    caller.call(capturePayment, { id, key: "key", body: { amount: 2 } }),
    caller.call(capturePayment, { id, key: "key", body: { amount: "wrong" } }),
    caller.call(capturePayment, { id, key: "key", text: "{" }),
    caller.call(refundPayment, { id, key: "key", body: { amount: 1 } }),
    caller.call(voidPayment, { id: other.id, key: "key", body: { amount: 1 } }),
  ];
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([409, 409, 409, 409, 409]);
  expect(simulator.ledger.entries().filter(({ kind }) => kind !== "authorization")).toHaveLength(1);
});

it("executes one of many simultaneous calls with the same key", async () => {
  const calls = Array.from({ length: 20 }, () =>
    caller.call(capturePayment, { id: payment.id, key: "key", body: { amount: 10 } }),
  );
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(19);
  expect(captures()).toBe(1);
});

it("does not use up a key on a refused call", async () => {
  const { id } = payment;
  expect((await caller.call(capturePayment, { id, key: "key", body: { amount: 5001 } })).status).toBe(400);
  expect((await caller.call(capturePayment, { id, key: "key", body: {} })).status).toBe(400);
  expect(
    (await caller.call(capturePayment, { id, key: "key", token: "no", body: { amount: 1 } })).status,
  ).toBe(401);
  await caller.operate(capturePayment, id, 1, "key");
  expect(captures()).toBe(1);
});

it("executes every call without a key", async () => {
  await caller.operate(capturePayment, payment.id, 1);
  await caller.operate(capturePayment, payment.id, 1);
  expect(captures()).toBe(2);
});

it.each(["constructor", "__proto__", "toString"])("accepts %s as a key", async (key) => {
  await caller.operate(capturePayment, payment.id, 1, key);
  expect((await caller.call(capturePayment, { id: payment.id, key, body: { amount: 1 } })).status).toBe(409);
});

it("refuses empty and overlong keys", async () => {
  const { id } = payment;
  for (const key of ["", "k".repeat(256)]) {
    expect((await caller.call(capturePayment, { id, key, body: { amount: 1 } })).status).toBe(400);
  }
});
