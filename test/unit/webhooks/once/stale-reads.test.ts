import { beforeEach, describe, expect, test } from "vitest";
import { PurseNotFoundError, PursePermissionError } from "../../../../src/index.js";
import { createRefusalLimit } from "../../../../src/webhooks/once/stale-reads.js";
import { createReceivers, type Receivers } from "../../../support/webhook-receiver.js";
import { runToAnswer, statedPayment } from "../../../support/webhooks.js";

let receivers: Receivers;
beforeEach(() => {
  receivers = createReceivers();
});

const announcing = (version: number): { body: object } => ({ body: { id: "payment-1", version } });
const versionsHandled = (): unknown[] => receivers.handled.map(({ event }) => event.version);

describe("a delivery of something newer than what is read", () => {
  test("has what is read handled, and the sender come again for the rest", async () => {
    const { clock, reader, told, create, statusOf } = receivers;
    const receive = create();
    const response = await runToAnswer(clock, receive(announcing(2)));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(versionsHandled()).toEqual([1]);
    expect(told).toMatchObject([[{ reason: "read_back_behind" }, { status: 503, paymentId: "payment-1" }]]);
    reader.answer = () => statedPayment({ version: 2 });
    expect(await statusOf(receive(announcing(2)))).toBe(200);
    expect(versionsHandled()).toEqual([1, 2]);
  });

  test.each([2, 3])("is read again, and done when reading number %d shows it", async (reading) => {
    const { clock, reader, told, create, statusOf } = receivers;
    reader.answer = () => statedPayment({ version: reader.reads.length >= reading ? 2 : 1 });
    const startMs = clock.monotonicMs();
    expect(await statusOf(create()(announcing(2)))).toBe(200);
    expect(versionsHandled()).toEqual([1, 2]);
    expect(reader.reads).toHaveLength(reading);
    expect(clock.monotonicMs() - startMs).toBeLessThanOrEqual(1300);
    expect(told).toEqual([]);
  });

  test("is not taken for a repetition", async () => {
    const { create, statusOf } = receivers;
    const receive = create();
    await statusOf(receive());
    expect(await statusOf(receive(announcing(2)))).toBe(503);
    expect(versionsHandled()).toEqual([1]);
  });

  test("does not make the sender come for ever, and is told of when it is given up", async () => {
    const { told, create, statusOf } = receivers;
    const receive = create();
    const statuses: number[] = [];
    for (let index = 0; index < 7; index++) statuses.push(await statusOf(receive(announcing(99))));
    expect(statuses).toEqual([503, 503, 503, 503, 503, 200, 200]);
    expect(told.at(-1)).toMatchObject([
      { reason: "read_back_behind" },
      { status: 200, paymentId: "payment-1" },
    ]);
    // Another number is another matter.
    expect(await statusOf(receive(announcing(100)))).toBe(503);
    expect(versionsHandled()).toEqual([1]);
  });

  test("is one that was handled, where payments have no version", async () => {
    const { reader, handled, create, statusOf } = receivers;
    reader.answer = () => statedPayment({ version: undefined });
    const receive = create();
    for (const version of [1, 2]) expect(await statusOf(receive(announcing(version)))).toBe(200);
    expect(handled).toHaveLength(1);
    expect(reader.reads).toHaveLength(2);
  });

  test("holds no turn while it waits: another delivery of the payment gets its own", async () => {
    const { clock, create, statusOf } = receivers;
    const receive = create();
    const behind = receive(announcing(2));
    await expect.poll(() => clock.pendingTimers()).toBe(1);
    expect((await receive()).status).toBe(200);
    expect(await statusOf(behind)).toBe(503);
  });

  test("is not read again when a handler has failed: the sender comes anyway", async () => {
    const { reader, create, statusOf } = receivers;
    const fallback = (): never => {
      throw new Error("no");
    };
    expect(await statusOf(create({ on: { fallback } })(announcing(2)))).toBe(500);
    expect(reader.reads).toHaveLength(1);
  });
});

describe("a payment that the service does not know", () => {
  const unknown = (): never => {
    throw new PurseNotFoundError("There is no such payment.", { status: 404 });
  };

  test("is asked for again, because it may have been made a moment ago", async () => {
    const { reader, handled, told, create, statusOf } = receivers;
    reader.answer = () => (reader.reads.length < 3 ? unknown() : statedPayment());
    expect(await statusOf(create()())).toBe(200);
    expect([handled.length, told]).toEqual([1, []]);
  });

  test("is refused for good after three readings", async () => {
    const { clock, reader, told, create } = receivers;
    reader.answer = unknown;
    const response = await runToAnswer(clock, create()());
    expect([response.status, response.headers.get("retry-after")]).toEqual([400, null]);
    expect(reader.reads).toHaveLength(3);
    expect(told).toMatchObject([[{ reason: "payment_unknown" }, { status: 400, paymentId: "payment-1" }]]);
  });

  test("and one that may not be read are different: for that the sender comes again, and nothing is lost", async () => {
    const { reader, handled, create, statusOf } = receivers;
    const receive = create();
    reader.answer = () => {
      throw new PursePermissionError("The credentials may not do this.", { status: 403 });
    };
    expect(await statusOf(receive())).toBe(503);
    reader.answer = () => statedPayment(); // The credentials were corrected.
    expect(await statusOf(receive())).toBe(200);
    expect(handled).toHaveLength(1);
  });
});

test("only so many numbers are kept: the one that was not seen for longest is forgotten, and counts anew", () => {
  const mayRefuse = createRefusalLimit();
  const ask = (id: string): boolean => mayRefuse({ id, announcedVersion: 2 });
  for (let index = 0; index < 5; index++) ask("forgotten");
  for (let index = 0; index < 5; index++) ask("remembered");
  expect([ask("forgotten"), ask("remembered")]).toEqual([false, false]);
  for (let index = 0; index < 999; index++) ask(String(index));
  expect([ask("remembered"), ask("forgotten")]).toEqual([false, true]);
});
