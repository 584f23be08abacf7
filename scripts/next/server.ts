import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import type { Simulator } from "../../src/simulator/index.js";

const startTimeoutMs = 60_000;

/** A built Next application that is served. */
export interface NextServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** What a client in another process is told of a simulator that listens. */
export function variablesOf({
  baseUrl,
  clientId,
  clientSecret,
  entityId,
}: Simulator): Record<string, string> {
  return {
    NEXT_TELEMETRY_DISABLED: "1",
    PURSE_BASE_URL: baseUrl,
    PURSE_CLIENT_ID: clientId,
    PURSE_CLIENT_SECRET: clientSecret,
    PURSE_ENTITY_ID: entityId,
  };
}

/** Runs `next start` in a folder, and resolves when its first page is there. */
export async function serve(
  folder: string,
  variables: (url: string) => Readonly<Record<string, string>>,
): Promise<NextServer> {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const args = ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", port];
  const server = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...variables(url) },
  });
  const stop = (): Promise<void> => end(server);
  try {
    await waitUntilServed(url, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function waitUntilServed(url: string, server: ChildProcess): Promise<void> {
  const endMs = performance.now() + startTimeoutMs;
  while (performance.now() < endMs) {
    if (server.exitCode !== null) throw new Error(`next start ended with ${String(server.exitCode)}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`nothing is served at ${url} after ${String(startTimeoutMs)} ms`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGKILL");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  server.close();
  await once(server, "close");
  return port;
}

export function expect(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)} instead of ${String(wanted)}`);
}

/** Does one part of a check, and tells how long it took. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const result = await work();
  console.log(`${name}: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  return result;
}
