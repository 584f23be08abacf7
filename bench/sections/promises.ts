import { fileIn, run, runJson } from "../processes.js";
import type { Effort, Findings, Section } from "../section.js";

/** What other programs of the repository measure already: run here, so that one page has it all. */
const tsx = "node_modules/tsx/dist/cli.mjs";

/** The number that follows a word in what a program printed. */
function figure(output: string, pattern: RegExp): number {
  const found = pattern.exec(output)?.[1];
  if (found === undefined) throw new Error(`${String(pattern)} is not in:\n${output}`);
  return Number(found);
}

function measureBurst(): Promise<Findings> {
  const callers = 1000;
  const { answered, tokenRequests } = runJson([fileIn("network/burst.mjs"), String(callers)]) as {
    answered: number;
    tokenRequests: number;
  };
  return Promise.resolve({
    method: `${String(callers)} concurrent callers on a client without a token; ${String(answered)} were answered.`,
    tables: [],
    budgets: [
      {
        what: `token requests for ${String(callers)} concurrent callers of a cold client`,
        wanted: "1",
        measured: String(tokenRequests),
        isMet: tokenRequests === 1 && answered === callers,
      },
    ],
    charts: [],
  });
}

function measureVerification(effort: Effort): Promise<Findings> {
  const rounds = { full: 61, quick: 41, short: 3 }[effort];
  const output = run([tsx, "bench/verification.ts", "--rounds", String(rounds)]);
  const ratio = figure(output, /ratio ([\d.]+)/);
  const [ours, bare] = [figure(output, /ours +([\d.]+)/), figure(output, /jose +([\d.]+)/)];
  return Promise.resolve({
    method: `Verifying one redirect token with cached keys, sequentially, beside bare jose (\`compactVerify\`, local key set); ${String(rounds)} rounds, interleaved.`,
    tables: [
      {
        title: "Verification",
        columns: ["what", "µs per token"],
        rows: [
          ["purse-payments/redirection", ours.toFixed(0)],
          ["jose alone", bare.toFixed(0)],
        ],
      },
    ],
    budgets: [
      {
        what: "redirect verification, of bare jose",
        wanted: "≤ 1.15 ×",
        measured: `${ratio.toFixed(2)} ×`,
        isMet: ratio <= 1.15,
      },
    ],
    charts: [],
  });
}

function measureMemory(effort: Effort): Promise<Findings> {
  const runs = ["fetch", "undici"].map((transport) => {
    // The promise is of 100 000 calls; the other transport is shown in less, which keeps the whole run short.
    const calls = { full: transport === "fetch" ? 100_000 : 20_000, quick: 10_000, short: 2000 }[effort];
    const args = ["--calls", String(calls), ...(transport === "fetch" ? [] : ["--undici"])];
    const output = run(["--expose-gc", tsx, "scripts/soak.ts", ...args]);
    const left = ["listeners", "timers", "sockets"].map((name) =>
      figure(output, new RegExp(`${name}: (\\d+)`)),
    );
    const [before, after] = [
      figure(output, /heapBeforeMb: ([\d.]+)/),
      figure(output, /heapAfterMb: ([\d.]+)/),
    ];
    return { transport, calls: figure(output, /calls: (\d+)/), growthMb: after - before, left };
  });
  return Promise.resolve({
    method:
      "One call in ten is aborted. Heap after garbage collection, halfway and at the end, and what is left at the end.",
    tables: [
      {
        title: "Memory over time",
        columns: [
          "transport",
          "calls",
          "heap growth in the second half, MB",
          "listeners, timers, sockets left",
        ],
        rows: runs.map(({ transport, calls, growthMb, left }) => [
          transport,
          String(calls),
          growthMb.toFixed(2),
          left.join(", "),
        ]),
      },
    ],
    budgets: runs.map(({ transport, calls, growthMb, left }) => ({
      what: `${String(calls)} calls over ${transport}: heap, and listeners, timers and sockets left`,
      wanted: "flat (< 1.5 MB), none",
      measured: `${growthMb.toFixed(2)} MB, ${left.every((each) => each === 0) ? "none" : left.join(", ")}`,
      isMet: growthMb < 1.5 && left.every((each) => each === 0),
    })),
    charts: [],
  });
}

function measureTypes(effort: Effort): Promise<Findings> {
  const rounds = { full: 5, quick: 3, short: 1 }[effort];
  const output = run([tsx, "scripts/measure-types.ts", "--rounds", String(rounds)]);
  const lines = figure(output, /definition lines +(\d+)/);
  const ratio = figure(output, /ratio +([\d.]+)/);
  const [ours, bare] = [figure(output, /check time +([\d.]+)/), figure(output, /on openapi-fetch +([\d.]+)/)];
  return Promise.resolve({
    method: `\`tsc\` over a program of ten calls, and over the same calls on openapi-fetch with the same schema; ${String(rounds)} rounds, interleaved.`,
    tables: [
      {
        title: "Types",
        columns: ["what", "check time, s"],
        rows: [
          ["purse-payments", ours.toFixed(2)],
          ["openapi-fetch with the same schema", bare.toFixed(2)],
        ],
      },
    ],
    budgets: [
      {
        what: "lines of type definitions loaded",
        wanted: "≤ 6000",
        measured: String(lines),
        isMet: lines <= 6000,
      },
      {
        what: "tsc check, of openapi-fetch with the same schema",
        wanted: "≤ 1.3 ×",
        measured: `${ratio.toFixed(2)} ×`,
        isMet: ratio <= 1.3,
      },
    ],
    charts: [],
  });
}

export const burst: Section = { name: "burst", title: "Concurrent cold start", measure: measureBurst };
export const verification: Section = {
  name: "verification",
  title: "Verification",
  measure: measureVerification,
};
export const memory: Section = { name: "memory", title: "Memory", measure: measureMemory };
export const types: Section = { name: "types", title: "Types", measure: measureTypes };
