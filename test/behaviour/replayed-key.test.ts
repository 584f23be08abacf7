import { describe, expect, it } from "vitest";
import { movedBy, paidPayment, simulate } from "../support/simulated.js";

const idempotencyKey = "order-123456789-capture-1";

describe("an idempotency key used again", () => {
  it("recovers the first capture instead of doubling it, and says so", async () => {
    const simulated = simulate();
    const { purse, simulator } = simulated;
    const { id } = await paidPayment(simulated);
    const params = { amount: 5000, merchant_reference: "CAP-1" };
    const first = await purse.payments.capture(id, params, { idempotencyKey }).withResponse();
    const again = await purse.payments.capture(id, params, { idempotencyKey }).withResponse();
    expect(first).toMatchObject({ idempotency: "created", idempotencyKey, attempts: 1 });
    expect(again).toMatchObject({ idempotency: "recovered", idempotencyKey });
    expect(again.operation?.id).toBe(first.operation?.id);
    expect(again.data.amounts.total_captured).toBe(5000);
    expect(movedBy(simulator, id)).toEqual({ authorization: [12000], capture: [5000] });
  });

  it("recovers for all but one of many callers at once", async () => {
    const simulated = simulate();
    const { purse, simulator } = simulated;
    const { id } = await paidPayment(simulated);
    const calls = Array.from({ length: 20 }, () =>
      purse.payments.capture(id, { amount: 300 }, { idempotencyKey }).withResponse(),
    );
    const outcomes = (await Promise.all(calls)).map(({ idempotency }) => idempotency);
    expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(1);
    expect(movedBy(simulator, id)["capture"]).toEqual([300]);
  });

  it.each([
    ["another amount is a conflict", { amount: 6000, merchant_reference: "CAP-1" }, "idempotency_conflict"],
    ["another reference proves nothing", { amount: 5000, merchant_reference: "CAP-2" }, "outcome_unknown"],
    ["no reference proves nothing", { amount: 5000 }, "outcome_unknown"],
  ])("with %s", async (_, params, code) => {
    const simulated = simulate();
    const { purse, simulator } = simulated;
    const { id } = await paidPayment(simulated);
    const first = { amount: 5000, merchant_reference: "CAP-1" };
    const { operation } = await purse.payments.capture(id, first, { idempotencyKey }).withResponse();
    await expect(purse.payments.capture(id, params, { idempotencyKey })).rejects.toMatchObject({
      code,
      idempotencyKey,
      resourceId: operation?.id,
    });
    expect(movedBy(simulator, id)["capture"]).toEqual([5000]);
  });

  it("is a conflict for another kind of operation, and proves nothing of another payment", async () => {
    const simulated = simulate();
    const { purse, simulator } = simulated;
    const { id } = await paidPayment(simulated);
    const other = await paidPayment(simulated);
    await purse.payments.capture(id, { amount: 5000 }, { idempotencyKey });
    await expect(purse.payments.refund(id, { amount: 5000 }, { idempotencyKey })).rejects.toMatchObject({
      code: "idempotency_conflict",
      status: 409,
    });
    await expect(
      purse.payments.capture(other.id, { amount: 5000 }, { idempotencyKey }),
    ).rejects.toMatchObject({ code: "outcome_unknown", reason: "recovery_failed" });
    expect(movedBy(simulator, other.id)).toEqual({ authorization: [12000] });
  });
});
