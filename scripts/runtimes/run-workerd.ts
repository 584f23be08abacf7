import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { FileResult } from "../../test/runtimes/report.js";
import type { Bundle } from "./bundle.js";

const compatibilityDate = "2026-11-17";
const fileTimeoutMs = 150_000;

/**
 * Runs the bundles in two workers, one without any Node API for all that need none of it, and one with
 * `nodejs_compat` for tests that do. Both reach this machine only.
 */
export async function runInWorkerd(
  command: readonly [string, ...string[]],
  folder: string,
  bundles: readonly Bundle[],
): Promise<FileResult[]> {
  const configFile = join(folder, "config.capnp");
  writeFileSync(configFile, configOf(bundles));
  const [program, ...args] = command;
  const child = spawn(program, [...args, "--experimental", "--control-fd=3", configFile], {
    stdio: ["ignore", "inherit", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-3000);
  });
  try {
    const ports = await portsOf(child.stdio[3] as Readable, 2);
    const results: FileResult[] = [];
    for (const { file, usesNode } of bundles) {
      const port = String(ports.get(usesNode ? "node" : "plain"));
      results.push(
        await runOne(`http://127.0.0.1:${port}/?file=${encodeURIComponent(file)}`, file, () => errors),
      );
    }
    return results;
  } catch (error) {
    throw new Error(`workerd does not run: ${errors}`, { cause: error });
  } finally {
    child.kill("SIGKILL");
  }
}

async function runOne(url: string, file: string, errors: () => string): Promise<FileResult> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(fileTimeoutMs) });
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

function configOf(bundles: readonly Bundle[]): string {
  const workers = { plain: [] as string[], node: ["nodejs_compat"] };
  const services = Object.entries(workers).map(([name, flags]) => {
    const files = bundles
      .filter(({ usesNode }) => usesNode === (name === "node"))
      .map(({ output }) => basename(output));
    const modules = ["main.js", "vitest.js", ...files].map(
      (module) => `(name = ${quote(module)}, esModule = embed ${quote(module)})`,
    );
    return `(name = ${quote(name)}, worker = (
      compatibilityDate = ${quote(compatibilityDate)},
      compatibilityFlags = [${flags.map(quote).join(", ")}],
      globalOutbound = "loopback",
      modules = [${modules.join(",\n        ")}]
    ))`;
  });
  const sockets = Object.keys(workers).map(
    (name) => `(name = ${quote(name)}, address = "127.0.0.1:0", http = (), service = ${quote(name)})`,
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
