import fc from "fast-check";
import { expect, test } from "vitest";
import { createResources } from "../../src/client.js";
import { journalOf, type Journal } from "../../src/journal/journal.js";
import { createStore } from "../../src/journal/memory-store.js";
import { readParts } from "../../src/journal/options.js";
import type { JournalStore } from "../../src/journal/store.js";
import type { Movement } from "../../src/journal/index.js";
import type { OperationAnswer } from "../../src/simulator/index.js";
import { startSimulator } from "../support/journal.js";
import { manualClock, runToEnd } from "../support/manual-clock.js";
import { faultKinds, faultyNetwork, type FaultKind } from "./faulty-network.js";

const runs = Number(process.env["PROPERTY_RUNS"] ?? 100);
const answers: readonly OperationAnswer[] = [
  "approve",
  "refuse",
  "pending",
  "pending_then_refuse",
  "conflict",
];

interface Plan {
  movements: {
    kind: "capture" | "refund" | "void";
    amount: number;
    hasReference: boolean;
    way: "now" | "record";
  }[];
  faults: FaultKind[];
  answers: OperationAnswer[];
  /** After how many calls of the store each process dies, and which movement it clicks on. */
  processes: { diesAfter: number; clicks: number[]; waitsMs: number }[];
  maxRetries: number;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  movements: fc.array(
    fc.record({
      kind: fc.constantFrom("capture", "refund", "void"),
      amount: fc.integer({ min: 1, max: 3 }),
      hasReference: fc.boolean(),
      way: fc.constantFrom("now", "record"),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  faults: fc.array(fc.constantFrom(...faultKinds), { maxLength: 12 }),
  answers: fc.array(fc.constantFrom(...answers), { maxLength: 3 }),
  processes: fc.array(
    fc.record({
      diesAfter: fc.integer({ min: 0, max: 12 }),
      clicks: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 4 }),
      waitsMs: fc.integer({ min: 0, max: 40_000 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  maxRetries: fc.integer({ min: 0, max: 2 }),
});

/** A store whose process has died after so many calls: what it asks for after that arrives nowhere, or its answer does not. */
function mortal(store: JournalStore, diesAfter: number): JournalStore {
  let calls = 0;
  return new Proxy(store, {
    get:
      (target, name: keyof JournalStore) =>
      async (...given: never[]) => {
        calls += 1;
        if (calls > diesAfter + 1) throw new Error("dead");
        const answer = await (target[name] as (...given: never[]) => Promise<unknown>)(...given);
        if (calls > diesAfter) throw new Error("dead");
        return answer;
      },
  });
}

async function carryOut({ movements, processes, ...rest }: Plan): Promise<void> {
  const clock = manualClock();
  const { simulator, paymentId } = await startSimulator(clock);
  const network = faultyNetwork(simulator.fetch, clock, rest.faults);
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const client = (fetch: typeof network, maxRetries: number) =>
    createResources(
      { baseUrl, clientId, clientSecret, entityId, fetch, maxRetries },
      { clock, random: () => 0.5 },
    );
  const healthy = client(simulator.fetch, 2);
  await runToEnd(clock, healthy.payments.capture(paymentId, { amount: 6000 }).withResponse());
  const setUp = simulator.ledger.entries(paymentId).length;
  for (const answer of rest.answers) simulator.partners.next(answer);

  const store = createStore(clock);
  const told = new Map<string, Movement[]>();
  const onChange = (movement: Movement): void => {
    told.set(movement.id, [...(told.get(movement.id) ?? []), movement]);
  };
  const start = (over: JournalStore, fetch: typeof network, maxRetries: number): Journal =>
    journalOf(readParts(client(fetch, maxRetries), { store: over, onChange }, { clock, random: () => 1 }));
  const click = async (journal: Journal, index: number): Promise<unknown> => {
    const movement = movements[index];
    if (movement === undefined) return undefined;
    const { kind, amount, hasReference, way } = movement;
    const input = {
      id: `m${String(index)}`,
      paymentId,
      amount,
      ...(hasReference && { merchantReference: `r${String(index)}` }),
    };
    return (way === "now" ? journal[kind](input) : journal.record({ kind, ...input })).catch(() => undefined);
  };
  const running: Promise<unknown>[] = [];
  for (const { diesAfter, clicks, waitsMs } of processes) {
    const journal = start(mortal(store, diesAfter), network, rest.maxRetries);
    running.push(...clicks.map((index) => click(journal, index)));
    await clock.advance(waitsMs);
    running.push(journal.resume().catch(() => undefined));
  }
  await runToEnd(clock, Promise.all(running));

  // The network is well again, and one process lives.
  const journal = start(store, simulator.fetch, 2);
  for (const index of movements.keys()) await runToEnd(clock, click(journal, index));
  for (let pass = 0; pass < 40; pass++) {
    await clock.advance(20_000);
    await runToEnd(clock, journal.resume());
  }

  const all = await journal.list();
  expect(all).toHaveLength(movements.length);
  const entries = simulator.ledger.entries(paymentId).slice(setUp);
  for (const movement of all) {
    const { state, operationStatus, amount, idempotencyKey } = movement;
    const own = entries.filter((entry) => entry.idempotencyKey === idempotencyKey);
    const moved = own.reduce((sum, entry) => sum + entry.amount, 0);
    expect(own.length).toBeLessThanOrEqual(1);
    expect(["succeeded", "failed"]).toContain(state);
    if (state === "succeeded") expect(moved).toBe(amount);
    else if (operationStatus === "FAILURE") expect(moved).toBe(0);
    else expect(moved).toBeLessThanOrEqual(amount);
    expect(told.get(movement.id)?.map((each) => each.state)).toContain(state);
  }
  const keys = all.map(({ idempotencyKey }) => idempotencyKey);
  for (const entry of entries) expect(keys).toContain(entry.idempotencyKey);
}

test(
  "each movement is made once and the journal knows it, under any network faults and killed processes",
  async () => {
    await fc.assert(fc.asyncProperty(plan, carryOut), { numRuns: runs, endOnFailure: true });
  },
  runs * 2000,
);
