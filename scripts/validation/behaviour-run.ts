import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One exchange as its client saw it. */
export interface Exchange {
  readonly method: string;
  readonly pathname: string;
  readonly status: number;
  /** What Prism found, as JSON; empty when nothing, or with another proxy. */
  readonly violations: string;
}

/** Runs the behaviour tests through a proxy. */
export async function runBehaviour(proxyUrl: string): Promise<{ passed: boolean; exchanges: Exchange[] }> {
  const folder = mkdtempSync(join(tmpdir(), "validated-"));
  const log = join(folder, "exchanges.jsonl");
  writeFileSync(log, "");
  try {
    const vitest = spawn(
      process.execPath,
      [
        "node_modules/vitest/vitest.mjs",
        "run",
        "--config",
        "test/vitest.validated.config.ts",
        "--reporter=dot",
        ...files,
      ],
      { stdio: "inherit", env: { ...process.env, VALIDATING_PROXY_URL: proxyUrl, VALIDATION_LOG: log } },
    );
    const [code] = (await once(vitest, "exit")) as [number | null];
    const lines = readFileSync(log, "utf8").split("\n").filter(Boolean);
    return { passed: code === 0, exchanges: lines.map((line) => JSON.parse(line) as Exchange) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files whose clients talk to the simulator through its `fetch`. */
const files = [
  "test/behaviour/simulator-",
  "test/behaviour/purchase",
  "test/behaviour/replayed-key",
  "test/behaviour/mistakes",
];
