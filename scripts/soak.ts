import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { Purse } from "../src/index.js";
import { createUndiciFetch, type FetchLike } from "../src/undici/index.js";

const help = `Makes very many calls against a server on loopback and looks at what is left: heap after collection, listeners on a
signal that all calls share, timers, sockets, unhandled rejections.

  npm run soak              100 000 calls, 10 000 of them aborted
  npm run soak -- --short   10 000 calls, 1 000 of them aborted
  npm run soak -- --undici  over undici instead of fetch
  npm run soak -- --calls 500000   as many as you like
`;

const concurrency = 64;
/** What the heap may differ by: noise of the collector, not a few bytes a call. */
const permittedGrowthBytes = 1_500_000;

interface Figures {
  calls: number;
  aborted: number;
  seconds: number;
  heapBeforeMb: number;
  heapAfterMb: number;
  listeners: number;
  timers: number;
  sockets: number;
  unhandledRejections: number;
}

async function startServer(): Promise<{ url: string; close: () => void }> {
  const answer = JSON.stringify({ id: "payment-1", captures: [], amounts: { total_captured: 0 } });
  const token = JSON.stringify({ access_token: "token", token_type: "Bearer", expires_in: 3600 });
  const server = createServer((request, response) => {
    request.resume();
    const text = request.url === "/oauth/token" ? token : answer;
    response.writeHead(200, { "content-type": "application/json", "content-length": text.length }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${String(port)}`, close };
}

/** A signal that lives as long as a server does, and counts who listens. */
function countingSignal(): { signal: AbortSignal; listeners: () => number } {
  const { signal } = new AbortController();
  let count = 0;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  Object.assign(signal, {
    addEventListener: (...args: Parameters<typeof add>) => {
      count += 1;
      add(...args);
    },
    removeEventListener: (...args: Parameters<typeof remove>) => {
      count -= 1;
      remove(...args);
    },
  });
  return { signal, listeners: () => count };
}

async function callMany(
  purse: Purse,
  calls: number,
  abortEvery: number,
  shared: AbortSignal,
): Promise<number> {
  let [started, aborted] = [0, 0];
  const worker = async (): Promise<void> => {
    while (started < calls) {
      const index = started++;
      if (index % abortEvery !== 0) {
        if (index % 2 === 0) await purse.payments.retrieve("payment-1", { signal: shared });
        else await purse.payments.capture("payment-1", { amount: 1 }, { signal: shared });
        continue;
      }
      const controller = new AbortController();
      const call = purse.payments.capture("payment-1", { amount: 1 }, { signal: controller.signal });
      setImmediate(() => {
        controller.abort();
      });
      await call.catch(() => (aborted += 1));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return aborted;
}

async function collectedHeapBytes(): Promise<number> {
  for (let round = 0; round < 6; round++) {
    globalThis.gc?.();
    // What is collected may free more, but only in a turn of its own.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return process.memoryUsage().heapUsed;
}

function countResources(kind: string): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === kind).length;
}

async function soak(calls: number, fetch: FetchLike | undefined): Promise<Figures> {
  let unhandledRejections = 0;
  process.on("unhandledRejection", () => (unhandledRejections += 1));
  const server = await startServer();
  const purse = new Purse({ baseUrl: server.url, clientId: "client", clientSecret: "secret", fetch });
  const { signal, listeners } = countingSignal();
  const startedAtMs = performance.now();
  // The first half warms everything up: compiled code and grown tables are no leak.
  let aborted = await callMany(purse, calls / 2, 10, signal);
  const heapBefore = await collectedHeapBytes();
  aborted += await callMany(purse, calls / 2, 10, signal);
  const seconds = (performance.now() - startedAtMs) / 1000;
  server.close();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const heapAfter = await collectedHeapBytes();
  return {
    calls,
    aborted,
    seconds: Math.round(seconds * 10) / 10,
    heapBeforeMb: heapBefore / 1e6,
    heapAfterMb: heapAfter / 1e6,
    listeners: listeners(),
    timers: countResources("Timeout"),
    sockets: countResources("TCPSocketWrap"),
    unhandledRejections,
  };
}

const { values } = parseArgs({
  options: {
    help: { type: "boolean" },
    short: { type: "boolean" },
    undici: { type: "boolean" },
    calls: { type: "string" },
  },
});
if (values.help === true) {
  console.log(help);
} else if (globalThis.gc === undefined) {
  // The collector can only be asked for when Node was started with this flag.
  const args = ["--expose-gc", "--import", "tsx", ...process.argv.slice(1)];
  process.exitCode = spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;
} else {
  const calls = Number(values.calls ?? (values.short === true ? 10_000 : 100_000));
  const figures = await soak(calls, values.undici === true ? createUndiciFetch() : undefined);
  console.log(figures);
  const growthBytes = (figures.heapAfterMb - figures.heapBeforeMb) * 1e6;
  const leftovers = figures.listeners + figures.timers + figures.sockets + figures.unhandledRejections;
  process.exitCode = growthBytes < permittedGrowthBytes && leftovers === 0 ? 0 : 1;
}
