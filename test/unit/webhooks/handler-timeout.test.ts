import { beforeEach, describe, expect, test } from "vitest";
import type { WebhookContext } from "../../../src/webhooks/index.js";
import { settle } from "../../support/manual-clock.js";
import { createReceivers, type Receivers } from "../../support/webhook-receiver.js";
import { runToAnswer, statedPayment } from "../../support/webhooks.js";

let receivers: Receivers;
beforeEach(() => {
  receivers = createReceivers();
});

interface Stuck {
  readonly on: { fallback: (context: WebhookContext) => Promise<void> };
  readonly contexts: WebhookContext[];
  readonly end: (error?: Error) => void;
}

/** A handler that never ends by itself. */
function stuck(): Stuck {
  const contexts: WebhookContext[] = [];
  let end: Stuck["end"] = () => undefined;
  return {
    contexts,
    end: (error) => {
      end(error);
    },
    on: {
      fallback: (context) =>
        new Promise((resolve, reject) => {
          contexts.push(context);
          end = (error) => {
            if (error === undefined) resolve();
            else reject(error);
          };
        }),
    },
  };
}

/** A receiver whose handler was given up after 20 of its claim's 60 seconds. */
async function givenUp(): Promise<{ receive: () => Promise<Response>; work: Stuck; startMs: number }> {
  const { clock, create } = receivers;
  const work = stuck();
  const receive = create({ on: work.on, handlerTimeoutMs: 20_000 });
  const startMs = clock.monotonicMs();
  const response = await runToAnswer(clock, receive());
  expect(response.status).toBe(500);
  expect(clock.monotonicMs() - startMs).toBe(20_000);
  return { receive, work, startMs };
}

describe("a handler that does not end", () => {
  test("blocks its payment no longer than its claim, and the next delivery runs it again", async () => {
    const { clock, told, create, statusOf } = receivers;
    let runs = 0;
    const fallback = (): Promise<void> =>
      (runs += 1) === 1 ? new Promise(() => undefined) : Promise.resolve();
    const receive = create({ on: { fallback } });
    const startMs = clock.monotonicMs();
    expect(await statusOf(receive())).toBe(500);
    expect(clock.monotonicMs() - startMs).toBeLessThan(60_000);
    expect(told).toMatchObject([
      [
        { reason: "handler_timeout", status: 500 },
        { status: 500, paymentId: "payment-1" },
      ],
    ]);
    await clock.advance(startMs + 60_000 - clock.monotonicMs());
    expect(await statusOf(receive())).toBe(200);
    expect(runs).toBe(2);
    expect(clock.pendingTimers()).toBe(0);
  });

  test("is given up after handlerTimeoutMs, and has its signal aborted then", async () => {
    const { work } = await givenUp();
    const signal = work.contexts[0]?.signal;
    expect(signal?.aborted).toBe(true);
    expect(signal?.reason).toMatchObject({ code: "webhook", reason: "handler_timeout" });
  });

  test("is not joined by another while its claim stands, here or elsewhere", async () => {
    const { clock, handled, create, statusOf } = receivers;
    const { receive, work, startMs } = await givenUp();
    expect(await statusOf(receive())).toBe(503);
    const elsewhere = create();
    expect(await statusOf(elsewhere())).toBe(503);
    expect(work.contexts).toHaveLength(1);
    await clock.advance(startMs + 60_000 - clock.monotonicMs());
    expect(await statusOf(elsewhere())).toBe(200);
    expect(handled).toHaveLength(1);
  });

  test("and succeeds after all has handled the event", async () => {
    const { told, create, statusOf } = receivers;
    const { receive, work } = await givenUp();
    work.end();
    await settle();
    expect(await statusOf(receive())).toBe(200);
    expect(await statusOf(create()())).toBe(200);
    expect(work.contexts).toHaveLength(1);
    expect(told).toHaveLength(1); // Only of the time that was up.
  });

  test("and fails after all is told of, and run again", async () => {
    const { told, handled, create, statusOf } = receivers;
    const { work } = await givenUp();
    work.end(new Error("no"));
    await settle();
    expect(told[1]).toEqual([new Error("no"), { status: 500, paymentId: "payment-1" }]);
    expect(await statusOf(create()())).toBe(200);
    expect(handled).toHaveLength(1);
  });

  test("and succeeds when another has handled a newer state does not turn time back", async () => {
    const { clock, reader, handled, create, statusOf } = receivers;
    const { work, startMs } = await givenUp();
    await clock.advance(startMs + 60_000 - clock.monotonicMs());
    reader.answer = () => statedPayment({ version: 2 });
    const elsewhere = create();
    expect(await statusOf(elsewhere())).toBe(200);
    work.end();
    await settle();
    reader.answer = () => statedPayment({ version: 1 });
    expect(await statusOf(elsewhere())).toBe(200);
    reader.answer = () => statedPayment({ version: 2 });
    expect(await statusOf(elsewhere())).toBe(200);
    expect(handled.map(({ event }) => event.version)).toEqual([2]);
    // Nor does it make changes look new that were handled with version 2.
    reader.answer = () => statedPayment({ version: 3 });
    expect(await statusOf(elsewhere())).toBe(200);
    expect(handled[1]?.event).toMatchObject({ version: 3, previous: { version: 2 } });
  });

  test("leaves deliveries of other payments alone", async () => {
    const { create, statusOf } = receivers;
    const work = stuck();
    const receive = create({ on: work.on });
    void receive();
    await expect.poll(() => work.contexts).toHaveLength(1);
    const other = receive({ body: { id: "payment-2" } });
    await expect.poll(() => work.contexts).toHaveLength(2);
    work.end();
    expect(await statusOf(other)).toBe(200);
  });
});

test("a handler that ends in time leaves no timer, and its signal as it was", async () => {
  const { clock, handled, create } = receivers;
  expect((await create()()).status).toBe(200);
  expect(clock.pendingTimers()).toBe(0);
  expect(handled[0]?.signal.aborted).toBe(false);
});

test("a reader that never answers does not block the payment", async () => {
  const { clock, reader, handled, create, statusOf } = receivers;
  const receive = create();
  reader.answer = () => new Promise(() => undefined);
  const startMs = clock.monotonicMs();
  expect(await statusOf(receive())).toBe(503);
  expect(clock.monotonicMs() - startMs).toBeLessThanOrEqual(15_000);
  reader.answer = () => statedPayment();
  expect(await statusOf(receive())).toBe(200);
  expect(handled).toHaveLength(1);
});
