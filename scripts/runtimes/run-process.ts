import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { FileResult } from "../../test/runtimes/report.js";

/** As test/runtimes/main.ts writes it. */
const mark = "@@runtimes ";

/** A file that takes longer hangs. */
const fileTimeoutMs = 150_000;

/** Runs each bundle in a process of Node, Bun or Deno of its own, so that none sees what another left behind. */
export async function runInProcesses(
  command: readonly [string, ...string[]],
  main: string,
  bundles: ReadonlyMap<string, string>,
): Promise<FileResult[]> {
  const results: FileResult[] = [];
  for (const [file, bundle] of bundles) results.push(await runOne([...command, main, file, bundle], file));
  return results;
}

async function runOne([program = "", ...args]: readonly string[], file: string): Promise<FileResult> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PURSE_")));
  const child = spawn(program, args, {
    env: { ...env, DENO_NO_UPDATE_CHECK: "1", DENO_DIR: ".cache/deno", DO_NOT_TRACK: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: fileTimeoutMs,
    killSignal: "SIGKILL",
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => {
      resolve(error.message);
    });
    child.on("close", (code, signal) => {
      resolve(signal ?? `code ${String(code)}`);
    });
  });
  let result: FileResult | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(mark)) result = JSON.parse(line.slice(mark.length)) as FileResult; // Written by main.ts.
  }
  const end = await ended;
  return result ?? { file, cases: [], problems: [`the process ended before its tests (${end}): ${errors}`] };
}
