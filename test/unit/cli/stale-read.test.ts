import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Purse } from "../../../src/index.js";
import { createSimulator, type Simulator } from "../../../src/simulator/index.js";
import { run, runPrinted, variablesOf, type Ended, type Variables } from "../../support/command.js";
import { movedBy, paidPayment } from "../../support/simulated.js";

/** Commands that move money, against a service whose reads lag behind. */

let simulator: Simulator;
let variables: Variables;
let paymentId: string;

beforeAll(async () => {
  simulator = createSimulator();
  await simulator.listen();
  variables = variablesOf(simulator);
});

afterAll(() => simulator.close());

beforeEach(async () => {
  simulator.faults.clear();
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
  ({ id: paymentId } = await paidPayment({ simulator, purse }));
});

const capture = (...more: string[]): Promise<Ended> =>
  run(["payment", "capture", paymentId, "--amount", "30", "--yes", ...more], variables);

const captured = (): number[] => movedBy(simulator, paymentId)["capture"] ?? [];

it("ends as unknown when the answer is lost, until a read shows what was done", async () => {
  simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
  simulator.faults.add({ kind: "stale_read", times: "always" });
  const lost = await capture();
  expect([lost.code, lost.output]).toEqual([3, ""]);
  expect(lost.errors).toMatch(
    /THE OUTCOME IS NOT KNOWN \(recovery_failed\)\. The capture may have been done/,
  );
  const askAgain = /^ask again +(npx --no-install purse .*)$/m.exec(lost.errors)?.[1] ?? "";

  const stillLagging = await runPrinted(askAgain, variables);
  expect([stillLagging.code, stillLagging.output]).toEqual([3, ""]);
  expect(stillLagging.errors).toMatch(/THE OUTCOME IS NOT KNOWN \(recovery_failed\)/);
  expect(stillLagging.errors).not.toMatch(/no money moved|nothing was sent/i);

  simulator.faults.clear();
  const found = await runPrinted(askAgain, variables);
  expect(found.code).toBe(0);
  expect(found.output).toMatch(/SUCCESS 30\.00 EUR.*done before under this key/);
  expect(captured()).toEqual([3000]);
});

it("finds what was done when the reads catch up in time", async () => {
  simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
  simulator.faults.add({ kind: "stale_read", times: 2 });
  const { code, output } = await capture();
  expect(code).toBe(0);
  expect(output).toMatch(/SUCCESS 30\.00 EUR.*done before under this key/);
  expect(captured()).toEqual([3000]);
});

it("ends as unknown when the retry after a lost answer is refused", async () => {
  simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
  simulator.faults.add({ kind: "bad_request", operation: "capturePayment" });
  const { code, errors } = await capture("--idempotency-key", "order-1-capture-1");
  expect(code).toBe(3);
  expect(errors).toMatch(/THE OUTCOME IS NOT KNOWN/);
  expect((await capture("--idempotency-key", "order-1-capture-1")).code).toBe(0);
  expect(captured()).toEqual([3000]);
});

it("does not report a refusal under a used key as final", async () => {
  const key = ["--idempotency-key", "order-1-capture-2"];
  expect((await capture(...key)).code).toBe(0); // As if it had been killed before it could report this.
  simulator.faults.add({ kind: "bad_request", operation: "capturePayment" });
  const again = await capture(...key);
  expect(again.code).toBe(3);
  expect(again.errors).toMatch(/an earlier one with this key may have/);

  // Neither while reads lag behind, nor for another amount.
  simulator.faults.add({ kind: "bad_request", operation: "capturePayment", times: 2 });
  simulator.faults.add({ kind: "stale_read", times: "always" });
  expect((await capture(...key)).code).toBe(3);
  const corrected = ["payment", "capture", paymentId, "--amount", "20", "--yes", ...key];
  expect((await run(corrected, variables)).code).toBe(3);
  expect(captured()).toEqual([3000]);
});
