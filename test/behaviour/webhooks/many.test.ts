import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { systemClock } from "../../../src/clock.js";
import { createWebhookHandler, type WebhookContext } from "../../../src/webhooks/index.js";
import { createStore } from "../../../src/webhooks/stores/memory-store.js";
import { toNodeHandler } from "../../../src/webhooks/node.js";
import { inParallel, startReceiving } from "../../support/receiving-server.js";
import { paidPayment, simulate } from "../../support/simulated.js";

const secret = "a-secret-between-shop-and-purse";
const paymentCount = 60;
const stateCount = 4;
const deliveryCount = 6000;
const maxEntries = 240;

interface Watched {
  readonly on: { fallback: (context: WebhookContext) => Promise<void> };
  readonly atOnce: () => number;
  readonly again: readonly string[];
  readonly succeeded: ReadonlySet<string>;
  readonly failures: () => number;
}

/** A handler that takes its time, fails now and then, and notes what must never happen. */
function watch(): Watched {
  const atWork = new Map<string, number>();
  const succeeded = new Set<string>();
  const again: string[] = [];
  let [runs, mostAtOnce, failures] = [0, 0, 0];
  return {
    on: {
      fallback: async ({ event }) => {
        runs += 1;
        const state = `${event.id}:${String(event.version)}`;
        if (succeeded.has(state)) again.push(state);
        const now = (atWork.get(event.id) ?? 0) + 1;
        atWork.set(event.id, now);
        mostAtOnce = Math.max(mostAtOnce, now);
        await setTimeout(runs % 4);
        atWork.set(event.id, now - 1);
        if (runs % 5 === 0) {
          failures += 1;
          throw new Error("now and then");
        }
        succeeded.add(state);
      },
    },
    atOnce: () => mostAtOnce,
    again,
    succeeded,
    failures: () => failures,
  };
}

test("6000 deliveries, most of them repeated and many at once, run the handler once for each state", async () => {
  const simulated = simulate();
  const { purse } = simulated;
  const payments = await Promise.all(Array.from({ length: paymentCount }, () => paidPayment(simulated)));
  const store = createStore({ maxEntries }, systemClock);
  const watched = watch();
  let mostEntries = 0;
  const handler = createWebhookHandler(purse, { secrets: [secret], store, on: watched.on });
  const server = await startReceiving(toNodeHandler(handler));
  const statuses: Record<number, number> = {};
  let sent = 0;

  async function deliver(body: unknown): Promise<void> {
    for (;;) {
      const headers = { "content-type": "application/json", "x-purse-webhook-secret": secret };
      const { status } = await fetch(server.url, { method: "POST", headers, body: JSON.stringify(body) });
      sent += 1;
      statuses[status] = (statuses[status] ?? 0) + 1;
      mostEntries = Math.max(mostEntries, store.size());
      if (status < 500) return;
    }
  }

  for (let state = 0; state < stateCount; state++) {
    if (state > 0) await Promise.all(payments.map(({ id }) => purse.payments.capture(id, { amount: 100 })));
    const jobs = Array.from({ length: deliveryCount / stateCount }, (_, index) => {
      // Runs of ten for one payment, so that they meet; now and then as if they had been under way for long.
      const { id } = payments[Math.floor(index / 10) % paymentCount] ?? { id: "" };
      const version = index % 7 === 0 ? 1 : state + 1;
      return () => deliver({ id, version });
    });
    await inParallel(48, jobs);
  }
  await server.close();

  expect(sent).toBeGreaterThanOrEqual(deliveryCount);
  expect(watched.atOnce()).toBe(1);
  expect(watched.again).toEqual([]);
  expect(watched.succeeded.size).toBe(paymentCount * stateCount);
  expect(watched.failures()).toBeGreaterThan(50);
  expect(Object.keys(statuses).sort()).toEqual(["200", "500"]);
  expect(mostEntries).toBeGreaterThan(maxEntries / 2);
  expect(mostEntries).toBeLessThanOrEqual(maxEntries);
}, 120_000);
