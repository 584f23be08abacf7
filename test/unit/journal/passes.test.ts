import { describe, expect, test, vi } from "vitest";
import type { Movement } from "../../../src/journal/index.js";
import { bench } from "../../support/journal.js";

const capture = { id: "order-1/capture/1", amount: 3000, merchantReference: "CAP-1" };

describe("pending movements", () => {
  test("are settled by reading, though no webhook comes", async () => {
    const { simulator, journal, paymentId, end, passAfter, moved } = await bench();
    simulator.partners.next("pending", { kind: "capture" });
    await end(journal.capture({ ...capture, paymentId }));
    expect(await passAfter(1000)).toEqual({ taken: 1, settled: 0, open: 1 });
    await passAfter(300_000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded", attempts: 1 });
    expect(moved("capture")).toEqual([3000]);
  });

  test("that a partner never decides are read ever more seldom, and stay pending", async () => {
    const { simulator, journal, paymentId, end, passAfter } = await bench();
    simulator.partners.next("undecided", { kind: "capture" });
    await end(journal.capture({ ...capture, paymentId }));
    let reads = 0;
    for (let minutes = 0; minutes < 24 * 60; minutes += 5) reads += (await passAfter(300_000)).taken;
    expect(reads).toBeGreaterThan(80);
    expect(reads).toBeLessThan(150);
    expect(await journal.find(capture.id)).toMatchObject({ state: "pending", operationStatus: "PENDING" });
  });

  test("that are UNCERTAIN are in doubt after 5 minutes, and a later reading closes them all the same", async () => {
    const { simulator, journal, paymentId, end, passAfter, read } = await bench();
    simulator.partners.next("uncertain", { kind: "capture" });
    const { operationId = "" } = await end(journal.capture({ ...capture, paymentId }));
    await passAfter(200_000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "pending", operationStatus: "UNCERTAIN" });
    await passAfter(100_000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "in_doubt", operationStatus: "UNCERTAIN" });
    simulator.partners.settle(operationId, "approve");
    await end(journal.observe(await read()));
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded" });
  });

  test("are settled by what is observed, in any order", async () => {
    const { simulator, journal, paymentId, end, read } = await bench();
    simulator.partners.next("undecided", { kind: "capture" });
    const { operationId = "" } = await end(journal.capture({ ...capture, paymentId }));
    const before = await read();
    simulator.partners.settle(operationId, "refuse");
    const after = await read();
    await end(journal.observe(after));
    await end(journal.observe(before));
    expect(await journal.find(capture.id)).toMatchObject({ state: "failed", operationStatus: "FAILURE" });
  });

  test("wait for a reading that lags behind", async () => {
    const { simulator, journal, paymentId, end, passAfter } = await bench();
    simulator.partners.next("undecided", { kind: "capture" });
    const { operationId = "" } = await end(journal.capture({ ...capture, paymentId }));
    simulator.faults.add({ kind: "stale_read", times: 2 });
    await passAfter(1000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "pending" });
    simulator.partners.settle(operationId, "approve");
    await passAfter(15_000);
    await passAfter(15_000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded" });
  });
});

describe("observe", () => {
  test("closes an open movement by a merchant reference that names one operation", async () => {
    const { simulator, journal, paymentId, end, read, passAfter, moved } = await bench();
    simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    await end(journal.capture({ ...capture, paymentId }));
    await end(journal.observe(await read()));
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded" });
    expect(await passAfter(60_000)).toMatchObject({ taken: 0 });
    expect(moved("capture")).toEqual([3000]);
  });

  test.each([
    ["without a reference", {}],
    ["of another amount", { merchantReference: "CAP-1", amount: 1000 }],
  ])("leaves open a movement %s", async (_, more) => {
    const { simulator, journal, purse, paymentId, end, read } = await bench();
    await end(
      purse.payments.capture(paymentId, { amount: 3000, merchant_reference: "CAP-1" }).withResponse(),
    );
    simulator.faults.add({ kind: "drop_before", operation: "capturePayment" });
    await end(journal.capture({ id: capture.id, amount: 3000, paymentId, ...more }));
    await end(journal.observe(await read()));
    expect(await journal.find(capture.id)).toMatchObject({ state: "open" });
  });

  test("leaves open two movements that a reference cannot tell apart", async () => {
    const { simulator, journal, paymentId, end, read, passAfter, moved } = await bench();
    simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    await end(journal.capture({ ...capture, paymentId }));
    simulator.faults.add({ kind: "drop_before", operation: "capturePayment" });
    await end(journal.capture({ ...capture, id: "other", paymentId }));
    await end(journal.observe(await read()));
    expect(await journal.list({ state: "open" })).toHaveLength(2);
    await passAfter(1000);
    expect((await journal.list()).map(({ state }) => state)).toEqual(["succeeded", "succeeded"]);
    expect(moved("capture")).toEqual([3000, 3000]);
  });

  test("leaves a recorded movement that was not asked for", async () => {
    const { journal, purse, paymentId, end, read } = await bench();
    await journal.record({ kind: "capture", ...capture, paymentId });
    await end(
      purse.payments.capture(paymentId, { amount: 3000, merchant_reference: "CAP-1" }).withResponse(),
    );
    await end(journal.observe(await read()));
    expect(await journal.find(capture.id)).toMatchObject({ state: "open", attempts: 0 });
  });

  test("takes a movement from the process that works on it, whose answer then changes nothing", async () => {
    const onChange = vi.fn();
    const { simulator, journal, paymentId, end, read, clock, start } = await bench({ onChange });
    simulator.faults.add({ kind: "stall_after", operation: "capturePayment" });
    const asking = start().capture({ ...capture, paymentId });
    await clock.advance(1000);
    await journal.observe(await read());
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded" });
    expect(await end(asking)).toMatchObject({ state: "succeeded" });
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  test.each([undefined, null, "a payment", {}, { id: 5 }])("refuses %o", async (payment) => {
    const { journal } = await bench();
    // @ts-expect-error -- Not a payment.
    await expect(journal.observe(payment)).rejects.toMatchObject({ code: "invalid_argument" });
  });
});

describe("onChange", () => {
  test("is told of every new state, after it is in the store, with the payment", async () => {
    const told: string[] = [];
    const onChange = async ({ id, state }: Movement, payment: unknown): Promise<void> => {
      told.push(`${state} ${String(payment !== undefined)} ${String((await journal.find(id))?.state)}`);
    };
    const { simulator, journal, paymentId, end, passAfter } = await bench({ onChange });
    simulator.partners.next("pending", { kind: "capture" });
    await end(journal.capture({ ...capture, paymentId }));
    await passAfter(300_000);
    await end(journal.capture({ id: "too much", amount: 99_999, paymentId }));
    expect(told).toEqual(["pending true pending", "succeeded true succeeded", "refused false refused"]);
  });

  test("that throws is called again by the next pass, and only then", async () => {
    const onChange = vi.fn().mockRejectedValueOnce(new Error("no")).mockRejectedValueOnce(new Error("no"));
    const { journal, paymentId, end, passAfter } = await bench({ onChange });
    const movement = await end(journal.capture({ ...capture, paymentId }));
    expect(movement).toMatchObject({ state: "succeeded" });
    expect(await passAfter(10)).toEqual({ taken: 1, settled: 0, open: 1 });
    expect(await passAfter(10)).toEqual({ taken: 1, settled: 1, open: 0 });
    expect(await passAfter(3_600_000)).toEqual({ taken: 0, settled: 0, open: 0 });
    expect(onChange.mock.calls.map(([told]) => (told as Movement).state)).toEqual(Array(3).fill("succeeded"));
    expect(onChange.mock.calls.at(-1)?.[1]).toMatchObject({ id: paymentId });
  });

  test("is told of a state that was left before it could be told", async () => {
    const onChange = vi.fn().mockRejectedValueOnce(new Error("no"));
    const { simulator, journal, paymentId, end, read } = await bench({ onChange });
    simulator.partners.next("undecided", { kind: "capture" });
    const { operationId = "" } = await end(journal.capture({ ...capture, paymentId }));
    simulator.partners.settle(operationId, "approve");
    await end(journal.observe(await read()));
    expect(onChange.mock.calls.map(([told]) => (told as Movement).state)).toEqual([
      "pending",
      "pending",
      "succeeded",
    ]);
  });

  test("is called once by two processes that learn of it at the same time", async () => {
    const onChange = vi.fn();
    const { simulator, start, journal, paymentId, end, read } = await bench({ onChange });
    simulator.partners.next("undecided", { kind: "capture" });
    const { operationId = "" } = await end(journal.capture({ ...capture, paymentId }));
    simulator.partners.settle(operationId, "approve");
    const payment = await read();
    await end(Promise.all([journal.observe(payment), start().observe(payment), start().observe(payment)]));
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  test("is told after a process died before it could be", async () => {
    const onChange = vi.fn();
    const { store, start, paymentId, end, passAfter } = await bench({ onChange });
    let writes = 0;
    const write: typeof store.write = async (...given) => {
      writes += 1;
      return writes > 1 ? Promise.reject(new Error("dead")) : store.write(...given);
    };
    await end(
      start({ store: { ...store, write }, onChange: () => Promise.reject(new Error("dead")) }).capture({
        ...capture,
        paymentId,
      }),
    );
    await passAfter(15_000);
    expect(onChange).toHaveBeenCalledTimes(1);
  });
});

describe("record", () => {
  test("sends nothing; the next pass does", async () => {
    const { journal, paymentId, passAfter, moved } = await bench();
    const movement = await journal.record({ kind: "capture", ...capture, paymentId });
    expect(movement).toMatchObject({ state: "open", attempts: 0 });
    expect(moved("capture")).toEqual([]);
    expect(await passAfter(0)).toEqual({ taken: 1, settled: 1, open: 0 });
    expect(await journal.find(capture.id)).toMatchObject({
      state: "succeeded",
      attempts: 1,
      idempotencyKey: movement.idempotencyKey,
    });
    expect(moved("capture")).toEqual([3000]);
  });

  test("of the same id and values gives the movement as it is, and refuses other values", async () => {
    const { journal, paymentId, end } = await bench();
    const first = await end(journal.capture({ ...capture, paymentId }));
    expect(await journal.record({ kind: "capture", ...capture, paymentId })).toEqual(first);
    await expect(journal.record({ kind: "refund", ...capture, paymentId })).rejects.toMatchObject({
      code: "invalid_argument",
    });
  });
});

describe("resume and run", () => {
  test("work on each entry once a pass, at most as many as asked for", async () => {
    const { journal, paymentId, end, clock, simulator } = await bench();
    for (let number = 0; number < 30; number++)
      await journal.record({ kind: "capture", id: `c${String(number)}`, paymentId, amount: 10 });
    expect(await end(journal.resume({ limit: 5 }))).toEqual({ taken: 5, settled: 5, open: 0 });
    simulator.faults.add({ kind: "error_before", operation: "capturePayment", times: 3 });
    expect(await end(journal.resume())).toEqual({ taken: 25, settled: 22, open: 3 });
    await clock.advance(1000);
    expect(await end(journal.resume({}))).toEqual({ taken: 3, settled: 3, open: 0 });
  });

  test("stop when the signal aborts, and leave what they worked on to the next pass", async () => {
    const { journal, paymentId, end, clock, simulator, passAfter, moved } = await bench();
    await journal.record({ kind: "capture", ...capture, paymentId });
    simulator.faults.add({ kind: "stall_after", operation: "capturePayment" });
    const controller = new AbortController();
    const passing = journal.resume({ signal: controller.signal });
    await clock.advance(100);
    controller.abort();
    expect(await end(passing)).toEqual({ taken: 1, settled: 0, open: 1 });
    expect(await end(journal.resume({ signal: controller.signal }))).toMatchObject({ taken: 0 });
    await passAfter(1000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded" });
    expect(moved("capture")).toEqual([3000]);
  });

  test("run passes every second until it is aborted, in spite of failures", async () => {
    const { journal, start, store, paymentId, clock } = await bench();
    let failures = 3;
    const take: typeof store.take = (...given) =>
      failures-- > 0 ? Promise.reject(new Error("the database is gone")) : store.take(...given);
    const controller = new AbortController();
    const running = start({ store: { ...store, take } }).run({ signal: controller.signal });
    await clock.advance(500);
    await journal.record({ kind: "capture", ...capture, paymentId });
    await clock.advance(2000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "open" });
    await clock.advance(1000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded" });
    controller.abort();
    await running;
    expect(clock.pendingTimers()).toBe(0);
  });

  test("a store that fails ends a single pass with its own error", async () => {
    const { start, store } = await bench();
    const journal = start({
      store: { ...store, take: () => Promise.reject(new Error("the database is gone")) },
    });
    await expect(journal.resume()).rejects.toThrow("the database is gone");
  });
});

describe("the lease", () => {
  test("is renewed while its holder works, so that no other asks", async () => {
    const { simulator, journal, start, paymentId, clock, end, passAfter } = await bench();
    simulator.faults.add({ kind: "stall_after", operation: "capturePayment" });
    const asking = journal.capture({ ...capture, paymentId });
    await clock.advance(29_000);
    expect(await end(start().resume())).toMatchObject({ taken: 0 });
    await clock.advance(1000);
    expect(await asking).toMatchObject({ state: "open" });
    await passAfter(1000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded", attempts: 2 });
  });

  test("that is over ends its holder's call", async () => {
    const { simulator, store, start, journal, paymentId, clock, moved, passAfter } = await bench();
    simulator.faults.add({ kind: "stall_after", operation: "capturePayment" });
    const cutOff = start({ store: { ...store, renew: () => Promise.reject(new Error("no connection")) } });
    const asking = cutOff.capture({ ...capture, paymentId });
    await clock.advance(15_000);
    expect(await asking).toMatchObject({
      state: "open",
      reason: "outcome_unknown: aborted",
    });
    await passAfter(1000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded", attempts: 2 });
    expect(moved("capture")).toEqual([3000]);
  });

  test("of a holder that comes back late is another's, and what it learned changes nothing", async () => {
    const onChange = vi.fn();
    const { purse, store, start, journal, paymentId, clock, end, moved } = await bench({ onChange });
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow: typeof purse = {
      ...purse,
      payments: {
        ...purse.payments,
        capture: (...given) => {
          const call = purse.payments.capture(...given);
          const answered = call.withResponse();
          const withResponse: typeof call.withResponse = async () => {
            const response = await answered;
            await gate; // Ignores the signal.
            return { ...response, operation: { ...response.operation, status: "FAILURE" } as never };
          };
          return Object.assign(call, { withResponse });
        },
      },
    };
    const renew = (): Promise<never> => Promise.reject(new Error("no connection"));
    const late = start({ store: { ...store, renew } }, slow).capture({ ...capture, paymentId });
    await clock.advance(15_001);
    await end(journal.resume());
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded" });
    release();
    expect(await end(late)).toMatchObject({ state: "succeeded", operationStatus: "SUCCESS" });
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(moved("capture")).toEqual([3000]);
  });

  test("that another has leaves nothing of the holder's timers", async () => {
    const { journal, paymentId, end, clock } = await bench();
    await end(journal.capture({ ...capture, paymentId }));
    expect(clock.pendingTimers()).toBe(0);
  });
});

describe("an operation that the service names", () => {
  test("is another's if it has another amount, and the movement is in doubt after its time", async () => {
    const { simulator, journal, store, purse, paymentId, end, passAfter } = await bench();
    simulator.faults.add({ kind: "drop_before", operation: "capturePayment" });
    await end(journal.capture({ ...capture, paymentId }));
    const other = await end(purse.payments.capture(paymentId, { amount: 7 }).withResponse());
    const [entry] = await store.ofPayment(paymentId, undefined);
    if (entry !== undefined) await store.write({ ...entry, operationId: other.operation?.id }, 0);
    await passAfter(0);
    expect(await journal.find(capture.id)).toMatchObject({ state: "open" });
    await passAfter(301_000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "in_doubt" });
  });

  test("is read by its id, without asking again", async () => {
    const { simulator, journal, store, paymentId, end, passAfter, read, moved } = await bench();
    simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    await end(journal.capture({ id: capture.id, amount: 3000, paymentId }));
    const [entry] = await store.ofPayment(paymentId, undefined);
    const { captures } = await read();
    if (entry !== undefined) await store.write({ ...entry, operationId: captures[0]?.id }, 0);
    await passAfter(0);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded", attempts: 1 });
    expect(moved("capture")).toEqual([3000]);
  });
});
