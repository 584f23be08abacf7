import { fileIn, startLineProcess, type LineProcess } from "../processes.js";
import type { Budget, Effort, Findings, Section, Table } from "../section.js";
import { median, ratios, spread, takeTurns } from "../statistics.js";

const own = "purse-payments (fetch)";
const ownOverUndici = "purse-payments (undici)";
const stripe = "stripe (node:http)";
const clients = [
  "undici",
  "node:http",
  "fetch",
  "openapi-fetch",
  own,
  ownOverUndici,
  stripe,
  "stripe (fetch)",
  "openai",
] as const;

/** Each a table of its own. */
const loads = [
  { verb: "get", inFlight: 1 },
  { verb: "post", inFlight: 1 },
  { verb: "get", inFlight: 64 },
  { verb: "post", inFlight: 64 },
] as const;

type Load = (typeof loads)[number];

interface Figures {
  readonly callsASecond: number;
  readonly cpuUs: number;
  readonly p50Us: number;
  readonly p99Us: number;
}

/** What each round found, of one client under one load. */
type Series = (name: string, figure: keyof Figures) => number[];

async function measure(effort: Effort): Promise<Findings> {
  const { rounds, warmUp, one, many } = {
    full: { rounds: 9, warmUp: 1500, one: 200, many: 1000 },
    quick: { rounds: 5, warmUp: 1000, one: 60, many: 400 },
    short: { rounds: 1, warmUp: 64, one: 20, many: 64 },
  }[effort];
  const server = startLineProcess([fileIn("network/server.mjs")]);
  const origin = `http://127.0.0.1:${await server.nextLine()}`;
  const processes = new Map<string, LineProcess>(
    clients.map((name) => [name, startLineProcess([fileIn("network/measure.mjs"), name, origin])]),
  );
  const order = async (name: string, load: Load & { calls: number }): Promise<Figures> => {
    const answer = await processes.get(name)?.ask(JSON.stringify(load));
    return JSON.parse(answer ?? "") as Figures; // As network/measure.mjs prints them.
  };
  const results = new Map<Load, Map<string, Figures[]>>();
  try {
    for (const name of clients)
      for (const verb of ["get", "post"] as const)
        await order(name, { verb, inFlight: 64, calls: warmUp } as never);
    for (const load of loads) {
      const calls = load.inFlight === 1 ? one : many;
      results.set(load, await takeTurns(clients, rounds, (name) => order(name, { ...load, calls })));
    }
  } finally {
    await Promise.all([...processes.values(), server].map((each) => each.end()));
  }
  const seriesOf =
    (load: Load): Series =>
    (name, figure) =>
      (results.get(load)?.get(name) ?? []).map((figures) => figures[figure]);
  const underLoad = loads.filter(({ inFlight }) => inFlight === 64);
  return {
    method: `All clients call one node:http server in a separate process, over loopback: 5 kB of JSON in the response, and the same in a POST. Each client has its own process; ${String(rounds)} rounds, interleaved. Medians and quartiles; ratios are computed within a round.`,
    tables: loads.map((load) => tableOf(load, seriesOf(load))),
    budgets: underLoad.flatMap((load) => budgetsOf(load, seriesOf(load))),
    charts: [chartOf(underLoad, seriesOf)],
  };
}

function tableOf({ verb, inFlight }: Load, series: Series): Table {
  const base = series("fetch", "callsASecond");
  return {
    title: `${verb.toUpperCase()}, ${inFlight === 1 ? "sequential" : `${String(inFlight)} in flight`}`,
    columns: ["client", "calls per second", "of fetch", "p50 µs", "p99 µs", "CPU, µs per call"],
    rows: clients.map((name) => [
      name,
      spread(series(name, "callsASecond"), 0),
      spread(ratios(series(name, "callsASecond"), base), 2),
      median(series(name, "p50Us")).toFixed(0),
      median(series(name, "p99Us")).toFixed(0),
      median(series(name, "cpuUs")).toFixed(0),
    ]),
  };
}

function budgetsOf({ verb }: Load, series: Series): Budget[] {
  const against = (client: string, other: string, least: number, remark = ""): Budget => {
    const found = median(ratios(series(client, "callsASecond"), series(other, "callsASecond")));
    return {
      what: `throughput, ${verb.toUpperCase()}, 64 in flight: ${client} of ${other}${remark}`,
      wanted: `≥ ${String(least)} ×`,
      measured: `${found.toFixed(2)} ×`,
      isMet: found >= least,
    };
  };
  const cpuOfStripe = median(ratios(series(ownOverUndici, "cpuUs"), series(stripe, "cpuUs")));
  return [
    against(own, "openapi-fetch", 0.85),
    against(own, "openapi-fetch", 0.9, " (stretch)"),
    against(ownOverUndici, stripe, 1.5),
    against(ownOverUndici, "node:http", 0.9),
    against(ownOverUndici, "node:http", 1, " (stretch)"),
    {
      what: `CPU a call, ${verb.toUpperCase()}, 64 in flight: ${ownOverUndici} of ${stripe}`,
      wanted: "≤ 0.75 ×",
      measured: `${cpuOfStripe.toFixed(2)} ×`,
      isMet: cpuOfStripe <= 0.75,
    },
  ];
}

function chartOf(underLoad: readonly Load[], seriesOf: (load: Load) => Series) {
  const valuesOf = (name: string): number[] =>
    underLoad.map((load) => {
      const series = seriesOf(load);
      return median(ratios(series(name, "callsASecond"), series("fetch", "callsASecond")));
    });
  return {
    file: "throughput.svg",
    title: "Throughput with 64 requests in flight, as a multiple of bare fetch",
    description: clients
      .map((name) => {
        const [get, post] = valuesOf(name).map((value) => value.toFixed(2));
        return `${name}: GET ${String(get)}, POST ${String(post)}`;
      })
      .join("; "),
    unit: "×",
    series: underLoad.map(({ verb }) => verb.toUpperCase()),
    groups: clients.map((name) => ({ name, values: valuesOf(name) })),
  };
}

export const network: Section = { name: "network", title: "Latency and throughput", measure };
