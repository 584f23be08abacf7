import { fileIn, runJson } from "../processes.js";
import type { Budget, Effort, Findings, Section } from "../section.js";
import { median, spread, takeTurns } from "../statistics.js";

const stub = "stub";
const clients = [stub, "openapi-fetch", "purse-payments", "stripe", "openai"] as const;
const shownAs: Readonly<Record<string, string>> = {
  [stub]: "stub and JSON alone",
  stripe: "stripe (fetch)",
};
const verbs = ["get", "post"] as const;

interface Cost {
  readonly cpuUs: number;
  readonly wallUs: number;
}

async function measure(effort: Effort): Promise<Findings> {
  const { rounds, warmUp, calls } = {
    full: { rounds: 7, warmUp: 3000, calls: 5000 },
    quick: { rounds: 3, warmUp: 2000, calls: 2000 },
    short: { rounds: 1, warmUp: 200, calls: 300 },
  }[effort];
  const program = fileIn("overhead/measure.mjs");
  const results = new Map<string, Map<string, Cost[]>>();
  for (const verb of verbs) {
    const measured = await takeTurns(clients, rounds, (name) =>
      Promise.resolve(runJson([program, name, verb, String(warmUp), String(calls)]) as Cost),
    );
    results.set(verb, measured);
  }
  /** Microseconds that a client takes on top of the stub, round by round. */
  const overStub = (verb: string, name: string, figure: keyof Cost): number[] => {
    const base = results.get(verb)?.get(stub) ?? [];
    return (results.get(verb)?.get(name) ?? []).map(
      (cost, round) => cost[figure] - (base[round]?.[figure] ?? Number.NaN),
    );
  };
  const beside = clients.filter((name) => name !== stub);
  return {
    method: `Sequential calls through a \`fetch\` that answers immediately with 5 kB of JSON, so only the client's own work is measured. ${String(rounds)} rounds of ${String(calls)} calls in fresh processes, interleaved; medians and quartiles, minus the cost of the stub and JSON alone.`,
    tables: verbs.map((verb) => ({
      title: `Cost in the process, ${verb.toUpperCase()}`,
      columns: ["client", "CPU, µs per call", "time, µs per call", "CPU, of openapi-fetch"],
      rows: beside.map((name) => [
        shownAs[name] ?? name,
        spread(overStub(verb, name, "cpuUs"), 0),
        spread(overStub(verb, name, "wallUs"), 0),
        `${(median(overStub(verb, name, "cpuUs")) / median(overStub(verb, "openapi-fetch", "cpuUs"))).toFixed(2)} ×`,
      ]),
    })),
    budgets: verbs.flatMap((verb) => budgetsOf(verb, (name) => median(overStub(verb, name, "cpuUs")))),
    charts: [
      {
        file: "cpu-per-call.svg",
        title: "CPU per call, over a stub instead of a network",
        description: beside
          .map((name) => {
            const [get, post] = verbs.map((verb) => median(overStub(verb, name, "cpuUs")).toFixed(0));
            return `${shownAs[name] ?? name}: GET ${String(get)} µs, POST ${String(post)} µs`;
          })
          .join("; "),
        unit: "µs",
        series: ["GET", "POST"],
        groups: beside.map((name) => ({
          name: shownAs[name] ?? name,
          values: verbs.map((verb) => Math.max(0, median(overStub(verb, name, "cpuUs")))),
        })),
      },
    ],
  };
}

function budgetsOf(verb: string, cpuUs: (name: string) => number): Budget[] {
  const own = cpuUs("purse-payments");
  const against = (name: string, factor: number, remark: string): Budget => {
    const limit = factor * cpuUs(name);
    return {
      what: `CPU per call over a stub, ${verb.toUpperCase()}, ${remark}`,
      wanted: `≤ ${limit.toFixed(0)} µs`,
      measured: `${own.toFixed(0)} µs`,
      isMet: own <= limit,
    };
  };
  return [
    against("stripe", 1, "against stripe's fetch client"),
    against("openai", 1, "against openai"),
    against("openapi-fetch", 2, "against 2 × openapi-fetch (stretch)"),
  ];
}

export const cpu: Section = { name: "cpu", title: "Cost in the process", measure };
