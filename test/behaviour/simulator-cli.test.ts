import { spawn } from "node:child_process";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { getSigningJwks } from "../../generated/operations.js";
import { bundleProgram } from "../support/programs.js";

const program = await bundleProgram("src/simulator/cli/bin.ts");

interface Run {
  readonly output: () => string;
  readonly errors: () => string;
  readonly exit: Promise<number | null>;
  stop(signal: NodeJS.Signals): void;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [program, ...args]);
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
  expect(simulator.output()).toContain(`${url}/_simulator/\n`);
  // Aligned, and without colours, because it is not a terminal.
  expect(simulator.output()).toMatch(
    /^\d\d:\d\d:\d\d GET    \/payment\/v2\/signing-jwks {15}200 +[\d.]+ ms getSigningJwks$/m,
  );
  expect(simulator.output()).not.toContain("\u001B");
  expect(simulator.errors()).toBe("");
});

it("prints help", async () => {
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
  ["--fault", "explode"],
  ["--fault", "drop_after:teleport"],
  ["--fault", "drop_after::never"],
  ["--state", ""],
  ["--state", program],
  ["--port", "-h"],
  ["--seed", "--help"],
  ["--state", "-h"],
  ["--host", "--help"],
  ["--fault", "-h"],
  ["--", "--help"],
  ["--help=yes"],
  ["--port"],
  ["--port", "0", "--port", "0"],
  ["--quiet", "-q"],
])("refuses %s %s with one line", async (...args) => {
  const simulator = run(...args);
  expect(await simulator.exit).toBe(2);
  expect(simulator.errors()).toMatch(/^purse-simulator: [^\n]+\n$/);
});

it("saves its state to a file, and queues the given faults", async () => {
  const folder = await mkdtemp(join(tmpdir(), "purse-simulator-"));
  const file = join(folder, "state.json");
  const keyIds: string[] = [];
  for (const round of [1, 2]) {
    const simulator = run(
      "--port",
      "0",
      "--seed",
      "x",
      "--state",
      file,
      "--fault",
      "error_before:getSigningJwks",
    );
    await expect.poll(simulator.output, { timeout: 15_000 }).toContain("PURSE_ENTITY_ID");
    const url = /^export PURSE_BASE_URL=(\S+)$/m.exec(simulator.output())?.[1] ?? "";
    expect((await fetch(url + getSigningJwks.path)).status).toBe(503);
    keyIds.push(await (await fetch(url + getSigningJwks.path)).text());
    simulator.stop("SIGTERM");
    expect([round, await simulator.exit, simulator.errors()]).toEqual([round, 0, ""]);
    expect(simulator.output()).toMatch(/ 503 .* fault error_before$/m);
  }
  expect(keyIds[1]).toBe(keyIds[0]);
  // It holds private keys.
  expect((await stat(file)).mode & 0o077).toBe(0);
  await rm(folder, { recursive: true });
});

describe("the state file, in a folder that other users can write to", () => {
  let folder: string;
  let file: string;
  let victim: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "purse-simulator-"));
    file = join(folder, "state.json");
    victim = join(folder, "victim");
    await writeFile(victim, "untouched", { mode: 0o644 });
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function runOnce(): Promise<{ code: number | null; errors: string }> {
    const simulator = run("--port", "0", "--state", file);
    const hasSpoken = (): boolean =>
      simulator.output().includes("PURSE_ENTITY_ID") || simulator.errors() !== "";
    await expect.poll(hasSpoken, { timeout: 15_000 }).toBe(true);
    // After an error it exits by itself.
    if (simulator.errors() === "") simulator.stop("SIGTERM");
    return { code: await simulator.exit, errors: simulator.errors() };
  }

  it("is not written through guessable temporary names", async () => {
    for (const name of [".part", ".tmp", ".new", "~"]) await symlink(victim, file + name);
    expect((await runOnce()).code).toBe(0);
    expect(await readFile(victim, "utf8")).toBe("untouched");
    expect((await lstat(file)).isFile()).toBe(true);
    expect((await stat(file)).mode & 0o077).toBe(0);
    for (const name of [".part", ".tmp", ".new", "~"]) await rm(file + name);
    expect(await readdir(folder)).toEqual(["state.json", "victim"]);
  });

  it.each([
    ["a link to another file", () => symlink(victim, file)],
    ["a broken link", () => symlink(join(folder, "nowhere"), file)],
    [
      "a link to a state file",
      async () => {
        await runOnce();
        await rename(file, victim);
        await symlink(victim, file);
      },
    ],
    ["a folder", () => mkdir(file)],
  ])("is neither read nor written where there is %s", async (_name, plant) => {
    await plant();
    const before = await readFile(victim, "utf8");
    const { code, errors } = await runOnce();
    expect([code, errors]).toEqual([
      2,
      expect.stringMatching(/^purse-simulator: Cannot read \S+: it is not a regular file[^\n]+\n$/),
    ]);
    expect(await readFile(victim, "utf8")).toBe(before);
    expect(await readdir(folder)).toEqual(["state.json", "victim"]);
  });

  it("is not written through a link created while the simulator runs", async () => {
    const simulator = run("--port", "0", "--state", file);
    await expect.poll(simulator.output, { timeout: 15_000 }).toContain("PURSE_ENTITY_ID");
    await rm(file);
    await symlink(victim, file);
    simulator.stop("SIGTERM");
    expect([await simulator.exit, simulator.errors()]).toEqual([
      1,
      expect.stringContaining("not a regular file"),
    ]);
    expect(await readFile(victim, "utf8")).toBe("untouched");
  });

  it("is made readable only by its owner", async () => {
    await runOnce();
    await chmod(file, 0o644);
    expect((await runOnce()).code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});

it("reports on start that the state file is not writable", async () => {
  const simulator = run("--port", "0", "--state", join(tmpdir(), "no-such-folder", "state.json"));
  expect(await simulator.exit).toBe(2);
  expect(simulator.errors()).toMatch(/^purse-simulator: Cannot write \S+: [^\n]+\n$/);
  expect(simulator.output()).toBe("");
});

it("replaces the faults of the state file with the given ones", async () => {
  const folder = await mkdtemp(join(tmpdir(), "purse-simulator-"));
  for (const round of [1, 2]) {
    const state = ["--state", join(folder, "state.json")];
    const simulator = run("--port", "0", ...state, "--fault", "drop_after:capturePayment:always");
    await expect.poll(simulator.output, { timeout: 15_000 }).toContain("PURSE_ENTITY_ID");
    const url = /^export PURSE_BASE_URL=(\S+)$/m.exec(simulator.output())?.[1] ?? "";
    const faults = (await (await fetch(`${url}/_simulator/faults`)).json()) as unknown[];
    expect([round, faults.length]).toEqual([round, 1]);
    simulator.stop("SIGTERM");
    expect(await simulator.exit).toBe(0);
  }
  await rm(folder, { recursive: true });
});

it("reports in one line that the port is in use", async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const { port } = holder.address() as AddressInfo;
  const simulator = run("--port", String(port));
  expect(await simulator.exit).toBe(1);
  expect(simulator.errors()).toBe(`purse-simulator: Port ${String(port)} on 127.0.0.1 is already in use.\n`);
  holder.close();
});
