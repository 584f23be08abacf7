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
        ...excluded.flatMap((pattern) => ["--exclude", pattern]),
        "--testNamePattern",
        `^(?!.*${excludedTests})`,
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
const files = ["purchase", "replayed-key", "mistakes", "simulator-"].map((name) => `test/behaviour/${name}`);

/** What a proxy cannot be in the way of: broken connections, and what is called by another way than the network. */
const excluded = ["faults", "fetch", "clock", "cli"].map((name) => `test/behaviour/simulator-${name}*`);

/** The simulator notifies once it has answered, which is before a proxy has passed the answer on. */
const excludedTests = "answers the call before it notifies";
