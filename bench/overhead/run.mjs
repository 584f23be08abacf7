import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { clients } from "./clients.mjs";

const help = `What a call costs in the process, over a stub instead of a network, beside peers, in one run.

  npm run build && npm ci --prefix bench && node bench/overhead/run.mjs [--rounds 5] [--calls 5000]
`;

const { values } = parseArgs({
  options: { help: { type: "boolean" }, rounds: { type: "string" }, calls: { type: "string" } },
});
const rounds = Number(values.rounds ?? 5);
const calls = Number(values.calls ?? 5000);
const program = fileURLToPath(new URL("./measure.mjs", import.meta.url));

function measure(name, verb) {
  const args = [program, name, verb, "3000", String(calls)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

if (values.help === true) {
  console.log(help);
} else {
  console.log(
    `node ${process.version}, ${String(cpus().length)} × ${cpus()[0]?.model}; ${String(rounds)} rounds, a fresh process each`,
  );
  for (const verb of ["get", "post"]) {
    const results = Object.fromEntries(Object.keys(clients).map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      const inRound = Object.fromEntries(Object.keys(clients).map((name) => [name, measure(name, verb)]));
      for (const [name, figures] of Object.entries(inRound)) {
        results[name].push({
          ...figures,
          over: figures.cpuUs - inRound.stub.cpuUs,
          wallOver: figures.wallUs - inRound.stub.wallUs,
        });
      }
    }
    console.log(`\n${verb.toUpperCase()}, ~5 kB answer: medians in microseconds a call`);
    const of = (name, figure) => Math.round(median(results[name].map((each) => each[figure])) * 10) / 10;
    console.table(
      Object.fromEntries(
        Object.keys(clients).map((name) => [
          name,
          {
            cpu: of(name, "cpuUs"),
            "cpu over stub": of(name, "over"),
            "wall over stub": of(name, "wallOver"),
          },
        ]),
      ),
    );
  }
}
