import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { FileResult } from "../../test/runtimes/report.js";

/** As test/runtimes/main.ts writes it. */
const mark = "@@runtimes ";

/** A file that takes longer hangs. */
const fileTimeoutMs = 150_000;

/** It waits for more than half a minute, for what never comes, and so has its place beside the others. */
const isSlow = (file: string): boolean => file === "test/behaviour/fault-table.test.ts";

/** Runs each bundle in a process of Node, Bun or Deno of its own, so that none sees what another left behind. */
export async function runInProcesses(
  command: readonly [string, ...string[]],
  main: string,
  bundles: ReadonlyMap<string, string>,
): Promise<FileResult[]> {
  const runAll = async (some: readonly [string, string][]): Promise<FileResult[]> => {
    const results: FileResult[] = [];
    for (const [file, bundle] of some) results.push(await runOne([...command, main, file, bundle], file));
    return results;
  };
  const slow = [...bundles].filter(([file]) => isSlow(file));
  const others = [...bundles].filter(([file]) => !isSlow(file));
  return (await Promise.all([runAll(slow), runAll(others)])).flat();
}

async function runOne([program = "", ...args]: readonly string[], file: string): Promise<FileResult> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PURSE_")));
  // A group of its own, so that what a test starts and leaves behind ends with it.
  const child = spawn(program, args, {
    env: { ...env, DENO_NO_UPDATE_CHECK: "1", DENO_DIR: ".cache/deno", DO_NOT_TRACK: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  let result: FileResult | undefined;
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith(mark)) result = JSON.parse(line.slice(mark.length)) as FileResult; // Written by main.ts.
  });
  const timer = setTimeout(() => {
    errors = `still running after ${String(fileTimeoutMs / 1000)} s: ${errors}`;
    endGroup(child.pid);
  }, fileTimeoutMs);
  const end = await new Promise<string>((resolve) => {
    child.on("error", (error) => {
      resolve(error.message);
    });
    child.on("exit", () => {
      endGroup(child.pid);
    });
    // With the group ended, no process holds its output open.
    child.on("close", (code, signal) => {
      resolve(signal ?? `code ${String(code)}`);
    });
  });
  clearTimeout(timer);
  return result ?? { file, cases: [], problems: [`the process ended before its tests (${end}): ${errors}`] };
}

function endGroup(id: number | undefined): void {
  if (id === undefined) return;
  try {
    process.kill(-id, "SIGKILL");
  } catch {
    // No process is left in it.
  }
}
