import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { createClient } from "@keyv/redis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Purse } from "../../../src/index.js";
import { createRedisWebhookStore } from "../../../src/webhooks/index.js";
import { startFaultServer, type FaultServer } from "../../fault-server/start.js";
import { bundleProgram } from "../../support/programs.js";
import { inParallel } from "../../support/receiving-server.js";
import { hasRedis, startRedis, type RedisServer } from "../../support/redis.js";

if (!hasRedis)
  console.warn("Skipped: webhooks received by several processes. There is no redis-server on this machine.");

const secret = "a-secret-between-shop-and-purse";

describe.skipIf(!hasRedis)("webhooks received by two processes with one Redis", () => {
  let server: FaultServer;
  let redis: RedisServer;
  let client: ReturnType<typeof createClient>;
  let members: ChildProcess[];

  beforeAll(async () => {
    [server, redis] = await Promise.all([startFaultServer(), startRedis()]);
    client = createClient({ url: redis.url });
    await client.connect();
  });
  beforeEach(async () => {
    members = [];
    await client.sendCommand(["FLUSHALL"]);
  });
  afterEach(() => {
    for (const member of members) member.stdin?.end();
  });
  afterAll(async () => {
    client.destroy();
    server.stop();
    await redis.stop();
  });

  async function startMember(claimTtlMs: number, mode = ""): Promise<{ url: string; process: ChildProcess }> {
    const { clientId, clientSecret } = await server.credentials();
    const facts = [server.serviceUrl, redis.url, clientId, clientSecret, secret, String(claimTtlMs), mode];
    const args = [await bundleProgram("test/behaviour/webhooks/member.ts"), ...facts];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    members.push(child);
    for await (const url of createInterface({ input: child.stdout })) return { url, process: child };
    throw new Error("the member ended before it had started");
  }

  async function deliver(url: string, body: object): Promise<number> {
    const headers = { "content-type": "application/json", "x-purse-webhook-secret": secret };
    return (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).status;
  }

  async function noted(key: string): Promise<number> {
    return Number(await client.sendCommand(["GET", key]));
  }

  it("are handled once for each state, and never at once", async () => {
    const urls = (await Promise.all([startMember(60_000), startMember(60_000)])).map(({ url }) => url);
    const { clientId, clientSecret } = await server.credentials();
    const purse = new Purse({ baseUrl: server.serviceUrl, clientId, clientSecret });
    const ids = await Promise.all(Array.from({ length: 10 }, () => server.pay()));
    const seen: Record<number, number> = {};
    for (let version = 1; version <= 3; version++) {
      if (version > 1) for (const id of ids) await purse.payments.capture(id, { amount: 100 });
      const jobs = Array.from({ length: 400 }, (_, index) => async () => {
        const id = ids[Math.floor(index / 8) % ids.length];
        for (;;) {
          const status = await deliver(urls[index % 2] ?? "", { id, version });
          seen[status] = (seen[status] ?? 0) + 1;
          if (status < 500) return;
        }
      });
      await inParallel(32, jobs);
    }
    expect(await noted("successes")).toBe(ids.length * 3);
    expect([await noted("at-once"), await noted("again")]).toEqual([0, 0]);
    expect(seen[200]).toBe(1200);
    expect(seen[500]).toBeGreaterThan(0);
  }, 60_000);

  it("are handled again when the process that handled them died", async () => {
    const claimTtlMs = 4000;
    const stuck = await startMember(claimTtlMs, "stuck");
    const healthy = await startMember(claimTtlMs);
    const id = await server.pay();
    const lost = deliver(stuck.url, { id }).catch(() => "lost");
    await expect.poll(() => noted("runs"), { timeout: 5000 }).toBe(1);
    const startedMs = performance.now();
    stuck.process.kill("SIGKILL");
    expect(await lost).toBe("lost");
    await client.sendCommand(["DEL", `at-work:${id}`]);
    const statuses: number[] = [];
    while (statuses.at(-1) !== 200) statuses.push(await deliver(healthy.url, { id }));
    // Not before the claim of the dead one had run out, and then at once.
    expect(performance.now() - startedMs).toBeGreaterThan(claimTtlMs - 1500);
    expect(performance.now() - startedMs).toBeLessThan(claimTtlMs + 5000);
    expect(await noted("successes")).toBe(1);
  }, 30_000);

  it("keeps a claim from being released by one that it was taken from", async () => {
    const [slow, fast, third] = [1, 2, 3].map(() => createRedisWebhookStore({ client, receiver: "shop" }));
    expect(await slow?.claim("a", 20)).toBe(true);
    await expect.poll(() => fast?.claim("a", 60_000)).toBe(true);
    await slow?.release("a");
    expect(await third?.claim("a", 60_000)).toBe(false);
    await fast?.release("a");
    expect(await third?.claim("a", 60_000)).toBe(true);
  });

  it("keeps what is done, and texts, for as long as asked for", async () => {
    const store = createRedisWebhookStore({ client, receiver: "shop", prefix: "x:" });
    await store.claim("a", 60_000);
    await store.complete("a", 60_000);
    await store.release("a");
    expect(await store.claim("a", 1000)).toBe(false);
    await store.remember("b", "text", 50);
    expect(await store.recall("b")).toBe("text");
    await expect.poll(() => store.recall("b")).toBeUndefined();
    expect(Number(await client.sendCommand(["PTTL", "x:shop:a"]))).toBeGreaterThan(50_000);
  });
});
