import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { expect, vi } from "vitest";
import { main } from "../../src/cli/main.js";
import type { System } from "../../src/cli/system.js";
import type { Simulator } from "../../src/simulator/index.js";
import { bundleProgram } from "./programs.js";

const program = "src/cli/bin.ts";

export type Variables = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The command while it runs. */
export interface Running {
  readonly output: () => string;
  readonly errors: () => string;
  write(text: string): void;
  endInput(): void;
  signal(name: NodeJS.Signals): void;
  /** As a reader that goes away does: further output fails (EPIPE). */
  closeOutput(): void;
  /** Resolves when it has ended, after a check that it printed no secret. */
  readonly ended: Promise<Ended>;
}

export function without(variables: Variables, name: string): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([other]) => other !== name));
}

/** Runs the command's `main` in this process. Its exit code, its streams and its signals are stand-ins. */
export function start(args: readonly string[], variables: Variables = {}, isTerminal = false): Running {
  setVariables(variables);
  const [stdin, stdout, stderr] = [0, 1, 2].map(() =>
    Object.assign(new PassThrough(), { isTTY: isTerminal }),
  );
  if (stdin === undefined || stdout === undefined || stderr === undefined) throw new Error("three streams");
  const signals = new EventEmitter();
  const system: System = {
    stdin,
    stdout,
    stderr,
    on: (name, listener) => signals.on(name, listener),
    off: (name, listener) => signals.off(name, listener),
    exit: (code) => {
      throw new Error(`exit ${String(code)}`);
    },
  };
  let output = "";
  let errors = "";
  stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  // On a terminal both come out as one.
  stderr.on("data", (chunk: Buffer) =>
    isTerminal ? (output += chunk.toString()) : (errors += chunk.toString()),
  );
  const ended = main(args, system)
    .then(async (code) => {
      await new Promise((resolve) => stdout.end(resolve));
      refuseLeaks(output + errors, variables);
      return { code, output, errors };
    })
    .finally(() => vi.unstubAllEnvs());
  return {
    output: () => output,
    errors: () => errors,
    write: (text) => void stdin.write(text),
    endInput: () => void stdin.end(),
    signal: (name) => void signals.emit(name),
    closeOutput: () => void stdout.destroy(),
    ended,
  };
}

const ownVariables = /^(?:PURSE_|NO_COLOR$|FORCE_COLOR$|TERM$)/;

/** Only what is given: no variable of the machine that runs the tests may take part. */
function setVariables(variables: Variables): void {
  for (const name of Object.keys(process.env)) if (ownVariables.test(name)) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

/** Runs it to its end, without a terminal. */
export async function run(args: readonly string[], variables: Variables = {}, input = ""): Promise<Ended> {
  const running = start(args, variables);
  running.write(input);
  running.endInput();
  return running.ended;
}

/** Runs a command line as it was printed, split into words by a shell. */
export async function runPrinted(line: string, variables: Variables): Promise<Ended> {
  expect(line).toMatch(/^npx --no-install purse /);
  const script = line.replace(/^npx --no-install purse /, String.raw`printf '%s\0' `);
  const { stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
  return run(stdout.split("\0").slice(0, -1), variables);
}

function environmentOf(variables: Variables): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_NO_WARNINGS: "1", ...variables };
}

/** A process of its own, for what only a process shows: signals, its end, its streams. */
export async function startProcess(args: readonly string[], variables: Variables = {}): Promise<Running> {
  const file = await bundleProgram(program);
  return follow(spawn(process.execPath, [file, ...args], { env: environmentOf(variables) }), variables);
}

/** Whether pseudo terminals can be had: `script` of util-linux, as on any Debian. Elsewhere it differs. */
export const hasTerminals: boolean = isUtilLinux(
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout,
);

/** @param text null where there is no such program, despite the declared type. */
function isUtilLinux(text: string | null): boolean {
  return text?.includes("util-linux") === true;
}

/** A process in a pseudo terminal. Both streams come out as output. */
export async function startInTerminal(args: readonly string[], variables: Variables): Promise<Running> {
  const words = [process.execPath, await bundleProgram(program), ...args]
    .map((word) => `'${word}'`)
    .join(" ");
  const child = spawn("script", ["-qec", `exec ${words}`, "/dev/null"], { env: environmentOf(variables) });
  return follow(child, variables);
}

function follow(child: ChildProcess, variables: Variables): Running {
  let output = "";
  let errors = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  // It may have ended before it is written to.
  child.stdin?.on("error", () => undefined);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve)).then((code) => {
    refuseLeaks(output + errors, variables);
    return { code, output, errors };
  });
  return {
    output: () => output,
    errors: () => errors,
    write: (text) => void child.stdin?.write(text),
    endInput: () => void child.stdin?.end(),
    signal: (name) => void child.kill(name),
    closeOutput: () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
    ended,
  };
}

/** No secret, no token and no stack trace in any case. */
function refuseLeaks(text: string, variables: Variables): void {
  for (const name of ["PURSE_CLIENT_SECRET", "PURSE_API_KEY", "PURSE_WEBHOOK_SECRET"]) {
    const secret = variables[name];
    if (secret !== undefined && secret !== "") expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/bearer|^\s+at .*[\d)]$/im);
}

export function variablesOf(
  simulator: Pick<Simulator, "baseUrl" | "clientId" | "clientSecret" | "entityId">,
): Variables {
  return {
    PURSE_BASE_URL: simulator.baseUrl,
    PURSE_CLIENT_ID: simulator.clientId,
    PURSE_CLIENT_SECRET: simulator.clientSecret,
    PURSE_ENTITY_ID: simulator.entityId,
  };
}
