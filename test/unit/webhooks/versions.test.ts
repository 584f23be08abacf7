import { beforeEach, describe, expect, test } from "vitest";
import { createReceivers, type Receivers } from "../../support/webhook-receiver.js";
import { statedPayment } from "../../support/webhooks.js";

let receivers: Receivers;
beforeEach(() => {
  receivers = createReceivers();
});

const nothing = { total_authorized: 1000, total_captured: 0, total_refunded: 0, total_voided: 0 };
const capturing = (captured: number, version?: number): ReturnType<typeof statedPayment> =>
  statedPayment({ version, amounts: { ...nothing, total_captured: captured } });

const changesHandled = (): unknown[] => receivers.handled.map(({ event }) => event.changes);

describe("a reading with a lower version than what was handled last", () => {
  test("is told of each time, since it may go on like that and silence every later state", async () => {
    const { reader, told, create, statusOf } = receivers;
    const receive = create();
    reader.answer = () => capturing(0, 7);
    expect(await statusOf(receive())).toBe(200);
    for (const version of [1, 2, 3]) {
      reader.answer = () => capturing(100 * version, version);
      expect(await statusOf(receive())).toBe(200);
    }
    expect(changesHandled()).toEqual([["authorized"]]);
    expect(told).toMatchObject(
      Array(3).fill([{ reason: "read_back_behind" }, { status: 200, paymentId: "payment-1" }]),
    );
  });

  test("is read again, and what is newer by then is handled", async () => {
    const { clock, reader, told, create, statusOf } = receivers;
    const receive = create();
    reader.answer = () => capturing(0, 7);
    await statusOf(receive());
    reader.answer = () => (reader.reads.length < 4 ? capturing(0, 6) : capturing(400, 8));
    const startMs = clock.monotonicMs();
    expect(await statusOf(receive())).toBe(200);
    expect(changesHandled()).toEqual([["authorized"], ["captured"]]);
    expect(clock.monotonicMs() - startMs).toBeLessThanOrEqual(1300);
    expect(told).toEqual([]);
  });

  test("makes the sender come again when what it announces has not been seen", async () => {
    const { reader, create, statusOf } = receivers;
    const receive = create();
    reader.answer = () => capturing(0, 7);
    await statusOf(receive());
    reader.answer = () => capturing(0, 6);
    expect(await statusOf(receive({ body: { id: "payment-1", version: 8 } }))).toBe(503);
  });
});

describe("a version out of all proportion", () => {
  test.each([[Number.MAX_SAFE_INTEGER], [1e300], [2 ** 31], [1.5], [-1]])(
    "in a reading, %d, does not silence what follows",
    async (version) => {
      const { reader, told, create, statusOf } = receivers;
      const receive = create();
      const states: readonly [number, number][] = [
        [7, 0],
        [version, 100],
        [8, 200],
        [9, 300],
      ];
      for (const [each, captured] of states) {
        reader.answer = () => capturing(captured, each);
        expect(await statusOf(receive())).toBe(200);
      }
      expect(changesHandled()).toEqual([["authorized"], ["captured"], ["captured"], ["captured"]]);
      expect(told).toEqual([]);
    },
  );

  test.each([[Number.MAX_SAFE_INTEGER], [1e300]])(
    "in a delivery, %d, is told of, and does not silence what follows",
    async (version) => {
      const { reader, told, create, statusOf } = receivers;
      const receive = create();
      reader.answer = () => capturing(0, 1);
      for (let index = 0; index < 6; index++) {
        const expected = index < 5 ? 503 : 200;
        expect(await statusOf(receive({ body: { id: "payment-1", version } }))).toBe(expected);
      }
      expect(told).toHaveLength(6);
      reader.answer = () => capturing(400, 2);
      expect(await statusOf(receive({ body: { id: "payment-1", version: 2 } }))).toBe(200);
      expect(changesHandled()).toEqual([["authorized"], ["captured"]]);
    },
  );
});

describe("a delivery without a version", () => {
  const operation = (status: string): Record<string, unknown> => ({ id: "capture-1", amount: 400, status });
  const pending = { authorization: { status: "PENDING" }, amounts: { ...nothing, total_authorized: 0 } };

  /** What the delivery says, and what the service still gives when it comes. */
  const ahead: readonly [string, Record<string, unknown>, Record<string, unknown>][] = [
    ["a capture's amount", { amounts: { ...nothing, total_captured: 400 } }, {}],
    ["the authorization", {}, pending],
    ["a refusal", { ...pending, authorization: { status: "REFUSED" } }, pending],
    ["an operation", { captures: [operation("PENDING")] }, {}],
    ["the end of an operation", { captures: [operation("FAILURE")] }, { captures: [operation("PENDING")] }],
  ];

  test.each(ahead)("that shows %s before the service does is asked for again", async (_, told, read) => {
    const { reader, handled, create, statusOf } = receivers;
    const receive = create();
    reader.answer = () => statedPayment({ version: undefined, ...read });
    const body = statedPayment({ version: undefined, ...told });
    expect(await statusOf(receive({ body }))).toBe(503);
    expect(handled).toHaveLength(1);
    expect(handled[0]?.payment).toMatchObject(read); // What is told is not believed.
    reader.answer = () => body;
    expect(await statusOf(receive({ body }))).toBe(200);
    expect(handled).toHaveLength(2);
  });

  test.each(ahead)("that shows %s is done when reading once more shows it", async (_, told, read) => {
    const { reader, create, statusOf } = receivers;
    const body = statedPayment({ version: undefined, ...told });
    reader.answer = () => (reader.reads.length < 2 ? statedPayment({ version: undefined, ...read }) : body);
    expect(await statusOf(create()({ body }))).toBe(200);
    expect([reader.reads.length, receivers.told]).toEqual([2, []]);
  });

  test.each(ahead)("that comes late, after the service shows more than %s, is not", async (_, read, told) => {
    const { reader, create, statusOf } = receivers;
    reader.answer = () => statedPayment({ version: undefined, ...read });
    expect(await statusOf(create()({ body: statedPayment({ version: undefined, ...told }) }))).toBe(200);
    expect([reader.reads.length, receivers.told]).toEqual([1, []]);
  });

  test("is compared by what it shows also where the service gives versions", async () => {
    const { reader, create, statusOf } = receivers;
    reader.answer = () => capturing(0, 3);
    expect(await statusOf(create()({ body: capturing(400) }))).toBe(503);
  });

  test("does not make the sender come for ever, and is told of when it is given up", async () => {
    const { reader, told, create, statusOf } = receivers;
    const receive = create();
    reader.answer = () => capturing(0);
    const statuses: number[] = [];
    for (let index = 0; index < 6; index++) statuses.push(await statusOf(receive({ body: capturing(400) })));
    expect(statuses).toEqual([503, 503, 503, 503, 503, 200]);
    expect(told.at(-1)).toMatchObject([{ reason: "read_back_behind" }, { status: 200 }]);
    // Another content is another matter.
    expect(await statusOf(receive({ body: capturing(500) }))).toBe(503);
  });

  test.each([
    ["nothing else", {}],
    ["members of other types", { amounts: "1000", authorization: "AUTHORIZED", captures: { a: 1 } }],
    ["nulls", { amounts: null, authorization: null, captures: [null], voids: null }],
  ])("with its id and %s is handled as it is read", async (_, rest) => {
    const { create, statusOf } = receivers;
    expect(await statusOf(create()({ body: { id: "payment-1", ...rest } }))).toBe(200);
    expect(receivers.handled).toHaveLength(1);
  });
});
