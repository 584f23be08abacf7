import { beforeEach, describe, expect, it } from "vitest";
import type { CreateClientSessionParams, Payment, Purse } from "../../src/index.js";
import { testAmounts, testCards } from "../../src/simulator/index.js";
import { simulateChecked } from "../support/checked.js";
import { movedBy, smallOrder, type Simulated } from "../support/simulated.js";
import { checkSchema } from "../unit/simulator/contract.js";

let simulator: Simulated["simulator"];
let purse: Purse;
beforeEach(() => {
  ({ simulator, purse } = simulateChecked({ settlementDelayMs: 60_000 }));
  simulator.clock.freeze();
});

async function pay(
  changes: Partial<CreateClientSessionParams> = {},
  card: string = testCards.approved.number,
): Promise<Payment> {
  const session = await purse.clientSessions.create({
    ...smallOrder,
    capture_mode: "AUTOMATIC",
    ...changes,
  });
  await simulator.shopper.pay(session.id, { card });
  const { payment_id: id } = await purse.clientSessions.retrieve(session.id);
  return read(id ?? "");
}

async function read(id: string): Promise<Payment> {
  const payment = await purse.payments.retrieve(id);
  checkSchema("#/components/schemas/Payment", payment);
  return payment;
}

const { amount } = smallOrder;

describe("an automatic payment", () => {
  it("is captured immediately", async () => {
    const payment = await pay();
    expect(payment).toMatchObject({ version: 2, overview: { captured: "TOTALLY" } });
    expect(movedBy(simulator, payment.id)).toEqual({ authorization: [amount], capture: [amount] });
  });

  it.each(["refused", "error"] as const)("is not captured when it was %s", async (name) => {
    const payment = await pay({}, testCards[name].number);
    expect(payment.captures).toEqual([]);
    expect(movedBy(simulator, payment.id)).toEqual({});
  });

  it("is captured once a pending authorization is approved", async () => {
    const { id, captures } = await pay({}, testCards.pendingThenApproved.number);
    expect(captures).toEqual([]);
    await simulator.clock.advance({ minutes: 1 });
    expect((await read(id)).captures).toMatchObject([{ amount, status: "SUCCESS" }]);
    expect(movedBy(simulator, id)).toEqual({ authorization: [amount], capture: [amount] });
  });

  it("shows a failed capture, which the merchant can repeat", async () => {
    const failing = testAmounts.operation.refuse;
    const order = { ...smallOrder.order, net_amount: failing };
    const { id, captures } = await pay({ amount: failing, order });
    expect(captures).toMatchObject([{ status: "FAILURE" }]);
    expect(movedBy(simulator, id)).toEqual({ authorization: [failing] });
    await purse.payments.capture(id, { amount: 100 });
    expect(movedBy(simulator, id)).toEqual({ authorization: [failing], capture: [100] });
  });
});

describe("a delayed capture", () => {
  const delayed = { capture_delay: "PT24H" };

  it("happens once, when it is due", async () => {
    const { id, authorization, captures } = await pay(delayed);
    expect(captures).toEqual([]);
    await simulator.clock.advance({ hours: 23, minutes: 59 });
    expect((await read(id)).captures).toEqual([]);
    await simulator.clock.advance({ days: 30 });
    const payment = await read(id);
    expect(payment.captures).toMatchObject([{ amount, status: "SUCCESS" }]);
    const waitedMs =
      Date.parse(payment.captures[0]?.created_at ?? "") - Date.parse(authorization.updated_at ?? "");
    expect(waitedMs).toBe(24 * 3_600_000);
    expect(movedBy(simulator, id)).toEqual({ authorization: [amount], capture: [amount] });
  });

  it("captures what the merchant has not captured or voided", async () => {
    const { id } = await pay(delayed);
    await purse.payments.capture(id, { amount: 5000 });
    await purse.payments.void(id, { amount: 1000 });
    await simulator.clock.advance({ days: 2 });
    expect(movedBy(simulator, id)).toEqual({
      authorization: [amount],
      capture: [5000, 6000],
      void: [1000],
    });
  });

  it("does not happen when everything was voided", async () => {
    const { id } = await pay(delayed);
    await purse.payments.void(id, { amount });
    await simulator.clock.advance({ days: 2 });
    expect((await read(id)).captures).toEqual([]);
  });

  it("is delayed from the time of authorization", async () => {
    const { id } = await pay({ capture_delay: "PT1M" }, testCards.pendingThenApproved.number);
    await simulator.clock.advance({ seconds: 119 });
    expect(await read(id)).toMatchObject({ authorization: { status: "AUTHORIZED" }, captures: [] });
    await simulator.clock.advance({ seconds: 1 });
    expect((await read(id)).captures).toHaveLength(1);
  });

  it("has no effect with manual capture", async () => {
    const { id } = await pay({ ...delayed, capture_mode: "MANUAL" });
    await simulator.clock.advance({ days: 2 });
    expect((await read(id)).captures).toEqual([]);
  });

  it("applies to payments without a page too", async () => {
    const { currency, order } = smallOrder;
    const { id } = await purse.payments.create({
      amount,
      currency,
      order,
      capture_mode: "AUTOMATIC",
      ...delayed,
      split: [{ partner: "dalenys", method: "creditcard" }],
    });
    await simulator.clock.advance({ days: 1 });
    expect(movedBy(simulator, id)).toEqual({ authorization: [amount], capture: [amount] });
  });
});
