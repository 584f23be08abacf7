import { expect, test } from "vitest";
import { createResources, type Purse } from "../../../src/client.js";
import { createSimulator, type Simulator } from "../../../src/simulator/index.js";
import { manualClock, runToEnd, type ManualClock } from "../../support/manual-clock.js";
import { movedBy } from "../../support/simulated.js";

/** A client of a simulator whose token endpoint grants once and is down afterwards. */
interface Outage extends Pick<Purse, keyof Purse> {
  readonly simulator: Simulator;
  readonly clock: ManualClock;
  readonly tokenRequests: () => number;
  /** The next capture is answered with 503 and not carried out. */
  failNextCapture(): void;
}

function outage(): Outage {
  const simulator = createSimulator();
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const clock = manualClock();
  let tokenRequests = 0;
  let failing = 0;
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const isToken = url.endsWith("/oauth/token");
    const isFailing = isToken ? (tokenRequests += 1) > 1 : url.endsWith("/captures") && failing-- > 0;
    return isFailing ? Promise.resolve(new Response(null, { status: 503 })) : simulator.fetch(url, init);
  };
  const resources = createResources(
    { baseUrl, clientId, clientSecret, entityId, fetch },
    { clock, random: () => 0.5 },
  );
  const failNextCapture = (): void => {
    failing = 1;
  };
  return { ...resources, simulator, clock, tokenRequests: () => tokenRequests, failNextCapture };
}

async function authorized(purse: Outage): Promise<string> {
  const { id } = await purse.payments.create({
    amount: 700,
    currency: "EUR",
    order: { reference: "order-1", net_amount: 700 },
    split: [{ partner: "illicado", method: "giftcard", amount: 700 }],
  });
  return id;
}

test("a capture is repeated with the token that is still good, however long the next token request has to wait", async () => {
  const purse = outage();
  const id = await authorized(purse);
  const { clock } = purse;
  await clock.advance(3_540_000);
  // Each failed renewal makes the next one wait longer: 1, 2, 4, 8, 16 and then 30 s.
  for (const waitMs of [1000, 2000, 4000, 8000, 16_000]) {
    await purse.payments.retrieve(id);
    await clock.advance(waitMs);
  }
  await purse.payments.retrieve(id);
  await clock.advance(1000);
  expect(purse.tokenRequests()).toBe(7);

  // The token is good for 28 s more, and the next token request is 29 s away.
  purse.failNextCapture();
  const capture = purse.payments.capture(id, { amount: 700 }).withResponse();
  const startMs = clock.monotonicMs();
  const { attempts, idempotency } = await runToEnd(clock, capture);
  expect({ attempts, idempotency }).toEqual({ attempts: 2, idempotency: "created" });
  expect(clock.monotonicMs() - startMs).toBeLessThan(1000);
  expect(movedBy(purse.simulator, id)["capture"]).toEqual([700]);
});

test("a retry that would find the token ended waits for the next token request instead", async () => {
  const purse = outage();
  const id = await authorized(purse);
  const { clock } = purse;
  await clock.advance(3_540_000);
  for (const waitMs of [1000, 2000, 4000, 8000, 16_000, 28_900]) {
    await purse.payments.retrieve(id);
    await clock.advance(waitMs);
  }
  purse.failNextCapture();
  void purse.payments.capture(id, { amount: 700 }).catch(() => undefined);
  await clock.advance(0);
  // 100 ms of its life are left, and 1100 ms until the next token request; the backoff would be 250 ms.
  expect(clock.nextTimerInMs()).toBe(1100);
});
