import { describe, expect, test } from "vitest";
import type { Movement } from "../../../src/journal/index.js";
import type { CallFaultKind } from "../../../src/simulator/index.js";
import { bench } from "../../support/journal.js";

const capture = { id: "order-1/capture/1", amount: 3000, merchantReference: "CAP-1" };

describe("a movement", () => {
  test("is in the store, with its key, before the request leaves", async () => {
    const seen: (Movement | undefined)[] = [];
    const { journal, paymentId, start, purse, end } = await bench();
    const watched = start(
      {},
      {
        ...purse,
        payments: {
          ...purse.payments,
          capture(id, params, options) {
            seen.push(undefined);
            void journal.find(capture.id).then((movement) => (seen[0] = movement));
            expect(options?.idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
            return purse.payments.capture(id, params, options);
          },
        },
      },
    );
    const movement = await end(watched.capture({ ...capture, paymentId }));
    expect(seen[0]).toMatchObject({ state: "open", attempts: 1, idempotencyKey: movement.idempotencyKey });
    expect(movement).toMatchObject({
      kind: "capture",
      state: "succeeded",
      operationStatus: "SUCCESS",
      attempts: 1,
    });
  });

  test("has all that was given and learned", async () => {
    const { journal, paymentId, end, read } = await bench();
    const movement = await end(journal.capture({ ...capture, paymentId }));
    const { captures } = await read();
    expect(movement).toEqual({
      id: capture.id,
      kind: "capture",
      paymentId,
      amount: 3000,
      merchantReference: "CAP-1",
      idempotencyKey: expect.any(String) as string,
      state: "succeeded",
      operationId: captures[0]?.id,
      operationStatus: "SUCCESS",
      attempts: 1,
      createdAt: expect.any(Date) as Date,
      updatedAt: expect.any(Date) as Date,
    });
    expect(await journal.find(capture.id)).toEqual(movement);
    expect(await journal.find("another")).toBeUndefined();
  });

  test.each(["capture", "refund", "void"] as const)("can be a %s", async (kind) => {
    const { journal, paymentId, end, moved } = await bench();
    await end(journal.capture({ id: "first", paymentId, amount: 5000 }));
    const movement = await end(journal[kind]({ id: "second", paymentId, amount: 1000 }));
    expect(movement).toMatchObject({ kind, state: "succeeded", amount: 1000 });
    expect(moved(kind).at(-1)).toBe(1000);
  });

  test("of the same id and values is the same movement, and nothing more is sent", async () => {
    const { journal, paymentId, end, moved, simulator } = await bench();
    const first = await end(journal.capture({ ...capture, paymentId }));
    const sent = simulator.requests().length;
    expect(await end(journal.capture({ ...capture, paymentId }))).toEqual(first);
    expect(simulator.requests()).toHaveLength(sent);
    expect(moved("capture")).toEqual([3000]);
  });

  test("is made once by any number of clicks in any number of processes", async () => {
    const { start, paymentId, end, moved, journal } = await bench();
    const clicks = [journal, start(), start()].flatMap((each) =>
      [1, 2, 3].map(() => each.capture({ ...capture, paymentId })),
    );
    const movements = await end(Promise.all(clicks));
    expect(new Set(movements.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(moved("capture")).toEqual([3000]);
  });

  test.each([
    ["kind", (id: string) => ({ ...capture, paymentId: id }), "refund"],
    ["amount", (id: string) => ({ ...capture, paymentId: id, amount: 2999 }), "capture"],
    ["paymentId", () => ({ ...capture, paymentId: "another" }), "capture"],
    [
      "merchantReference",
      (id: string) => ({ ...capture, paymentId: id, merchantReference: "CAP-2" }),
      "capture",
    ],
  ] as const)(
    "of the same id with another %s is an invalid argument, and nothing is sent",
    async (name, input, kind) => {
      const { journal, paymentId, end, simulator } = await bench();
      await end(journal.capture({ ...capture, paymentId }));
      const sent = simulator.requests().length;
      const error = await end(journal[kind](input(paymentId)).catch((reason: unknown) => reason));
      expect(error).toMatchObject({
        code: "invalid_argument",
        message: expect.stringContaining(name) as string,
      });
      expect(simulator.requests()).toHaveLength(sent);
    },
  );

  test("that fails in the store before anything was sent rejects with what the store says", async () => {
    const { store, start, paymentId, end, simulator } = await bench();
    const sent = simulator.requests().length;
    const insert = (): Promise<never> => Promise.reject(new Error("the database is gone"));
    const journal = start({ store: { ...store, insert } });
    const error = await end(journal.capture({ ...capture, paymentId }).catch((reason: unknown) => reason));
    expect(error).toEqual(new Error("the database is gone"));
    expect(simulator.requests()).toHaveLength(sent);
  });

  test("that fails in the store after it was sent is recovered under the same key", async () => {
    const { store, start, paymentId, end, passAfter, journal, moved } = await bench();
    const write = (): Promise<never> => Promise.reject(new Error("the database is gone"));
    const failing = start({ store: { ...store, write } });
    const movement = await end(failing.capture({ ...capture, paymentId }));
    expect(movement).toMatchObject({ state: "open", attempts: 1 });
    expect(await passAfter(15_000)).toEqual({ taken: 1, settled: 1, open: 0 });
    expect(await journal.find(capture.id)).toMatchObject({
      state: "succeeded",
      idempotencyKey: movement.idempotencyKey,
    });
    expect(moved("capture")).toEqual([3000]);
  });
});

describe("what becomes of it", () => {
  test.each([
    ["refuse", "failed", "FAILURE", []],
    ["conflict", "failed", "CONFLICT", undefined],
    ["pending", "pending", "PENDING", []],
    ["uncertain", "pending", "UNCERTAIN", []],
  ] as const)("a partner's %s makes it %s", async (answer, state, operationStatus, entries) => {
    const { simulator, journal, paymentId, end, moved } = await bench();
    simulator.partners.next(answer, { kind: "capture" });
    expect(await end(journal.capture({ ...capture, paymentId }))).toMatchObject({ state, operationStatus });
    if (entries !== undefined) expect(moved("capture")).toEqual(entries);
  });

  test("a refusal by the service ends it", async () => {
    const { journal, paymentId, end, passAfter, moved } = await bench();
    const movement = await end(journal.capture({ ...capture, paymentId, amount: 99_999 }));
    expect(movement).toMatchObject({
      state: "refused",
      attempts: 1,
      reason: expect.stringMatching(/^bad_request: /) as string,
    });
    expect(await passAfter(3_600_000)).toEqual({ taken: 0, settled: 0, open: 0 });
    expect(moved("capture")).toEqual([]);
  });

  test("a payment that is not there ends it", async () => {
    const { journal, end } = await bench();
    const paymentId = "00000000-0000-4000-8000-000000000000";
    expect(await end(journal.capture({ ...capture, paymentId }))).toMatchObject({ state: "refused" });
  });

  test.each<[CallFaultKind, { status?: number }]>([
    ["drop_before", {}],
    ["drop_after", {}],
    ["truncate", {}],
    ["error_before", {}],
    ["error_after", {}],
    ["html_before", {}],
    ["html_after", {}],
    ["unauthorized", {}],
    ["rate_limit", {}],
    ["html_before", { status: 400 }],
    ["html_before", { status: 403 }],
    ["html_before", { status: 404 }],
    ["html_before", { status: 200 }],
    ["stall_before", {}],
    ["stall_after", {}],
  ])("%s %o leaves it open, and the next pass settles it: once", async (kind, more) => {
    const { simulator, journal, paymentId, end, passAfter, moved } = await bench();
    simulator.faults.add({ kind, operation: "capturePayment", ...more });
    const movement = await end(journal.capture({ ...capture, paymentId }));
    expect(movement).toMatchObject({ state: "open", attempts: 1, reason: expect.any(String) as string });
    expect(await passAfter(1000)).toEqual({ taken: 1, settled: 1, open: 0 });
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded", attempts: 2 });
    expect(moved("capture")).toEqual([3000]);
  });

  test.each<[string, CallFaultKind]>([
    ["cannot be reached", "drop_before"],
    ["gives no token", "error_before"],
  ])("a service that %s leaves it open for as long as that lasts", async (_, kind) => {
    const { simulator, journal, paymentId, end, passAfter, moved } = await bench();
    simulator.faults.add({ kind, operation: "capturePayment", times: "always" });
    await end(journal.capture({ ...capture, paymentId }));
    for (let minutes = 0; minutes < 20; minutes++) {
      await passAfter(60_000);
      expect(await journal.find(capture.id)).toMatchObject({ state: "open" });
    }
    simulator.faults.clear();
    await passAfter(60_000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded" });
    expect(moved("capture")).toEqual([3000]);
  });

  test("is asked again after 1 s, then at growing distances, at most 15 s", async () => {
    const { simulator, journal, paymentId, end, passAfter, clock } = await bench();
    simulator.faults.add({ kind: "error_before", operation: "capturePayment", times: "always" });
    await end(journal.capture({ ...capture, paymentId }));
    const pauses: number[] = [];
    for (let last = clock.monotonicMs(); pauses.length < 6;) {
      const { taken } = await passAfter(250);
      if (taken === 0) continue;
      pauses.push(clock.monotonicMs() - last);
      last = clock.monotonicMs();
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  });
});

describe("a refusal after an attempt that may have taken effect", () => {
  test("is no refusal when the payment shows the operation", async () => {
    const { simulator, journal, paymentId, end, passAfter, moved } = await bench();
    simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    await end(journal.capture({ ...capture, paymentId }));
    simulator.faults.add({ kind: "bad_request", operation: "capturePayment", times: "always" });
    await passAfter(1000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded" });
    expect(moved("capture")).toEqual([3000]);
  });

  test("is asked again for 5 minutes, and then in doubt, never refused", async () => {
    const { simulator, journal, paymentId, end, passAfter, moved } = await bench();
    simulator.faults.add({ kind: "drop_before", operation: "capturePayment" });
    await end(journal.capture({ ...capture, paymentId }));
    simulator.faults.add({ kind: "bad_request", operation: "capturePayment", times: "always" });
    for (let seconds = 1; seconds < 300; seconds += 15) {
      await passAfter(15_000);
      expect((await journal.find(capture.id))?.state).toBe(seconds <= 300 - 14 ? "open" : "in_doubt");
    }
    await passAfter(15_000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "in_doubt" });
    expect(await passAfter(3_600_000)).toMatchObject({ taken: 0 });
    expect(moved("capture")).toEqual([]);
  });

  test("that passes leaves no doubt", async () => {
    const { simulator, journal, paymentId, end, passAfter, moved } = await bench();
    simulator.faults.add({ kind: "drop_before", operation: "capturePayment" });
    await end(journal.capture({ ...capture, paymentId }));
    simulator.faults.add({ kind: "bad_request", operation: "capturePayment", times: 5 });
    for (let pass = 0; pass < 6; pass++) await passAfter(15_000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded" });
    expect(moved("capture")).toEqual([3000]);
  });

  test("counts nothing as an attempt that may have taken effect which provably was none", async () => {
    const { simulator, journal, paymentId, end, passAfter } = await bench();
    simulator.faults.add({ kind: "rate_limit", operation: "capturePayment", retryAfterSeconds: 1 });
    simulator.faults.add({ kind: "unauthorized", operation: "capturePayment" });
    await end(journal.capture({ ...capture, paymentId, amount: 99_999 }));
    await passAfter(1000);
    await passAfter(2000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "refused", attempts: 3 });
  });

  test("is doubted after a process that died in between", async () => {
    const { store, simulator, start, paymentId, end, passAfter, journal } = await bench();
    const dead = start({ store: { ...store, write: () => Promise.reject(new Error("dead")) } });
    await end(dead.capture({ ...capture, paymentId }));
    simulator.faults.add({ kind: "bad_request", operation: "capturePayment" });
    await passAfter(15_000);
    expect(await journal.find(capture.id)).toMatchObject({ state: "succeeded", attempts: 2 });
  });
});
