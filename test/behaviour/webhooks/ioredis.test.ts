import { createClient } from "@keyv/redis";
import { Redis, type RedisOptions } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRedisWebhookStore, createWebhookHandler } from "../../../src/webhooks/index.js";
import { inParallel } from "../../support/receiving-server.js";
import { hasRedis, startRedis, type RedisServer } from "../../support/redis.js";
import { delivery, statedPayment, webhookSecret } from "../../support/webhooks.js";

if (!hasRedis) console.warn("Skipped: webhooks through ioredis. There is no redis-server on this machine.");

describe.skipIf(!hasRedis)("webhooks through ioredis and a Redis server", () => {
  let redis: RedisServer;
  let admin: Redis;
  let clients: Redis[];

  beforeAll(async () => {
    redis = await startRedis();
    admin = new Redis(redis.url);
  });
  beforeEach(async () => {
    clients = [];
    await admin.flushall();
  });
  afterEach(() => {
    for (const client of clients) client.disconnect();
  });
  afterAll(async () => {
    admin.disconnect();
    await redis.stop();
  });

  function connect(options: Pick<RedisOptions, "username" | "password" | "keyPrefix"> = {}): Redis {
    const client = new Redis(redis.url, { maxRetriesPerRequest: 1, ...options });
    clients.push(client);
    return client;
  }

  it("one client keeps to what the other has agreed on, of either library", async () => {
    const nodeRedis = createClient({ url: redis.url });
    await nodeRedis.connect();
    const stores = [
      createRedisWebhookStore({ client: connect(), receiver: "shop" }),
      createRedisWebhookStore({ client: nodeRedis, receiver: "shop" }),
    ];
    let version = 1;
    const [succeeded, again]: [Set<string>, string[]] = [new Set(), []];
    let [atWork, mostAtWork, runs] = [0, 0, 0];
    const fallback = async ({ event }: { event: { id: string; version?: number } }): Promise<void> => {
      const state = `${event.id}:${String(event.version)}`;
      runs += 1;
      if (succeeded.has(state)) again.push(state);
      mostAtWork = Math.max(mostAtWork, (atWork += 1));
      await admin.ping();
      atWork -= 1;
      if (runs % 3 === 0) throw new Error("now and then");
      succeeded.add(state);
    };
    const payments = { retrieve: (id: string) => Promise.resolve(statedPayment({ id, version })) };
    const handlers = stores.map((store) =>
      createWebhookHandler({ payments }, { secrets: [webhookSecret], store, on: { fallback } }),
    );
    for (version = 1; version <= 3; version++) {
      const jobs = Array.from({ length: 100 }, (_, index) => async () => {
        for (;;) {
          const response = await handlers[index % 2]?.(delivery());
          if (response?.status === 200) return;
        }
      });
      await inParallel(20, jobs);
    }
    nodeRedis.destroy();
    expect([succeeded.size, again, mostAtWork]).toEqual([3, [], 1]);
  });

  it("a claim is released by its owner alone, also within one store", async () => {
    const store = createRedisWebhookStore({ client: connect(), receiver: "shop" });
    expect(await store.claim("a", 20, "slow")).toBe(true);
    await expect.poll(() => store.claim("a", 60_000, "fast")).toBe(true);
    await store.release("a", "slow");
    expect(await store.claim("a", 60_000, "third")).toBe(false);
    await store.release("a", "fast");
    expect(await store.claim("a", 60_000, "third")).toBe(true);
  });

  it("a user who may not run scripts gives up claims all the same, and only his own", async () => {
    await admin.call("ACL", "SETUSER", "app", "on", ">password", "~*", "+@all", "-eval");
    const store = createRedisWebhookStore({
      client: connect({ username: "app", password: "password" }),
      receiver: "shop",
    });
    expect(await store.claim("a", 60_000, "one")).toBe(true);
    await store.release("a", "another");
    expect(await store.claim("a", 60_000, "another")).toBe(false);
    await store.release("a", "one");
    expect(await store.claim("a", 60_000, "another")).toBe(true);
  });

  it("a prefix that ioredis itself puts before keys is no hindrance", async () => {
    const store = createRedisWebhookStore({
      client: connect({ keyPrefix: "shop:" }),
      receiver: "orders",
      prefix: "w:",
    });
    await store.claim("a", 60_000, "one");
    expect(await admin.keys("*")).toEqual(["shop:w:orders:a"]);
    await store.release("a", "one");
    expect(await admin.keys("*")).toEqual([]);
    await store.remember("b", "text", 60_000);
    expect(await store.recall("b")).toBe("text");
    expect(await store.recall("c")).toBeUndefined();
  });

  it("a claim that was completed stands, and neither runs out early nor is released", async () => {
    const store = createRedisWebhookStore({ client: connect(), receiver: "shop" });
    await store.claim("a", 1000, "one");
    await store.complete("a", 60_000);
    await store.release("a", "one");
    expect(await store.claim("a", 1000, "two")).toBe(false);
    expect(await admin.pttl("purse-payments:webhook:shop:a")).toBeGreaterThan(50_000);
  });

  it("a Redis that is away makes the sender come again, and no handler runs", async () => {
    const client = new Redis({
      host: "127.0.0.1",
      port: 1,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    client.on("error", () => undefined);
    const handled: unknown[] = [];
    const handler = createWebhookHandler(
      { payments: { retrieve: (id: string) => Promise.resolve(statedPayment({ id })) } },
      {
        secrets: [webhookSecret],
        store: createRedisWebhookStore({ client, receiver: "shop" }),
        on: { fallback: (context) => handled.push(context) },
      },
    );
    const response = await handler(delivery());
    client.disconnect();
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(handled).toEqual([]);
  });
});
