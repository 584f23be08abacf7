import { fileIn, runJson } from "../processes.js";
import type { Effort, Findings, Section } from "../section.js";
import { median, spread, takeTurns } from "../statistics.js";

const modules: Readonly<Record<string, string>> = {
  "(nothing)": "data:text/javascript,",
  "openapi-fetch": "openapi-fetch",
  "purse-payments": "../dist/index.js",
  undici: "undici",
  "purse-payments/undici": "../dist/undici.js",
  svix: "svix",
  "@mollie/api-client": "@mollie/api-client",
  stripe: "stripe",
  openai: "openai",
  "@adyen/api-library": "@adyen/api-library",
};

interface Import {
  readonly ms: number;
  readonly rssMb: number;
}

async function measure(effort: Effort): Promise<Findings> {
  const rounds = { full: 11, quick: 5, short: 1 }[effort];
  const program = fileIn("import.mjs");
  const results = await takeTurns(Object.keys(modules), rounds, (name) =>
    Promise.resolve(runJson([program, modules[name] ?? name]) as Import),
  );
  const msOf = (name: string): number[] => (results.get(name) ?? []).map(({ ms }) => ms);
  const over = median(
    msOf("purse-payments").map((ms, round) => ms - (msOf("openapi-fetch")[round] ?? Number.NaN)),
  );
  return {
    method: `Each imported alone in a fresh process, ${String(rounds)} times, interleaved; medians and quartiles.`,
    tables: [
      {
        title: "Cold import",
        columns: ["module", "ms", "memory, MB"],
        rows: [...results].map(([name, imports]) => [
          name,
          spread(msOf(name), 1),
          median(imports.map(({ rssMb }) => rssMb)).toFixed(1),
        ]),
      },
    ],
    budgets: [
      {
        what: "cold import of the main entry, minus that of openapi-fetch",
        wanted: "≤ 10 ms",
        measured: `${over.toFixed(1)} ms`,
        isMet: over <= 10,
      },
    ],
    charts: [],
  };
}

export const imports: Section = { name: "imports", title: "Start", measure };
