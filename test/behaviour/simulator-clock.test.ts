import { expect, it } from "vitest";
import { createSimulator } from "../../src/simulator/index.js";
import { connect } from "../unit/simulator/caller.js";
import { paidPayment, simulate, smallOrder } from "../support/simulated.js";

it("lets sessions and tokens expire", async () => {
  const simulated = simulate();
  const { purse, simulator } = simulated;
  const session = await purse.clientSessions.create(smallOrder);
  await simulator.clock.advance({ minutes: 29 });
  expect((await purse.clientSessions.retrieve(session.id)).status).toBe("CREATED");
  await simulator.clock.advance({ minutes: 1 });
  expect((await purse.clientSessions.retrieve(session.id)).status).toBe("EXPIRED");
  const before = simulator.requests().filter(({ operation }) => operation === "createAccessToken").length;
  await simulator.clock.advance({ hours: 1 });
  // The client's clock has not moved: it learns of the expiry from the 401, and retries once.
  await purse.clientSessions.retrieve(session.id);
  const tokens = simulator.requests().filter(({ operation }) => operation === "createAccessToken");
  expect(tokens.length - before).toBe(1);
});

it("runs a delayed capture at the time it was due", async () => {
  const { purse, simulator } = simulate();
  const session = await purse.clientSessions.create({
    ...smallOrder,
    capture_mode: "AUTOMATIC",
    capture_delay: "PT24H",
  });
  const paidAtMs = simulator.clock.nowMs();
  await simulator.shopper.pay(session.id);
  expect(simulator.ledger.entries().map(({ kind }) => kind)).toEqual(["authorization"]);
  await simulator.clock.advance({ days: 3 });
  expect(simulator.ledger.entries().map(({ kind }) => kind)).toEqual(["authorization", "capture"]);
  const { payment_id: id = "" } = await purse.clientSessions.retrieve(session.id);
  const [capture] = (await purse.payments.retrieve(id)).captures;
  const dayMs = 86_400_000;
  const capturedAfterMs = Date.parse(capture?.created_at ?? "") - paidAtMs;
  expect(capturedAfterMs).toBeGreaterThanOrEqual(dayMs);
  expect(capturedAfterMs).toBeLessThan(dayMs + 60_000);
});

it("follows its source, stops when frozen, and continues from there", async () => {
  let sourceMs = Date.UTC(2026, 0, 1);
  const { clock } = createSimulator({ clock: { nowMs: () => sourceMs } });
  sourceMs += 1000;
  expect(clock.nowMs()).toBe(Date.UTC(2026, 0, 1, 0, 0, 1));
  clock.freeze();
  sourceMs += 60_000;
  expect([clock.nowMs(), clock.isFrozen]).toEqual([Date.UTC(2026, 0, 1, 0, 0, 1), true]);
  await clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4, ms: 5 });
  expect(clock.nowMs()).toBe(Date.UTC(2026, 0, 2, 2, 3, 5, 5));
  clock.resume();
  sourceMs += 10;
  expect([clock.nowMs(), clock.isFrozen]).toEqual([Date.UTC(2026, 0, 2, 2, 3, 5, 15), false]);
  await clock.setTo("2030-01-01T00:00:00Z");
  await clock.setTo(new Date(Date.UTC(2031, 0, 1)));
  expect(clock.nowMs()).toBe(Date.UTC(2031, 0, 1));
});

it.each([
  [{ minutes: -1 }, "minutes"],
  [{ minutes: Number.NaN }, "minutes"],
  [{ weeks: 1 }, "weeks"],
  [{ constructor: 1 }, "constructor"],
  [{ days: 1e9 }, "275760"],
])("cannot be advanced by %j", async (duration, word) => {
  const { clock } = createSimulator();
  const beforeMs = clock.nowMs();
  await expect(clock.advance(duration as { minutes: number })).rejects.toThrow(RangeError);
  await expect(clock.advance(duration as { minutes: number })).rejects.toThrow(word);
  expect(clock.nowMs() - beforeMs).toBeLessThan(60_000);
});

it.each(["yesterday", "2001-01-01", Number.NaN])("cannot be set to %s", async (time) => {
  await expect(createSimulator().clock.setTo(time)).rejects.toThrow(RangeError);
});

it("retries webhooks when its time has passed, and not before", async () => {
  const tries: number[] = [];
  const simulator = createSimulator({
    clock: { nowMs: () => 0 },
    webhookRetryDelaysMs: [1000, 60_000],
    fetch: () => {
      tries.push(simulator.clock.nowMs());
      return Promise.resolve(new Response(null, { status: 500 }));
    },
  });
  const { id } = await (await connect(simulator)).pay({ webhook: { url: "https://shop.example/hook" } });
  await simulator.clock.advance({});
  expect(tries).toEqual([0]);
  await simulator.clock.advance({ ms: 999 });
  expect(tries).toEqual([0]);
  await simulator.clock.advance({ days: 1 });
  expect(tries).toEqual([0, 1000, 61_000]);
  expect(simulator.webhooks(id)).toMatchObject([{ status: "failed" }]);
});

it("runs due jobs in real time while the simulator listens", async () => {
  let tries = 0;
  const simulator = createSimulator({
    webhookRetryDelaysMs: [1],
    fetch: () => Promise.resolve(new Response(null, { status: ++tries === 1 ? 500 : 200 })),
  });
  const { close } = await simulator.listen();
  await (await connect(simulator)).pay({ webhook: { url: "https://shop.example/hook" } });
  await expect.poll(() => simulator.webhooks()[0]?.status, { timeout: 10_000 }).toBe("delivered");
  expect(tries).toBe(2);
  await close();
});

it("sends its own time in answers, so that a client recognises its capture despite a different clock", async () => {
  const simulated = simulate({}, { clock: { nowMs: () => Date.UTC(2020, 0, 1) } });
  const { id } = await paidPayment(simulated);
  const { operation, response } = await simulated.purse.payments.capture(id, { amount: 3000 }).withResponse();
  expect(response.headers.get("date")).toBe("Wed, 01 Jan 2020 00:00:00 GMT");
  expect(operation?.created_at).toBe("2020-01-01T00:00:00.000Z");
});
