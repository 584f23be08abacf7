import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { getSigningJwks } from "../../generated/operations.js";

const bin = fileURLToPath(new URL("../../src/simulator/bin.ts", import.meta.url));

interface Run {
  readonly output: () => string;
  readonly errors: () => string;
  readonly exit: Promise<number | null>;
  stop(signal: NodeJS.Signals): void;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, ["--import", "tsx", bin, ...args]);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { output: () => output, errors: () => errors, exit, stop: (signal) => void child.kill(signal) };
}

it.each(["SIGINT", "SIGTERM"] as const)("serves until %s", async (signal) => {
  const simulator = run("--port", "0");
  await expect.poll(simulator.output, { timeout: 15_000 }).toContain("PURSE_ENTITY_ID");
  const url = /^export PURSE_BASE_URL=(\S+)$/m.exec(simulator.output())?.[1] ?? "";
  expect(simulator.output()).toMatch(/^export PURSE_CLIENT_ID=\S+\nexport PURSE_CLIENT_SECRET=\S+$/m);
  expect((await fetch(url + getSigningJwks.path)).status).toBe(200);
  simulator.stop(signal);
  expect(await simulator.exit).toBe(0);
  expect(simulator.output()).toMatch(/^GET \/payment\/v2\/signing-jwks 200 \d+ ms$/m);
  expect(simulator.errors()).toBe("");
});

it("explains itself", async () => {
  const help = run("--help");
  expect(await help.exit).toBe(0);
  expect(help.output()).toContain("--port");
});

it.each([
  ["--nonsense"],
  ["--port", "x"],
  ["--port", "65536"],
  ["--port", ""],
  ["--host", "0.0.0.0"],
  ["extra"],
])("refuses %s %s with one line", async (...args) => {
  const simulator = run(...args);
  expect(await simulator.exit).toBe(2);
  expect(simulator.errors()).toMatch(/^purse-simulator: [^\n]+\n$/);
});

it("says in one line that the port is taken", async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const { port } = holder.address() as AddressInfo;
  const simulator = run("--port", String(port));
  expect(await simulator.exit).toBe(1);
  expect(simulator.errors()).toBe(
    `purse-simulator: Port ${String(port)} on 127.0.0.1 is in use by another program.\n`,
  );
  holder.close();
});
