import { expect, it } from "vitest";
import { isPurseError } from "../../src/index.js";
import { movedBy, paidPayment, simulate } from "../support/simulated.js";

it("does not say not_seen of an operation that the service has named, while reads lag behind", async () => {
  const simulated = simulate();
  const { simulator, purse } = simulated;
  const { id } = await paidPayment(simulated);
  simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
  simulator.faults.add({ kind: "stale_read", times: "always" });
  const error: unknown = await purse.payments.capture(id, { amount: 500 }).catch((e: unknown) => e);
  if (!isPurseError(error) || error.code !== "outcome_unknown") throw error;
  expect(error.resourceId).toBeDefined(); // The 409 proved that this operation exists.
  expect(movedBy(simulator, id)["capture"]).toEqual([500]);
  expect((await error.inspect()).outcome).toBe("ambiguous");
});

it("does not say not_seen while something of the kind and amount is listed (decision 0006)", async () => {
  const simulated = simulate();
  const { simulator, purse } = simulated;
  const { id } = await paidPayment(simulated);
  await purse.payments.capture(id, { amount: 500 });
  simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
  simulator.faults.add({ kind: "stale_read", times: "always" });
  const error: unknown = await purse.payments.capture(id, { amount: 500 }).catch((e: unknown) => e);
  if (!isPurseError(error) || error.code !== "outcome_unknown") throw error;
  expect(movedBy(simulator, id)["capture"]).toEqual([500, 500]);
  expect((await error.inspect()).outcome).toBe("ambiguous");
});
