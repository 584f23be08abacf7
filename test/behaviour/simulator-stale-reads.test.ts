import { describe, expect, it } from "vitest";
import { isPurseError, type PurseOutcomeUnknownError } from "../../src/index.js";
import { createSimulator, type Fault } from "../../src/simulator/index.js";
import { createWebhookHandler, createWebhookSecretHeader } from "../../src/webhooks/index.js";
import { movedBy, paidPayment, simulate, smallOrder } from "../support/simulated.js";

/** Expects an unknown outcome and returns it. */
async function unknownOutcome(call: Promise<unknown>): Promise<PurseOutcomeUnknownError> {
  const error: unknown = await call.then(
    () => "success",
    (reason: unknown) => reason,
  );
  if (isPurseError(error) && error.code === "outcome_unknown") return error;
  throw new Error(`The outcome is not unknown but ${String(error)}`);
}

const stale: Fault = { kind: "stale_read", times: "always" };
const lost: Fault = { kind: "drop_after", operation: "capturePayment" };

describe("a stale read", () => {
  it("shows the payment before its last change, the given number of times, and affects no other call", async () => {
    const simulated = simulate();
    const { simulator, purse } = simulated;
    const before = await paidPayment(simulated);
    const { id } = before;
    simulator.faults.add({ kind: "stale_read", times: 2 });
    // Nothing has changed yet, so there is no earlier state.
    expect(await purse.payments.retrieve(id)).toEqual(before);
    expect((await purse.payments.capture(id, { amount: 100 })).amounts.total_captured).toBe(100);
    expect(await purse.payments.retrieve(id)).toEqual(before);
    expect(await purse.payments.retrieve(id)).toEqual(before);
    const now = await purse.payments.retrieve(id);
    expect([now.version, now.captures.length]).toEqual([(before.version ?? 0) + 1, 1]);
    expect(simulator.requests().filter(({ fault }) => fault === "stale_read")).toHaveLength(2);
  });

  it("catches up after lagMs on the simulator's clock, and is stale again after the next change", async () => {
    const simulated = simulate();
    const { simulator, purse } = simulated;
    const { id } = await paidPayment(simulated);
    simulator.clock.freeze();
    simulator.faults.add({ ...stale, lagMs: 5000 });
    const capturesShown = async (): Promise<number> => (await purse.payments.retrieve(id)).captures.length;
    for (const before of [0, 1]) {
      await purse.payments.capture(id, { amount: 100 });
      expect(await capturesShown()).toBe(before);
      await simulator.clock.advance({ ms: 4999 });
      expect(await capturesShown()).toBe(before);
      await simulator.clock.advance({ ms: 1 });
      expect(await capturesShown()).toBe(before + 1);
    }
  });

  it.each(["authorization", "operation"])("is stale after a settlement: an %s", async (what) => {
    const simulated = simulate();
    const { simulator, purse } = simulated;
    if (what === "authorization") simulator.partners.next("undecided", { kind: "authorization" });
    const { id } = await paidPayment(simulated);
    if (what === "operation") {
      simulator.partners.next("undecided", { kind: "capture" });
      await purse.payments.capture(id, { amount: 100 });
    }
    const before = await purse.payments.retrieve(id);
    simulator.partners.settle(before.captures[0]?.id ?? id, "approve");
    simulator.faults.add({ kind: "stale_read" });
    expect(await purse.payments.retrieve(id)).toEqual(before);
    const now = await purse.payments.retrieve(id);
    expect([now.authorization.status, now.captures.map(({ status }) => status)]).toEqual([
      "AUTHORIZED",
      what === "operation" ? ["SUCCESS"] : [],
    ]);
  });

  it("stays stale after dump and load", async () => {
    const simulated = simulate();
    const { id } = await paidPayment(simulated);
    await simulated.purse.payments.capture(id, { amount: 100 });
    simulated.simulator.faults.add(stale);
    const state = JSON.parse(JSON.stringify(simulated.simulator.dump())) as ReturnType<
      typeof simulated.simulator.dump
    >;
    const { purse, simulator } = simulate({}, { state });
    expect((await purse.payments.retrieve(id)).captures).toEqual([]);
    simulator.faults.clear();
    expect((await purse.payments.retrieve(id)).captures).toHaveLength(1);
  });

  it("requires a token", async () => {
    const simulated = simulate();
    const { simulator } = simulated;
    const { id } = await paidPayment(simulated);
    await simulated.purse.payments.capture(id, { amount: 100 });
    simulator.faults.add(stale);
    const answer = await simulator.fetch(`${simulator.baseUrl}/payment/v2/payments/${id}`);
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain("captures");
  });

  it.each([
    [{ kind: "stale_read", operation: "capturePayment" }, "getPayment"],
    [{ kind: "stale_read", lagMs: 0 }, "lagMs"],
    [{ kind: "drop_after", lagMs: 5 }, "stale_read"],
  ] satisfies [Fault, string][])("is refused as %j", (fault, word) => {
    const { faults } = createSimulator();
    expect(() => faults.add(fault)).toThrow(word);
    expect(faults.list()).toEqual([]);
  });
});

describe("the client, with stale reads after a lost answer", () => {
  it("reads again and recovers once the operation shows", async () => {
    const simulated = simulate();
    const { simulator, purse } = simulated;
    const { id } = await paidPayment(simulated);
    simulator.faults.add(lost);
    simulator.faults.add({ kind: "stale_read", times: 2 });
    const { idempotency, operation } = await purse.payments.capture(id, { amount: 500 }).withResponse();
    expect([idempotency, operation?.amount]).toEqual(["recovered", 500]);
    expect(simulator.faults.list()).toEqual([]);
    expect(movedBy(simulator, id)["capture"]).toEqual([500]);
  });

  it.each(["capture", "refund", "void"] as const)("never reports a %s as not done", async (kind) => {
    const simulated = simulate();
    const { simulator, purse } = simulated;
    const { id } = await paidPayment(simulated);
    await purse.payments.capture(id, { amount: 4000 });
    simulator.faults.add({ ...lost, operation: `${kind}Payment` });
    const { id: lag } = simulator.faults.add(stale);
    const unknown = await unknownOutcome(purse.payments[kind](id, { amount: 500 }));
    expect(unknown.reason).toBe("recovery_failed");
    // The service named the key's operation; its absence from a stale read does not prove another use of the key.
    expect(unknown.resourceId).toMatch(/^[\da-f-]{36}$/);
    await unknownOutcome(unknown.resolve());
    const counted = (): number[] => (movedBy(simulator, id)[kind] ?? []).filter((amount) => amount === 500);
    expect(counted()).toEqual([500]);

    simulator.faults.clear(lag);
    expect(await unknown.inspect()).toMatchObject({
      outcome: "done",
      operation: { id: unknown.resourceId, amount: 500 },
    });
    expect((await unknown.resolve())[`${kind}s`].some(({ amount }) => amount === 500)).toBe(true);
    expect(counted()).toEqual([500]);
  });

  it("does not report the unseen operation as failed, and executes it once when retried", async () => {
    const simulated = simulate({ maxRetries: 0 });
    const { simulator, purse } = simulated;
    const { id } = await paidPayment(simulated);
    simulator.faults.add(lost);
    const unknown = await unknownOutcome(purse.payments.capture(id, { amount: 500 }));
    expect(unknown.resourceId).toBeUndefined();
    simulator.clock.freeze();
    simulator.faults.add({ ...stale, lagMs: 60_000 });
    expect(await unknown.inspect()).toMatchObject({ outcome: "not_seen" });
    await unknownOutcome(unknown.resolve());
    await simulator.clock.advance({ minutes: 1 });
    // The amount alone does not identify the operation, but it is no longer `not_seen`.
    expect(await unknown.inspect()).toMatchObject({ outcome: "ambiguous", operation: { amount: 500 } });
    expect((await unknown.resolve()).amounts.total_captured).toBe(500);
    expect(movedBy(simulator, id)["capture"]).toEqual([500]);
  });

  it("warns that an earlier call with the same key, in another process, may have moved money", async () => {
    const simulated = simulate();
    const { simulator, purse } = simulated;
    const { id } = await paidPayment(simulated);
    const idempotencyKey = "order-1-capture-1";
    await purse.payments.capture(id, { amount: 500 }, { idempotencyKey });
    const { id: lag } = simulator.faults.add(stale);
    await expect(purse.payments.capture(id, { amount: 500 }, { idempotencyKey })).rejects.toMatchObject({
      code: "outcome_unknown",
      reason: "recovery_failed",
      resourceId: simulator.ledger.entries(id).at(-1)?.operationId,
    });
    simulator.faults.clear(lag);
    const again = await purse.payments.capture(id, { amount: 500 }, { idempotencyKey }).withResponse();
    expect(again.idempotency).toBe("recovered");
    expect(movedBy(simulator, id)["capture"]).toEqual([500]);
  });

  it("waitFor waits until the change shows", async () => {
    const simulated = simulate();
    const { simulator, purse } = simulated;
    const { id } = await paidPayment(simulated);
    await purse.payments.capture(id, { amount: 500 });
    simulator.faults.add({ kind: "stale_read", times: 2 });
    const payment = await purse.payments.waitFor(id, ({ amounts }) => amounts.total_captured > 0);
    expect(payment.amounts.total_captured).toBe(500);
    expect(simulator.faults.list()).toEqual([]);
  });
});

it.each([
  ["are current again while the handler retries", 2],
  ["are stale until the webhook is redelivered", 4],
])("a webhook is not lost to reads that %s", async (_name, times) => {
  const secret = "a-secret-of-these-tests";
  const captured: number[] = [];
  const { simulator, purse } = simulate(
    {},
    { fetch: (url, init) => handler(new Request(url, init)), webhookRetryDelaysMs: [1000, 1000] },
  );
  const handler = createWebhookHandler(purse, {
    secrets: [secret],
    on: { fallback: ({ payment }) => void captured.push(payment.amounts.total_captured) },
  });
  const session = await purse.clientSessions.create({
    ...smallOrder,
    webhook: { url: "https://shop.example/hook", headers: [createWebhookSecretHeader({ secret })] },
  });
  const { redirectUrl } = await simulator.shopper.pay(session.id);
  await simulator.idle();
  const { payment_id: id = "" } = await purse.redirection.verify(redirectUrl);
  await purse.payments.capture(id, { amount: 500 });
  simulator.faults.add({ kind: "stale_read", times });
  await simulator.idle();
  expect(simulator.faults.list()).toEqual([]);
  expect(captured).toEqual([0, 500]);
});

describe("a refusal before the key is checked", () => {
  it("has no effect and leaves the key unused", async () => {
    const simulated = simulate();
    const { simulator, purse } = simulated;
    const { id } = await paidPayment(simulated);
    const idempotencyKey = "order-1-capture-1";
    simulator.faults.add({ kind: "bad_request", operation: "capturePayment" });
    await expect(purse.payments.capture(id, { amount: 500 }, { idempotencyKey })).rejects.toMatchObject({
      code: "bad_request",
      status: 400,
      attempts: 1,
    });
    expect(movedBy(simulator, id)["capture"]).toBeUndefined();
    const capture = await purse.payments.capture(id, { amount: 500 }, { idempotencyKey }).withResponse();
    expect(capture.idempotency).toBe("created");
    expect(movedBy(simulator, id)["capture"]).toEqual([500]);
  });

  it("after a lost answer does not tell what the lost request did", async () => {
    const simulated = simulate();
    const { simulator, purse } = simulated;
    const { id } = await paidPayment(simulated);
    simulator.faults.add(lost);
    simulator.faults.add({ kind: "bad_request", operation: "capturePayment", times: 2 });
    const unknown = await unknownOutcome(purse.payments.capture(id, { amount: 500 }));
    expect(unknown.status).toBe(400);
    expect(unknown.message).toContain("A later attempt was refused with status 400.");
    await unknownOutcome(unknown.resolve());
    expect((await unknown.resolve()).amounts.total_captured).toBe(500);
    expect(movedBy(simulator, id)["capture"]).toEqual([500]);
  });
});
