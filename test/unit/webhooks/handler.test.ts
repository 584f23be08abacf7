import { beforeEach, describe, expect, test } from "vitest";
import { PurseInvalidArgumentError, PurseWebhookError } from "../../../src/index.js";
import { createHandler, type WebhookHandlerOptions } from "../../../src/webhooks/handler.js";
import {
  createWebhookHandler,
  type WebhookContext,
  type WebhookErrorContext,
  type WebhookStore,
} from "../../../src/webhooks/index.js";
import { createStore } from "../../../src/webhooks/stores/memory-store.js";
import { thrownBy } from "../../support/failures.js";
import { manualClock, settle, type ManualClock } from "../../support/manual-clock.js";
import {
  delivery,
  runToAnswer,
  statedPayment,
  stubReader,
  webhookSecret,
  type DeliveryParts,
  type StubReader,
} from "../../support/webhooks.js";

let clock: ManualClock;
let reader: StubReader;
let store: Required<WebhookStore>;
let handled: WebhookContext[];
let told: [unknown, WebhookErrorContext][];

beforeEach(() => {
  clock = manualClock();
  reader = stubReader();
  store = createStore({}, clock);
  handled = [];
  told = [];
});

const noting = (context: WebhookContext): unknown => handled.push(context);

function createReceiver(
  options: Partial<WebhookHandlerOptions> = {},
): (parts?: DeliveryParts) => Promise<Response> {
  const onError = (error: unknown, context: WebhookErrorContext): unknown => told.push([error, context]);
  const given = { secrets: [webhookSecret], store, on: { fallback: noting }, onError, ...options };
  const handler = createHandler(reader, given, clock);
  return (parts) => handler(delivery(parts));
}

async function statusOf(response: Promise<Response>): Promise<number> {
  return (await runToAnswer(clock, response)).status;
}

/** A handler that waits until it is let go. */
function held(): { on: { fallback: () => Promise<void> }; runs: () => number; let: (end?: Error) => void } {
  const waiting: ((error?: Error) => void)[] = [];
  let runs = 0;
  return {
    on: {
      fallback: () => {
        runs += 1;
        return new Promise<void>((resolve, reject) => {
          waiting.push((error) => {
            if (error === undefined) resolve();
            else reject(error);
          });
        });
      },
    },
    runs: () => runs,
    let: (end) => {
      for (const go of waiting.splice(0)) go(end);
    },
  };
}

const errorOf = (index: number): unknown => told[index]?.[0];

test("the handler sees the payment as read back, and the sender gets 200 without a body", async () => {
  reader.answer = () => statedPayment({ version: 4, amount: 4299 });
  const response = await createReceiver()({ body: { id: "payment-1", version: 3, amount: 1 } });
  expect([response.status, await response.text()]).toEqual([200, ""]);
  expect(handled).toHaveLength(1);
  expect(handled[0]?.payment).toEqual(statedPayment({ version: 4, amount: 4299 }));
  expect(handled[0]?.event).toEqual({
    id: "payment-1",
    version: 4,
    payment: handled[0]?.payment,
    changes: ["authorized"],
    failedOperations: [],
  });
  expect(told).toEqual([]);
});

const amounts = { total_authorized: 1000, total_captured: 0, total_refunded: 0, total_voided: 0 };

test("changes are those since the last state that was handled", async () => {
  const receive = createReceiver();
  const captures = [{ id: "capture-1", status: "FAILURE", amount: 500 }];
  for (const members of [
    { version: 1 },
    { version: 2, amounts: { ...amounts, total_captured: 400 } },
    { version: 3, amounts: { ...amounts, total_captured: 400 }, captures },
    {
      version: 4,
      amounts: { ...amounts, total_captured: 400 },
      captures,
      voids: [{ id: "v", status: "PENDING" }],
    },
  ]) {
    reader.answer = () => statedPayment(members);
    expect(await statusOf(receive())).toBe(200);
  }
  expect(handled.map(({ event }) => event.changes)).toEqual([
    ["authorized"],
    ["captured"],
    ["operationFailed"],
    [],
  ]);
  expect(handled[2]?.event.failedOperations).toEqual(captures);
  expect(handled[3]?.event.failedOperations).toEqual([]);
  expect(handled[1]?.event.previous).toMatchObject({
    version: 1,
    authorization: "AUTHORIZED",
    totalCaptured: 0,
  });
});

describe("what was handled before", () => {
  test("is answered with success and not handled again", async () => {
    const receive = createReceiver();
    for (let index = 0; index < 3; index++) expect(await statusOf(receive())).toBe(200);
    expect(handled).toHaveLength(1);
    expect(reader.reads).toHaveLength(3);
  });

  test("is so also when it is older", async () => {
    const receive = createReceiver();
    for (const version of [3, 2, 1, 3]) {
      reader.answer = () => statedPayment({ version, amount: version });
      expect(await statusOf(receive())).toBe(200);
    }
    expect(handled.map(({ event }) => event.version)).toEqual([3]);
  });

  test("is told by its state where payments have no version", async () => {
    const receive = createReceiver();
    for (const captured of [0, 0, 400, 400, 1000]) {
      reader.answer = () =>
        statedPayment({ version: undefined, amounts: { ...amounts, total_captured: captured } });
      expect(await statusOf(receive())).toBe(200);
    }
    expect(handled.map(({ event }) => event.previous?.totalCaptured)).toEqual([undefined, 0, 400]);
  });

  test("is not taken for it when the state changes and the version does not", async () => {
    const receive = createReceiver();
    for (const status of ["PENDING", "SUCCESS"]) {
      reader.answer = () => statedPayment({ captures: [{ id: "c", amount: 1, status }] });
      await statusOf(receive());
    }
    expect(handled).toHaveLength(2);
  });

  test("is forgotten after its time", async () => {
    const receive = createReceiver({ completedTtlMs: 1000, summaryTtlMs: 1000 });
    await statusOf(receive());
    await clock.advance(1000);
    await statusOf(receive());
    expect(handled).toHaveLength(2);
  });

  test("is known to a store of three methods, too, but not what is older", async () => {
    const { claim, complete, release } = store;
    const receive = createReceiver({ store: { claim, complete, release } });
    for (const version of [3, 3, 2, 2]) {
      reader.answer = () => statedPayment({ version });
      expect(await statusOf(receive())).toBe(200);
    }
    expect(handled.map(({ event }) => event.version)).toEqual([3, 2]);
    expect(handled[1]?.event.previous).toBeUndefined();
  });
});

describe("a handler that fails", () => {
  test.each([
    ["throws", () => thrower("no")],
    ["rejects", () => Promise.reject(new Error("no"))],
  ])("because it %s is run again when the event comes again", async (_, fail) => {
    let runs = 0;
    const receive = createReceiver({ on: { fallback: () => ((runs += 1) < 3 ? fail() : undefined) } });
    expect(await statusOf(receive())).toBe(500);
    expect(await statusOf(receive())).toBe(500);
    expect(await statusOf(receive())).toBe(200);
    expect(await statusOf(receive())).toBe(200);
    expect(runs).toBe(3);
    expect(told.map(([error, context]) => [String(error), context])).toEqual(
      Array(2).fill(["Error: no", { status: 500, paymentId: "payment-1" }]),
    );
  });

  test("with an error of this package is a failed handler all the same", async () => {
    const error = new PurseWebhookError("secret_wrong", "from another receiver");
    const receive = createReceiver({ on: { fallback: () => Promise.reject(error) } });
    expect(await statusOf(receive())).toBe(500);
    expect(errorOf(0)).toBe(error);
  });

  test("does not undo what was handled before", async () => {
    const receive = createReceiver({
      on: { captured: () => thrower("no"), fallback: noting },
    });
    await statusOf(receive());
    reader.answer = () => statedPayment({ version: 2, amounts: { ...amounts, total_captured: 1 } });
    expect(await statusOf(receive())).toBe(500);
    reader.answer = () => statedPayment({ version: 1 });
    expect(await statusOf(receive())).toBe(200);
    expect(handled).toHaveLength(1);
  });
});

function thrower(message: string): never {
  throw new Error(message);
}

describe("deliveries at the same time", () => {
  test("run the handler once, and wait for it", async () => {
    const work = held();
    const receive = createReceiver({ on: work.on });
    const responses = Array.from({ length: 50 }, () => receive());
    await expect.poll(work.runs).toBe(1);
    await settle();
    work.let();
    expect(await Promise.all(responses.map(async (response) => (await response).status))).toEqual(
      Array(50).fill(200),
    );
    expect(work.runs()).toBe(1);
    // However many wait, one more reading serves them all.
    expect(reader.reads.length).toBeLessThanOrEqual(3);
  });

  test("are told to come again when they would wait for long, and get their turn all the same", async () => {
    const work = held();
    const receive = createReceiver({ on: work.on });
    const first = receive();
    await expect.poll(work.runs).toBe(1);
    reader.answer = () => statedPayment({ version: 2 });
    const second = await runToAnswer(clock, receive());
    expect([second.status, second.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(errorOf(0)).toMatchObject({ reason: "in_progress" });
    work.let();
    expect((await first).status).toBe(200);
    await expect.poll(work.runs).toBe(2);
    work.let(new Error("no"));
    // No delivery waits for it any more, but it is reported.
    await expect.poll(() => told).toHaveLength(2);
    expect(told[1]).toEqual([new Error("no"), { status: 500, paymentId: "payment-1" }]);
  });

  test("of several payments do not wait for each other", async () => {
    const work = held();
    const receive = createReceiver({ on: work.on });
    const responses = ["payment-1", "payment-2"].map((id) => receive({ body: { id } }));
    await expect.poll(work.runs).toBe(2);
    work.let();
    for (const response of responses) expect((await response).status).toBe(200);
  });
});

describe("another process at work on the payment", () => {
  test("is waited for a little", async () => {
    await store.claim("payment:payment-1", 60_000);
    const response = createReceiver()();
    await expect.poll(() => clock.pendingTimers()).toBe(1);
    await clock.advance(50);
    await store.release("payment:payment-1");
    expect(await statusOf(response)).toBe(200);
    expect(handled).toHaveLength(1);
  });

  test("is not waited for longer", async () => {
    await store.claim("payment:payment-1", 60_000);
    const startMs = clock.monotonicMs();
    const response = await runToAnswer(clock, createReceiver()());
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(clock.monotonicMs() - startMs).toBeLessThanOrEqual(5000);
    expect([handled, reader.reads]).toEqual([[], []]);
  });

  test("is replaced when it has died", async () => {
    const dying = held();
    void createReceiver({ on: dying.on })();
    await expect.poll(dying.runs).toBe(1);
    const receive = createReceiver(); // Shares nothing with the first but the store.
    expect(await statusOf(receive())).toBe(503);
    await clock.advance(60_000);
    expect(await statusOf(receive())).toBe(200);
    expect(handled).toHaveLength(1);
  });

  test("has its work stand when the one that was too slow ends after it", async () => {
    const [slow, fast] = [held(), held()];
    const late = createReceiver({ on: slow.on })();
    await expect.poll(slow.runs).toBe(1);
    await clock.advance(60_000);
    const taken = createReceiver({ on: fast.on })();
    await expect.poll(fast.runs).toBe(1);
    fast.let();
    expect((await taken).status).toBe(200);
    slow.let();
    expect((await late).status).toBe(500); // Its time was up; see handler-timeout.test.ts.
    expect(await statusOf(createReceiver()())).toBe(200);
    expect(handled).toHaveLength(0);
  });
});

describe("a store that fails", () => {
  const failing = (...methods: (keyof WebhookStore)[]): WebhookStore => {
    const broken = methods.map((method) => [
      method,
      () => Promise.reject(new Error("redis://user:password@host")),
    ]);
    return { ...store, ...(Object.fromEntries(broken) as Partial<WebhookStore>) };
  };

  test.each(["claim", "recall"] as const)(
    "at %s runs no handler and asks the sender to come again",
    async (method) => {
      const response = await runToAnswer(clock, createReceiver({ store: failing(method) })());
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "30"]);
      expect(handled).toEqual([]);
      expect(errorOf(0)).toMatchObject({ reason: "store_unavailable" });
      expect(JSON.stringify(told)).not.toContain("password");
    },
  );

  test.each(["remember", "complete"] as const)(
    "at %s has been told of, and what is done stays done",
    async (method) => {
      const receive = createReceiver({ store: failing(method) });
      expect(await statusOf(receive())).toBe(200);
      expect(told.map(([, context]) => context)).toEqual([{ status: 200, paymentId: "payment-1" }]);
      expect(await statusOf(receive())).toBe(200);
      expect(handled).toHaveLength(1);
    },
  );

  test("at release does not make a failed event look like a handled one", async () => {
    let runs = 0;
    const on = { fallback: () => ((runs += 1) === 1 ? thrower("no") : undefined) };
    const receive = createReceiver({ store: failing("release"), on });
    expect(await statusOf(receive())).toBe(500);
    expect(await statusOf(receive())).toBe(503);
    await clock.advance(60_000);
    expect(await statusOf(receive())).toBe(200);
    expect(runs).toBe(2);
  });

  test.each(["claim", "recall", "remember", "complete", "release"] as const)(
    "to answer at %s does not hold up the delivery",
    async (method) => {
      const response = createReceiver({
        store: { ...store, [method]: () => new Promise(() => undefined) },
      })();
      expect(await statusOf(response)).toBe(method === "claim" || method === "recall" ? 503 : 200);
      expect(clock.pendingTimers()).toBe(0);
    },
  );

  test("by throwing, or without a word, is like the others", async () => {
    const throwing = { ...store, claim: () => thrower("no") };
    expect(await statusOf(createReceiver({ store: throwing })())).toBe(503);
  });

  test("releases a late lock when no delivery waits for it any more", async () => {
    let grant: () => void = () => undefined;
    const slow: WebhookStore = {
      ...store,
      claim: async (key, ttlMs) => {
        await new Promise<void>((resolve) => (grant = resolve));
        return store.claim(key, ttlMs);
      },
    };
    expect(await statusOf(createReceiver({ store: slow })())).toBe(503);
    grant();
    await settle();
    expect(await statusOf(createReceiver()())).toBe(200);
    expect(handled).toHaveLength(1);
  });

  test("to grant the state's claim in time does not make it look handled", async () => {
    const lossy: WebhookStore = {
      ...store,
      claim: async (key, ttlMs) => {
        const isMine = await store.claim(key, ttlMs);
        if (key.startsWith("state:")) throw new Error("the answer was lost");
        return isMine;
      },
    };
    expect(await statusOf(createReceiver({ store: lossy })())).toBe(503);
    const receive = createReceiver();
    expect(await statusOf(receive())).toBe(503);
    await clock.advance(60_000);
    expect(await statusOf(receive())).toBe(200);
    expect(handled).toHaveLength(1);
  });
});

describe("answers", () => {
  test.each<[string, number, DeliveryParts]>([
    ["a wrong secret", 401, { headers: { "x-purse-webhook-secret": "wrong" } }],
    ["a GET", 405, { method: "GET" }],
    ["a form", 415, { headers: { "content-type": "text/plain" } }],
    ["a large body", 413, { body: " ".repeat(2_000_000) }],
    ["no JSON", 400, { body: "{" }],
    ["a path as id", 400, { body: { id: "a/b" } }],
  ])("%s is answered with %d and told of", async (_, status, parts) => {
    const response = await runToAnswer(clock, createReceiver()(parts));
    expect([response.status, await response.text()]).toEqual([status, ""]);
    expect(response.headers.get("allow")).toBe(status === 405 ? "POST" : null);
    expect(told).toEqual([[expect.any(PurseWebhookError), { status }]]);
    expect([handled, reader.reads]).toEqual([[], []]);
  });

  test("an unforeseen failure is answered with 503, and none is rejected", async () => {
    reader.answer = () => thrower("unforeseen");
    expect(await statusOf(createReceiver()())).toBe(503);
  });

  test("an onError that fails changes nothing", async () => {
    const receive = createReceiver({ onError: () => thrower("no") });
    expect(await statusOf(receive({ body: "{" }))).toBe(400);
  });

  test("what failed is not held against what comes next", async () => {
    const receive = createReceiver();
    reader.answer = () => thrower("down");
    expect(await statusOf(receive())).toBe(503);
    reader.answer = () => statedPayment();
    expect(await statusOf(receive())).toBe(200);
    expect(handled).toHaveLength(1);
  });
});

test("claims are as long as asked for, and what is known is kept as long as asked for", async () => {
  const asked: [string, string, number][] = [];
  const watching: WebhookStore = {
    ...store,
    claim: (key, ttlMs) => {
      asked.push(["claim", key.split(":")[0] ?? "", ttlMs]);
      return store.claim(key, ttlMs);
    },
    complete: (key, ttlMs) => {
      asked.push(["complete", key.split(":")[0] ?? "", ttlMs]);
      return store.complete(key, ttlMs);
    },
  };
  await statusOf(createReceiver({ store: watching, claimTtlMs: 20_000, completedTtlMs: 7 })());
  // The claim on the state ends before that on the payment does.
  expect(asked).toEqual([
    ["claim", "payment", 20_000],
    ["claim", "state", 18_000],
    ["complete", "state", 7],
  ]);
});

test("a claim that may have run out while the payment was read is not relied on", async () => {
  reader.answer = async () => {
    await clock.advance(59_000);
    return statedPayment();
  };
  expect(await statusOf(createReceiver()())).toBe(503);
  expect(handled).toEqual([]);
});

test("everything works without a store, an onError and a clock of one's own", async () => {
  const seen: WebhookContext[] = [];
  const handler = createWebhookHandler(
    { payments: reader },
    {
      secrets: [webhookSecret],
      on: { authorized: (context) => seen.push(context), fallback: () => undefined },
    },
  );
  for (let index = 0; index < 3; index++) expect((await handler(delivery())).status).toBe(200);
  expect((await handler(delivery({ body: "{" }))).status).toBe(400);
  expect(seen).toHaveLength(1);
});

test.each<[string, Record<string, unknown>]>([
  ["no secrets", { secrets: undefined }],
  ["no handlers", { on: undefined }],
  ["no fallback", { on: { captured: () => undefined } }],
  ["a store without release", { store: { claim: () => undefined, complete: () => undefined } }],
  [
    "a store that recalls and does not remember",
    { store: { claim: noting, complete: noting, release: noting, recall: noting } },
  ],
  ["a store that is none", { store: null }],
  ["a claim of no time", { claimTtlMs: 0 }],
  ["a handler without time", { handlerTimeoutMs: 0 }],
  ["a handler with more time than its claim", { handlerTimeoutMs: 60_001 }],
  ["a memory of half a millisecond", { completedTtlMs: 0.5 }],
  ["a memory of payments for no time", { summaryTtlMs: 0 }],
  ["an onError that is no function", { onError: "log" }],
  ["a misspelt option", { claimTTL: 1000 }],
  ["a misspelt option without a value", { max_bytes: undefined }],
  ["a misspelt handler, which would never be called", { on: { fallback: noting, authorised: noting } }],
  ["handlers in a Map", { on: new Map([["fallback", noting]]) }],
])("%s is refused at once", (_, options) => {
  expect(thrownBy(() => createReceiver(options))).toBeInstanceOf(PurseInvalidArgumentError);
});

test.each([[undefined], [null], [{}], [{ payments: {} }]])(
  "%j instead of a client is refused at once",
  (purse) => {
    const options = { secrets: [webhookSecret], on: { fallback: noting } };
    const create = (): unknown => createWebhookHandler(purse as never, options); // As from JavaScript.
    expect(thrownBy(create)).toBeInstanceOf(PurseInvalidArgumentError);
  },
);
