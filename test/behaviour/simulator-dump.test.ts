import { expect, it } from "vitest";
import { Purse } from "../../src/index.js";
import { createSimulator, type Simulator, type SimulatorDump } from "../../src/simulator/index.js";
import { movedBy, paidPayment, simulate, smallOrder } from "../support/simulated.js";

function clientOf(simulator: Simulator): Purse {
  const { baseUrl, clientId, clientSecret, entityId, fetch } = simulator;
  return new Purse({ baseUrl, clientId, clientSecret, entityId, fetch });
}

/** Round trip through JSON, as through a file. */
function throughJson(dump: SimulatorDump): SimulatorDump {
  return JSON.parse(JSON.stringify(dump)) as SimulatorDump;
}

it("continues a session of use in another simulator", async () => {
  const received: string[] = [];
  const first = createSimulator({
    fetch: () => Promise.resolve(new Response(null, { status: 500 })),
  });
  const purse = clientOf(first);
  const open = await purse.clientSessions.create(smallOrder);
  const delayed = await purse.clientSessions.create({
    ...smallOrder,
    capture_mode: "AUTOMATIC",
    capture_delay: "PT24H",
    webhook: { url: "https://shop.example/hook" },
  });
  const { redirectUrl } = await first.shopper.pay(delayed.id);
  const payment = await paidPayment({ simulator: first, purse });
  await purse.payments.capture(payment.id, { amount: 100 }, { idempotencyKey: "capture-1" });
  await first.clock.advance({ hours: 2 });
  first.faults.add({ kind: "error_before", operation: "getPayment", times: 1 });
  // The webhook attempt failed and waits for a retry, or has failed for good.
  const dump = throughJson(first.dump());

  const second = createSimulator({
    state: dump,
    fetch: (url) => {
      received.push(url);
      return Promise.resolve(new Response());
    },
  });
  expect(second.clock.nowMs()).toBeGreaterThanOrEqual(dump.clock.nowMs);
  expect(second.ledger.entries()).toEqual(first.ledger.entries());
  expect(second.dump().state).toEqual(dump.state);
  const again = clientOf(second);
  // Earlier redirects still verify, sessions keep their customer, and used keys stay used.
  await again.redirection.verify(redirectUrl, { clientSessionId: delayed.id });
  await expect(again.payments.retrieve(payment.id)).resolves.toMatchObject({
    amounts: { total_captured: 100 },
  });
  expect(second.faults.list()).toEqual([]);
  await again.payments.capture(payment.id, { amount: 100 }, { idempotencyKey: "capture-1" });
  expect(movedBy(second, payment.id)["capture"]).toEqual([100]);
  expect((await again.clientSessions.retrieve(open.id)).status).toBe("EXPIRED");
  await second.clock.advance({ days: 1 });
  const { payment_id: delayedId = "" } = await again.clientSessions.retrieve(delayed.id);
  expect(movedBy(second, delayedId)["capture"]).toEqual([12000]);
  expect(received).not.toHaveLength(0);
  // The first simulator is independent.
  expect(movedBy(first, delayedId)["capture"]).toBeUndefined();
});

it("resends webhooks that were being sent at the time of the dump", async () => {
  const first = createSimulator({ fetch: () => new Promise(() => undefined) });
  const session = await clientOf(first).clientSessions.create({
    ...smallOrder,
    webhook: { url: "https://shop.example/hook" },
  });
  await first.shopper.pay(session.id);
  await expect.poll(() => first.webhooks()[0]?.status).toBe("sending");
  let received = 0;
  const second = createSimulator({
    state: throughJson(first.dump()),
    fetch: () => {
      received += 1;
      return Promise.resolve(new Response());
    },
  });
  await second.idle();
  expect(received).toBe(1);
});

it("clears everything on reset", async () => {
  const simulated = simulate();
  const { simulator } = simulated;
  await paidPayment(simulated);
  await simulator.clock.advance({ days: 400 });
  simulator.clock.freeze();
  simulator.faults.add({ kind: "drop_before" });
  simulator.partners.next("refuse");
  simulator.reset();
  expect(simulator.dump().state).toEqual(createSimulator().dump().state);
  expect([simulator.requests(), simulator.ledger.entries(), simulator.faults.list()]).toEqual([[], [], []]);
  expect(Math.abs(simulator.clock.nowMs() - Date.now())).toBeLessThan(86_400_000);
  expect(simulator.clock.isFrozen).toBe(false);
  await paidPayment({ simulator, purse: clientOf(simulator) });
});

it("returns copies", async () => {
  const simulated = simulate();
  const { simulator } = simulated;
  const { id } = await paidPayment(simulated);
  const dump = simulator.dump();
  simulator.load(dump);
  const payment = dump.state.payments[id];
  if (payment !== undefined) payment.amount = 1;
  expect((await simulated.purse.payments.retrieve(id)).amount).toBe(12000);
});

function firstOf(state: Record<string, unknown>, name: string): Record<string, unknown> {
  const [first] = Object.values(state[name] as Record<string, Record<string, unknown>>); // Arrays have values too.
  return first ?? {};
}

async function dumpWith(change: (dump: Record<string, unknown>, state: Record<string, unknown>) => void) {
  const simulated = simulate();
  await paidPayment(simulated);
  const dump = throughJson(simulated.simulator.dump()) as unknown as Record<string, unknown>;
  change(dump, dump["state"] as Record<string, unknown>);
  return dump;
}

it.each([
  ["nothing", () => null, "format"],
  ["an array", () => [], "format"],
  ["another format", () => dumpWith((dump) => (dump["format"] = "x")), "format"],
  ["another version", () => dumpWith((dump) => (dump["version"] = 2)), "version"],
  ["no clock", () => dumpWith((dump) => delete dump["clock"]), "clock"],
  ["no time", () => dumpWith((dump) => (dump["clock"] = { nowMs: 1e99, isFrozen: true })), "nowMs"],
  ["no state", () => dumpWith((dump) => delete dump["state"]), "state"],
  ["no payments", () => dumpWith((_, state) => delete state["payments"]), "state.payments"],
  ["payments as an array", () => dumpWith((_, state) => (state["payments"] = [])), "state.payments"],
  [
    "a broken payment",
    () => dumpWith((_, state) => (state["payments"] = { a: { id: "a" } })),
    "amount is missing",
  ],
  [
    "a payment whose captures are not an array",
    () => dumpWith((_, state) => (firstOf(state, "payments")["captures"] = null)),
    "captures must be an array",
  ],
  [
    "an incomplete signing key",
    () => dumpWith((_, state) => (firstOf(state, "signingKeys")["privateKey"] = { kty: "RSA" })),
    "privateKey.n is missing",
  ],
  [
    "a payment under another id",
    () => dumpWith((_, state) => (state["tokens"] = { a: { id: "b", expiresAtMs: 1 } })),
    "a different id",
  ],
  ["a ledger of strings", () => dumpWith((_, state) => (state["ledger"] = ["x"])), "state.ledger[0]"],
  ["an unknown member", () => dumpWith((_, state) => (state["coffee"] = {})), "state.coffee"],
  ["a broken count", () => dumpWith((_, state) => (state["randomPosition"] = -1)), "randomPosition"],
])("refuses %s, names the invalid part, and keeps its state", async (_name, make, word) => {
  const simulated = simulate();
  const { id } = await paidPayment(simulated);
  const dump = (await make()) as unknown as SimulatorDump;
  expect(() => {
    simulated.simulator.load(dump);
  }).toThrow(TypeError);
  expect(() => createSimulator({ state: dump })).toThrow(word);
  expect((await simulated.purse.payments.retrieve(id)).id).toBe(id);
});
