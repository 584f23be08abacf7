import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { FileResult } from "../../test/runtimes/report.js";
import type { Bundle } from "./bundle.js";
import { checkEndedRequests, endedRequestsFile } from "./ended-requests.js";

const compatibilityDate = "2026-11-17";
/** From some date on, workers have the APIs of Node unless they refuse them. */
const withoutNode = ["no_nodejs_compat", "no_nodejs_compat_v2"];
const fileTimeoutMs = 150_000;

interface Worker {
  readonly name: string;
  readonly flags: readonly string[];
  /** The first is its entry. */
  readonly modules: readonly string[];
  readonly check: (url: string, errors: () => string) => Promise<FileResult[]>;
}

/** Runs the bundles in workers that reach this machine only. */
export async function runInWorkerd(
  command: readonly [string, ...string[]],
  folder: string,
  bundles: readonly Bundle[],
): Promise<FileResult[]> {
  const workers = workersFor(bundles);
  const configFile = join(folder, "config.capnp");
  writeFileSync(configFile, configOf(workers));
  const [program, ...args] = command;
  const child = spawn(program, [...args, "--experimental", "--control-fd=3", configFile], {
    stdio: ["ignore", "inherit", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-3000);
  });
  try {
    const ports = await portsOf(child.stdio[3] as Readable, workers.length);
    const results: FileResult[] = [];
    for (const { name, check } of workers) {
      const url = `http://127.0.0.1:${String(ports.get(name))}/`;
      results.push(...(await check(url, () => errors)));
    }
    return results;
  } catch (error) {
    throw new Error(`workerd does not run: ${errors}`, { cause: error });
  } finally {
    child.kill("SIGKILL");
  }
}

/**
 * One without any Node API for all tests that need none of it, one with `nodejs_compat` for those that do, and an
 * application that is asked from outside.
 */
function workersFor(bundles: readonly Bundle[]): Worker[] {
  const application = bundles.filter(({ file }) => file === endedRequestsFile);
  const tests = bundles.filter(({ file }) => file !== endedRequestsFile);
  const runTests = (name: string, flags: string[], mine: readonly Bundle[]): Worker => ({
    name,
    flags,
    modules: ["main.js", "vitest.js", ...modulesOf(mine)],
    async check(url, errors) {
      const results: FileResult[] = [];
      for (const { file } of mine) results.push(await runOne(url, file, errors));
      return results;
    },
  });
  const asked = application.map((bundle) => ({
    name: "application",
    flags: withoutNode,
    modules: modulesOf([bundle]),
    check: async (url: string) => [await checkEndedRequests(url)],
  }));
  return [
    runTests(
      "plain",
      withoutNode,
      tests.filter(({ usesNode }) => !usesNode),
    ),
    runTests(
      "node",
      ["nodejs_compat"],
      tests.filter(({ usesNode }) => usesNode),
    ),
    ...asked,
  ];
}

function modulesOf(bundles: readonly Bundle[]): string[] {
  return bundles.map(({ output }) => basename(output));
}

async function runOne(url: string, file: string, errors: () => string): Promise<FileResult> {
  try {
    const response = await fetch(`${url}?file=${encodeURIComponent(file)}`, {
      signal: AbortSignal.timeout(fileTimeoutMs),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as FileResult; // Written by worker.ts.
    return { file, cases: [], problems: [`workerd answered ${String(response.status)}: ${errors()}`] };
  } catch (error) {
    return { file, cases: [], problems: [`no answer from workerd: ${String(error)}: ${errors()}`] };
  }
}

/** The ports that workerd reports once it listens. */
async function portsOf(control: Readable, count: number): Promise<ReadonlyMap<string, number>> {
  const ports = new Map<string, number>();
  for await (const line of createInterface({ input: control })) {
    const event = JSON.parse(line) as { event: string; socket?: string; port?: number };
    if (event.socket !== undefined && event.port !== undefined) ports.set(event.socket, event.port);
    if (ports.size === count) return ports;
  }
  throw new Error("it ended before it listened");
}

function configOf(workers: readonly Worker[]): string {
  const services = workers.map(({ name, flags, modules }) => {
    const embedded = modules.map((module) => `(name = ${quote(module)}, esModule = embed ${quote(module)})`);
    return `(name = ${quote(name)}, worker = (
      compatibilityDate = ${quote(compatibilityDate)},
      compatibilityFlags = [${flags.map(quote).join(", ")}],
      globalOutbound = "loopback",
      modules = [${embedded.join(",\n        ")}]
    ))`;
  });
  const sockets = workers.map(
    ({ name }) => `(name = ${quote(name)}, address = "127.0.0.1:0", http = (), service = ${quote(name)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ${services.join(",\n    ")},
    (name = "loopback", network = (allow = ["127.0.0.1/32"]))
  ],
  sockets = [${sockets.join(", ")}]
);
`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
