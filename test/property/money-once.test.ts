import fc from "fast-check";
import { expect, test } from "vitest";
import { createResources, type Purse } from "../../src/client.js";
import {
  isPurseError,
  type AnyPurseError,
  type FetchFunction,
  type Payment,
  type PursePromise,
} from "../../src/index.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { manualClock, runToEnd, type ManualClock } from "../support/manual-clock.js";
import { paidPayment } from "../support/simulated.js";
import { faultKinds, faultyNetwork, type FaultKind } from "./faulty-network.js";

type Client = Pick<Purse, keyof Purse>;

/** An operation that a merchant keeps requesting under its key until the outcome is known. */
interface WantedOperation {
  kind: "capture" | "refund" | "void";
  amount: number;
  hasReference: boolean;
  /** What the network does to its requests, attempt by attempt and process by process. */
  faults: FaultKind[];
  /** In each process: when the caller gives up, if he does. */
  abortsAfterMs: (number | null)[];
  maxRetries: number;
}

const request: fc.Arbitrary<WantedOperation> = fc.record({
  kind: fc.constantFrom("capture", "refund", "void"),
  amount: fc.integer({ min: 1, max: 900 }),
  hasReference: fc.boolean(),
  faults: fc.array(fc.constantFrom(...faultKinds), { maxLength: 8 }),
  abortsAfterMs: fc.array(fc.option(fc.integer({ min: 0, max: 40_000 })), { minLength: 1, maxLength: 3 }),
  maxRetries: fc.integer({ min: 0, max: 3 }),
});

const runs = Number(process.env["PROPERTY_RUNS"] ?? 400);
/** Time for everything that is still on its way to arrive. */
const settleMs = 200_000;

async function payment(simulator: Simulator): Promise<string> {
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const options = { baseUrl, clientId, clientSecret, entityId, fetch: simulator.fetch };
  const clock = manualClock();
  const purse = createResources(options, { clock, random: () => 0.5 });
  const { id } = await paidPayment({ simulator, purse });
  // Half of it captured, so that there is something to refund and something to void.
  await purse.payments.capture(id, { amount: 6000, merchant_reference: "setup" });
  return id;
}

function ask(
  client: Client,
  id: string,
  { kind, amount, hasReference, maxRetries }: WantedOperation,
  key: string,
  signal?: AbortSignal,
) {
  const params = hasReference ? { amount, merchant_reference: key } : { amount };
  const call: PursePromise<Payment> = client.payments[kind](id, params, {
    idempotencyKey: key,
    signal,
    maxRetries,
  });
  return call.withResponse();
}

/** What a failed call says of the money. */
function claims(error: AnyPurseError): "not_moved" | "unknown" {
  expect([
    "token",
    "authentication",
    "rate_limit",
    "connection",
    "timeout",
    "aborted",
    "outcome_unknown",
    "idempotency_conflict",
  ]).toContain(error.code);
  return error.code === "outcome_unknown" ? "unknown" : "not_moved";
}

async function fulfil(simulator: Simulator, wanted: WantedOperation, key: string): Promise<void> {
  const clock = manualClock();
  const id = await payment(simulator);
  const moved = (): number =>
    simulator.ledger.entries(id).filter(({ idempotencyKey }) => idempotencyKey === key).length;
  const network = faultyNetwork(simulator.fetch, clock, wanted.faults);
  let mayHaveMoved = false;
  let lastError: AnyPurseError | undefined;

  for (const abortAfterMs of wanted.abortsAfterMs) {
    // A process of its own: nothing is left of the one before but the key and the request.
    const client = start(simulator, clock, network);
    const outcome = await attempt(client, id, wanted, key, clock, abortAfterMs);
    await clock.advance(settleMs);
    expect(moved()).toBeLessThanOrEqual(1);
    if (outcome === "success") {
      expect(moved()).toBe(1);
      return;
    }
    lastError = outcome;
    if (claims(outcome) === "not_moved" && !mayHaveMoved) expect(moved()).toBe(0);
    if (claims(outcome) === "unknown") mayHaveMoved = true;
  }

  if (lastError?.code !== "outcome_unknown") return;
  await clearUp(lastError, clock, moved);
}

function start(simulator: Simulator, clock: ManualClock, fetch: FetchFunction): Client {
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  return createResources({ baseUrl, clientId, clientSecret, entityId, fetch }, { clock, random: () => 0.5 });
}

async function attempt(
  client: Client,
  id: string,
  wanted: WantedOperation,
  key: string,
  clock: ManualClock,
  abortAfterMs: number | null,
) {
  const controller = new AbortController();
  if (abortAfterMs !== null) {
    clock.startTimer(() => {
      controller.abort();
    }, abortAfterMs);
  }
  try {
    await runToEnd(clock, ask(client, id, wanted, key, controller.signal));
    return "success" as const;
  } catch (error) {
    if (!isPurseError(error)) throw error;
    return error;
  }
}

/** What was unknown is looked up, and then asked again, on a network that has recovered. */
async function clearUp(
  error: AnyPurseError & { code: "outcome_unknown" },
  clock: ManualClock,
  moved: () => number,
): Promise<void> {
  const before = moved();
  const { outcome } = await runToEnd(clock, error.inspect());
  // The key was handed in, so what it made may be older than the call, and a reference alone does not tell.
  const permitted = before === 1 ? ["ambiguous", "done"] : ["not_seen"];
  expect(permitted).toContain(outcome);
  if (error.resourceId !== undefined) expect(outcome).toBe("done");
  await resolveUntilKnown(error, clock);
  await clock.advance(settleMs);
  expect(moved()).toBe(1);
}

/** The list of faults may not be over yet; it ends. */
async function resolveUntilKnown(
  error: AnyPurseError & { code: "outcome_unknown" },
  clock: ManualClock,
): Promise<void> {
  let current = error;
  for (let round = 0; round < 12; round++) {
    try {
      await runToEnd(clock, current.resolve());
      return;
    } catch (next) {
      if (!isPurseError(next) || next.code !== "outcome_unknown") throw next;
      current = next;
      await clock.advance(settleMs);
    }
  }
  throw new Error("still unknown after twelve rounds");
}

test(
  "under any network faults the money moves at most once, and the caller is told the truth",
  async () => {
    const simulator = createSimulator();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(request, async (wanted) => {
        count += 1;
        await fulfil(simulator, wanted, `key-${String(count)}`);
      }),
      { numRuns: runs, endOnFailure: false },
    );
  },
  runs * 1000,
);

test(
  "callers who ask at once under one key move the money once, and each is told the truth",
  async () => {
    const simulator = createSimulator();
    let count = 0;
    const crowd = fc.record({ wanted: request, callers: fc.integer({ min: 2, max: 6 }) });
    await fc.assert(
      fc.asyncProperty(crowd, async ({ wanted, callers }) => {
        count += 1;
        const key = `crowd-${String(count)}`;
        const clock = manualClock();
        const id = await payment(simulator);
        const client = start(simulator, clock, faultyNetwork(simulator.fetch, clock, wanted.faults));
        const asked = Array.from({ length: callers }, () => attempt(client, id, wanted, key, clock, null));
        const outcomes = await Promise.all(asked);
        await clock.advance(settleMs);
        const moved = simulator.ledger
          .entries(id)
          .filter(({ idempotencyKey }) => idempotencyKey === key).length;
        expect(moved).toBeLessThanOrEqual(1);
        if (outcomes.includes("success")) expect(moved).toBe(1);
        const allSayNo = outcomes.every(
          (outcome) => outcome !== "success" && claims(outcome) === "not_moved",
        );
        if (allSayNo) expect(moved).toBe(0);
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  },
  runs * 1000,
);
