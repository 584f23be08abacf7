import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFaultServer, type FaultServer } from "../../fault-server/start.js";
import { bundleProgram } from "../../support/programs.js";
import { hasRedis, startRedis, type RedisServer } from "../../support/redis.js";

if (!hasRedis)
  console.warn("Skipped: a fleet sharing its token through Redis. There is no redis-server on this machine.");

describe.skipIf(!hasRedis)("a fleet that shares its token through Redis and Keyv", () => {
  let server: FaultServer;
  let redis: RedisServer;
  let paymentId: string;

  beforeAll(async () => {
    [server, redis] = await Promise.all([startFaultServer(), startRedis()]);
    paymentId = await server.pay();
  });

  afterAll(async () => {
    server.stop();
    await redis.stop();
  });

  /** Runs one process; another client id of the simulator's would be refused, so fleets differ by their Redis. */
  async function runMember(
    redisUrl = redis.url,
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const { clientId, clientSecret } = await server.credentials();
    const program = await bundleProgram("test/behaviour/fleet/member.ts");
    const child = spawn(process.execPath, [
      program,
      server.serviceUrl,
      redisUrl,
      clientId,
      clientSecret,
      paymentId,
    ]);
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const code = await new Promise<number | null>((resolve) => {
      child.on("close", resolve);
    });
    return { code, stdout, stderr };
  }

  async function countTokenRequests(run: () => Promise<unknown>): Promise<number> {
    const count = async (): Promise<number> => {
      return (await server.requests()).filter(({ path }) => path === "/oauth/token").length;
    };
    const before = await count();
    await run();
    return (await count()) - before;
  }

  it("asks once when its processes start one after another", async () => {
    const requests = await countTokenRequests(async () => {
      for (let index = 0; index < 4; index++) {
        expect(await runMember()).toEqual({ code: 0, stdout: paymentId, stderr: "" });
      }
    });
    expect(requests).toBe(1);
  });

  it("asks at most once a process when they start at once", async () => {
    const own = await startRedis();
    const requests = await countTokenRequests(async () => {
      const members = await Promise.all(Array.from({ length: 4 }, () => runMember(own.url)));
      expect(members.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    });
    expect(requests).toBeGreaterThanOrEqual(1);
    expect(requests).toBeLessThanOrEqual(4);
    await own.stop();
  });

  it("works without its Redis", async () => {
    const gone = await startRedis();
    await gone.stop();
    expect(await runMember(gone.url)).toMatchObject({ code: 0, stdout: paymentId });
  });
});
