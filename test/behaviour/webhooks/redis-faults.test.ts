import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PurseWebhookError, type Payment } from "../../../src/index.js";
import {
  createRedisWebhookStore,
  createWebhookHandler,
  type RedisCallClient,
  type WebhookErrorContext,
  type WebhookHandlerOptions,
} from "../../../src/webhooks/index.js";
import { hasRedis, startRedis, type RedisServer } from "../../support/redis.js";
import { delivery, statedPayment, webhookSecret } from "../../support/webhooks.js";

if (!hasRedis)
  console.warn("Skipped: what a Redis can do to webhooks. There is no redis-server on this machine.");

type Receive = () => Promise<number>;

describe.skipIf(!hasRedis)("webhooks and a Redis server that forgets, fills up or hears late", () => {
  let redis: RedisServer;
  let admin: Redis;
  let clients: Redis[];
  /** What the service knows. */
  let current: Payment;
  let told: [unknown, WebhookErrorContext][];

  beforeAll(async () => {
    redis = await startRedis();
    admin = new Redis(redis.url);
  });
  beforeEach(async () => {
    [clients, told] = [[], []];
    current = statedPayment();
    await admin.flushall();
    await admin.config("SET", "maxmemory", "0");
    await admin.call("ACL", "SETUSER", "app", "on", ">password", "~*", "+@all", "-eval");
  });
  afterEach(() => {
    for (const client of clients) client.disconnect();
  });
  afterAll(async () => {
    admin.disconnect();
    await redis.stop();
  });

  function connect(mode: "scripts" | "no scripts" = "scripts"): Redis {
    const login = mode === "scripts" ? {} : { username: "app", password: "password" };
    const client = new Redis(redis.url, { maxRetriesPerRequest: 1, ...login });
    clients.push(client);
    return client;
  }

  function receiver(
    on: WebhookHandlerOptions["on"],
    client: RedisCallClient = connect(),
    name = "shop",
    options: Partial<WebhookHandlerOptions> = {},
  ): Receive {
    const store = createRedisWebhookStore({ client, receiver: name });
    const handler = createWebhookHandler(
      { payments: { retrieve: () => Promise.resolve(current) } },
      {
        secrets: [webhookSecret],
        store,
        on,
        onError: (error, context) => told.push([error, context]),
        ...options,
      },
    );
    return async () => (await handler(delivery())).status;
  }

  const reasons = (): unknown[] =>
    told.map(([error, { status }]) => [error instanceof PurseWebhookError && error.reason, status]);

  it("two receivers with the default prefix both hear of a payment, and replicas of one share it", async () => {
    const heard: string[] = [];
    const noting = (name: string) => (): unknown => heard.push(name);
    const receivers = ["shipping", "accounting", "shipping", "accounting"].map((name) =>
      receiver({ fallback: noting(name) }, connect(), name),
    );
    for (const receive of receivers) expect(await receive()).toBe(200);
    expect(heard).toEqual(["shipping", "accounting"]);
  });

  describe.each(["scripts", "no scripts"] as const)("with %s", (mode) => {
    /** Forgets everything, as a Redis that may evict does when it is full. */
    async function evict(): Promise<void> {
      await admin.config("SET", "maxmemory-policy", "allkeys-lru");
      await admin.config("SET", "maxmemory", "1");
      await admin.set("one more", "x").catch(() => undefined);
      await admin.config("SET", "maxmemory", "0");
      expect(await admin.dbsize()).toBe(0);
    }

    it("a claim that was evicted while the handler ran is told of, and the event counts as handled", async () => {
      let runs = 0;
      const fallback = async (): Promise<void> => {
        if ((runs += 1) === 1) await evict();
      };
      const receive = receiver({ fallback }, connect(mode));
      expect(await receive()).toBe(200);
      expect(reasons()).toEqual([
        ["claim_lost", 200],
        ["claim_lost", 200],
      ]);
      expect(told[0]?.[1]).toEqual({ status: 200, paymentId: "payment-1" });
      expect(await receive()).toBe(200);
      expect(runs).toBe(1);
      expect(told).toHaveLength(2);
    });

    it("a claim that was evicted while the handler failed is told of, and blocks nothing", async () => {
      let runs = 0;
      const fallback = async (): Promise<void> => {
        if ((runs += 1) > 1) return;
        await evict();
        throw new Error("no");
      };
      const receive = receiver({ fallback }, connect(mode));
      expect(await receive()).toBe(500);
      expect(reasons()).toContainEqual(["claim_lost", 500]);
      expect(await receive()).toBe(200);
      expect(runs).toBe(2);
    });

    it("two that run at once, because the claim of one was evicted, are told of, and neither undoes the other", async () => {
      let runs = 0;
      let second: Promise<number> | undefined;
      const fallback = async (): Promise<void> => {
        if ((runs += 1) > 1) return;
        await evict();
        second = receiver({ fallback }, connect(mode))();
        expect(await second).toBe(200);
      };
      expect(await receiver({ fallback }, connect(mode))()).toBe(200);
      expect(runs).toBe(2);
      expect(reasons()).toContainEqual(["claim_lost", 200]);
      expect(await receiver({ fallback }, connect(mode))()).toBe(200);
      expect(runs).toBe(2);
    });

    it("what is handled as it should be is not reported", async () => {
      const receive = receiver({ fallback: () => undefined }, connect(mode));
      for (let version = 1; version <= 3; version++) {
        current = statedPayment({ version });
        for (let repeat = 0; repeat < 2; repeat++) expect(await receive()).toBe(200);
      }
      expect(told).toEqual([]);
    });
  });

  it("a Redis that is full and may not evict makes the sender come again, and no handler runs", async () => {
    await admin.config("SET", "maxmemory-policy", "noeviction");
    await admin.config("SET", "maxmemory", "1");
    let runs = 0;
    const receive = receiver({ fallback: () => (runs += 1) });
    expect([await receive(), runs]).toEqual([503, 0]);
    await admin.config("SET", "maxmemory", "0");
    expect([await receive(), runs]).toEqual([200, 1]);
  });

  /** A client that keeps commands back while it is cut off, and sends them once it is connected again. */
  function reconnecting(client: Redis): {
    client: RedisCallClient;
    cut: () => void;
    connect: () => Promise<unknown>;
  } {
    let waiting: (() => Promise<unknown>)[] | undefined;
    return {
      client: {
        call: (command, ...args) => {
          const send = (): Promise<unknown> => client.call(command, ...args);
          return waiting === undefined
            ? send()
            : new Promise((resolve, reject) => {
                waiting?.push(() => send().then(resolve, reject));
              });
        },
      },
      cut: () => {
        waiting = [];
      },
      connect: async () => {
        const sending = (waiting ?? []).map((send) => send());
        waiting = undefined;
        return Promise.allSettled(sending);
      },
    };
  }

  const amounts = { total_authorized: 1000, total_captured: 0, total_refunded: 0, total_voided: 0 };

  it("a note that reaches Redis late does not replace a newer one: nothing is told once more", async () => {
    const slow = reconnecting(connect());
    const options = { claimTtlMs: 2000 };
    const first = receiver({ fallback: slow.cut }, slow.client, "shop", options);
    expect(await first()).toBe(200); // Handled, and not noted.

    const changes: unknown[] = [];
    const second = receiver(
      { fallback: ({ event }) => changes.push(event.changes) },
      connect(),
      "shop",
      options,
    );
    current = statedPayment({ version: 2, amounts: { ...amounts, total_captured: 400 } });
    await expect.poll(second, { timeout: 10_000 }).toBe(200); // Once the claim of the first has run out.
    expect(changes).toEqual([["authorized", "captured"]]);

    await slow.connect();
    current = statedPayment({ version: 3, amounts: { ...amounts, total_captured: 400, total_refunded: 1 } });
    expect(await second()).toBe(200);
    expect(changes.at(-1)).toEqual(["refunded"]);
  }, 20_000);
});
