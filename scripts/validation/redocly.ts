import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runBehaviour } from "./behaviour-run.js";

const specFile = "openapi/purse-payment-api-v2.yaml";
const redocly = "node_modules/@redocly/cli/bin/cli.js";

interface DriftReport {
  readonly problems: readonly {
    readonly severity: string;
    readonly target: string;
    readonly message: string;
    readonly method: string;
    readonly path: string;
    readonly status: number;
  }[];
}

interface CoverageReport {
  readonly totals: Readonly<Record<string, { readonly covered: number; readonly total: number }>>;
  readonly operations: readonly {
    readonly operationId: string;
    readonly missing: readonly { readonly kind: string; readonly status?: string }[];
  }[];
}

/** Redocly's proxy, which keeps the bytes, and its comparison of what was recorded; gives what failed. */
export async function validateWithRedocly(upstream: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "recorded-"));
  try {
    const har = join(folder, "exchanges.har");
    const { passed, exchanges } = await record(upstream, har);
    const failures = compare(har, folder, exchanges.length);
    return passed ? failures : ["the behaviour tests failed behind Redocly's proxy", ...failures];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function record(upstream: string, har: string): ReturnType<typeof runBehaviour> {
  const options = ["--target", upstream, "--port", "0", "--har", har];
  const proxy = spawn(process.execPath, [redocly, "proxy", ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    return await runBehaviour(await addressOf(proxy.stdout, proxy.stderr));
  } finally {
    const ended = once(proxy, "exit");
    proxy.kill("SIGINT");
    await ended;
  }
}

async function addressOf(...outputs: readonly NodeJS.ReadableStream[]): Promise<string> {
  return Promise.race(
    outputs.map(
      (output) =>
        new Promise<string>((resolve) => {
          createInterface({ input: output }).on("line", (line) => {
            const url = /listening on (http:\/\/[\d.:]+)/.exec(line)?.[1];
            if (url !== undefined) resolve(url);
          });
        }),
    ),
  );
}

function compare(har: string, folder: string, exchangeCount: number): string[] {
  const [driftFile, coverageFile] = [join(folder, "drift.json"), join(folder, "coverage.json")];
  const outputs = ["--format", "json", "-o", driftFile, "--coverage", "--coverage-output", coverageFile];
  const options = ["--api", specFile, "--match-mode", "basepath", "--ignore-headers", "x-simulator-port"];
  try {
    execFileSync(process.execPath, [redocly, "drift", har, ...options, ...outputs], { stdio: "ignore" });
  } catch {
    // Ends with 1 when it found something; what counts is decided below.
  }
  const { problems } = JSON.parse(readFileSync(driftFile, "utf8")) as DriftReport;
  const coverage = JSON.parse(readFileSync(coverageFile, "utf8")) as CoverageReport;
  const violations = problems
    // A request that is wrong on purpose was refused; the SDK sends its key with every POST, documented there or not.
    .filter(({ severity, target, status }) => severity === "error" && (target !== "request" || status < 400))
    .map(({ method, path, status, message }) => `${method} ${path} ${String(status)}: ${message}`);
  const unexercised = coverage.operations.flatMap(({ operationId, missing }) =>
    missing
      .filter(({ kind }) => kind === "operation" || kind === "response")
      .map(
        ({ kind, status }) =>
          `nothing exercises ${operationId}${kind === "response" ? ` ${status ?? ""}` : ""}`,
      ),
  );
  console.log(
    `Redocly: ${String(exchangeCount)} exchanges validated, ${String(violations.length)} violations`,
  );
  for (const [name, { covered, total }] of Object.entries(coverage.totals)) {
    console.log(`  ${name.padEnd(12)} ${String(covered)} of ${String(total)}`);
  }
  return [...violations, ...unexercised];
}
