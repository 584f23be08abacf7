import KeyvRedis from "@keyv/redis";
import Keyv from "keyv";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Purse } from "../src/index.js";
import { startRedis } from "../test/support/redis.js";

const help = `Counts the token requests of a fleet: processes that share one token through a real Redis and Keyv and are never idle,
against a token endpoint that says how long its tokens are good. Needs redis-server.

  npm run measure:fleet                                     30 processes, expires_in 60, 3 renewals
  npm run measure:fleet -- --lifetime 5 --renewals 12       shorter tokens
  npm run measure:fleet -- --processes 8 --latency 500      fewer processes, a slow token endpoint (in milliseconds)
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: "boolean" },
    processes: { type: "string", default: "30" },
    lifetime: { type: "string", default: "60" },
    renewals: { type: "string", default: "3" },
    latency: { type: "string", default: "50" },
  },
});

/** How long a process waits between two calls. */
const pauseMs = 200;

interface Service {
  readonly url: string;
  /** When tokens were asked for. */
  readonly askedAtMs: number[];
  readonly refusals: () => number;
  readonly close: () => void;
}

async function startService(lifetimeSeconds: number, latencyMs: number): Promise<Service> {
  const askedAtMs: number[] = [];
  const endsAtMs = new Map<string, number>();
  let refusals = 0;
  const server = createServer((request, response) => {
    request.resume();
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (request.url === "/oauth/token") {
      askedAtMs.push(performance.now());
      const token = `token-${String(askedAtMs.length)}`;
      endsAtMs.set(`Bearer ${token}`, performance.now() + latencyMs + lifetimeSeconds * 1000);
      setTimeout(() => {
        answer(200, { access_token: token, token_type: "Bearer", expires_in: lifetimeSeconds });
      }, latencyMs);
      return;
    }
    const isGood = performance.now() < (endsAtMs.get(request.headers.authorization ?? "") ?? 0);
    if (!isGood) refusals += 1;
    answer(isGood ? 200 : 401, { id: "payment-1" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${String(port)}`, askedAtMs, refusals: () => refusals, close };
}

/** One process of the fleet: reads a payment again and again until it is ended. */
async function member(baseUrl: string, redisUrl: string): Promise<void> {
  const tokenStore = new Keyv({ store: new KeyvRedis(redisUrl) });
  const purse = new Purse({ baseUrl, clientId: "id", clientSecret: "secret", tokenStore });
  for (;;) {
    await purse.payments.retrieve("payment-1");
    await wait(pauseMs * (0.5 + Math.random()));
  }
}

/** Requests that are less than half a token's life apart belong to one renewal. */
function countRenewals(askedAtMs: readonly number[], lifetimeMs: number): number[] {
  const counts: number[] = [];
  let previousMs = -Infinity;
  for (const atMs of askedAtMs) {
    if (atMs - previousMs > lifetimeMs / 2) counts.push(0);
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    previousMs = atMs;
  }
  return counts;
}

async function measure(): Promise<void> {
  const [processes, lifetime, renewals, latency] = [
    values.processes,
    values.lifetime,
    values.renewals,
    values.latency,
  ].map(Number) as [number, number, number, number];
  const [service, redis] = await Promise.all([startService(lifetime, latency), startRedis()]);
  const args = [
    "node_modules/tsx/dist/cli.mjs",
    "scripts/measure-fleet.ts",
    "member",
    service.url,
    redis.url,
  ];
  const members = Array.from({ length: processes }, () =>
    spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] }),
  );
  // The first renewals may come while some are still starting; these are not counted.
  while (countRenewals(service.askedAtMs, lifetime * 1000).length < renewals + 2) await wait(1000);
  const counts = countRenewals(service.askedAtMs, lifetime * 1000);
  for (const child of members) child.kill();
  service.close();
  await redis.stop();
  const shape = `${String(processes)} processes, expires_in ${String(lifetime)}, a token endpoint of ${String(latency)} ms`;
  console.log(
    `${shape}: start ${String(counts[0])}; renewals ${counts.slice(1, -1).join(", ")} token requests`,
  );
  console.log(`calls with a token that had ended: ${String(service.refusals())}`);
}

if (values.help === true) console.log(help);
else if (positionals[0] === "member") await member(positionals[1] ?? "", positionals[2] ?? "");
else await measure();
