import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect } from "vitest";
import type { Simulator } from "../../src/simulator/index.js";

const folder = mkdtempSync(join(tmpdir(), "purse-command-"));
/** As `npx --no-install purse` runs it: built, beside its package.json. Built once a file, since each run from source takes a second. */
const program = [process.execPath, join(folder, "dist", "purse.js")] as const;

beforeAll(async () => {
  copyFileSync("package.json", join(folder, "package.json"));
  await build({
    entryPoints: ["src/cli/bin.ts"],
    outfile: program[1],
    bundle: true,
    format: "esm",
    platform: "node",
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

export type Variables = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The command as a real process. */
export interface Running {
  readonly output: () => string;
  readonly errors: () => string;
  write(text: string): void;
  endInput(): void;
  signal(name: NodeJS.Signals): void;
  /** Resolves when it has ended and said nothing that it must not. */
  readonly ended: Promise<Ended>;
}

export function without(variables: Variables, name: string): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([other]) => other !== name));
}

/** Only what is given: no variable of the machine that runs the tests may take part. */
function environmentOf(variables: Variables): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_NO_WARNINGS: "1", ...variables };
}

export function start(args: readonly string[], variables: Variables = {}): Running {
  const [node, ...rest] = program;
  return follow(spawn(node, [...rest, ...args], { env: environmentOf(variables) }), variables);
}

/** Runs it to its end, with nobody to ask. */
export async function run(args: readonly string[], variables: Variables = {}, input = ""): Promise<Ended> {
  const running = start(args, variables);
  running.write(input);
  running.endInput();
  return running.ended;
}

/** Runs a command line as it was printed, by a shell. */
export async function runPrinted(line: string, variables: Variables): Promise<Ended> {
  expect(line).toMatch(/^npx --no-install purse /);
  const script = line.replace(/^npx --no-install purse/, program.join(" "));
  return follow(spawn("sh", ["-c", script], { env: environmentOf(variables) }), variables).ended;
}

/** Whether there are pseudo terminals to be had: `script` of util-linux, as on any Debian. Elsewhere it differs. */
export const hasTerminals: boolean = isUtilLinux(
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout,
);

/** @param text null where there is no such program, whatever the declared type says. */
function isUtilLinux(text: string | null): boolean {
  return text?.includes("util-linux") === true;
}

/** Runs it in a pseudo terminal, where a person can be asked. Both streams come out as output. */
export function startInTerminal(args: readonly string[], variables: Variables): Running {
  const words = [...program, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", `exec ${words}`, "/dev/null"], { env: environmentOf(variables) });
  return follow(child, variables);
}

function follow(child: ChildProcess, variables: Variables): Running {
  let output = "";
  let errors = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  // Whoever has gone need not be written to.
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
    ended,
  };
}

/** No secret, no token, no stack trace, whatever was done. */
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
