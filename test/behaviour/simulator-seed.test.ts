import { expect, it } from "vitest";
import type { Payment } from "../../src/index.js";
import { simulateChecked } from "../support/checked.js";
import { paidPayment } from "../support/simulated.js";

/** A full payment life cycle, at a frozen time. */
async function run(seed?: string | number): Promise<[Payment, unknown]> {
  const clock = { nowMs: () => Date.UTC(2026, 0, 1) };
  const simulated = simulateChecked({ clock, ...(seed === undefined ? {} : { seed }) });
  const { simulator, purse } = simulated;
  const { id } = await paidPayment(simulated);
  simulator.partners.next("pending", { kind: "capture" });
  await purse.payments.capture(id, { amount: 100 }, { idempotencyKey: "capture" });
  await purse.payments.void(id, { amount: 100 }, { idempotencyKey: "void" });
  await simulator.clock.advance({ hours: 1 });
  await purse.payments.refund(id, { amount: 50 }, { idempotencyKey: "refund" });
  return [await purse.payments.retrieve(id), simulator.ledger.entries()];
}

it("repeats ids, references and ledger with the same seed, and differs with another seed or none", async () => {
  expect(await run("seed")).toEqual(await run("seed"));
  const [{ id }] = await run("seed");
  expect((await run("another seed"))[0].id).not.toBe(id);
  expect((await run())[0].id).not.toBe((await run())[0].id);
});

it("repeats no id after a state is loaded", async () => {
  const first = simulateChecked({ seed: 1 });
  const paid = await paidPayment(first);
  const second = simulateChecked({ seed: 1, state: first.simulator.dump() });
  const other = await paidPayment(second);
  expect(other.id).not.toBe(paid.id);
  expect(await second.purse.payments.retrieve(paid.id)).toEqual(paid);
});

it("keeps pending operations and queued answers in a dump", async () => {
  const first = simulateChecked();
  first.simulator.partners.next("pending", { kind: "capture" });
  const { id } = await paidPayment(first);
  await first.purse.payments.capture(id, { amount: 100 }, { idempotencyKey: "capture" });
  first.simulator.partners.next("refuse", { kind: "capture" });

  const state = JSON.parse(JSON.stringify(first.simulator.dump())) as ReturnType<typeof first.simulator.dump>;
  const { simulator, purse } = simulateChecked({ state });
  await simulator.clock.advance({ days: 1 });
  const { operation } = await purse.payments.capture(id, { amount: 200 }).withResponse();
  expect(operation?.status).toBe("FAILURE");
  const captures = simulator.ledger.entries(id).filter(({ kind }) => kind === "capture");
  expect(captures).toMatchObject([{ amount: 100, idempotencyKey: "capture" }]);
});
