import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { print, writeReport, type Measured } from "./report.js";
import { cpu } from "./sections/cpu.js";
import { imports } from "./sections/imports.js";
import { network } from "./sections/network.js";
import { burst, memory, types, verification } from "./sections/promises.js";
import { size } from "./sections/size.js";

const sections = [size, imports, cpu, network, burst, verification, memory, types];

const help = `Measures every budget beside peers, in one run, and writes bench/RESULTS.md and docs/charts/.
First run \`npm run build\` and \`npm ci --prefix bench\`.

  npm run bench                     everything: about five minutes; use an idle machine
  npm run bench -- --short          within a minute: only shows that it runs, writes nothing
  npm run bench -- --quick          about three rounds, within two minutes
  npm run bench -- --only cpu       one section (${sections.map(({ name }) => name).join(", ")}), not written to a file

Exit codes: 0 when it ran, also when figures are poor; 1 with --check when a budget that is no stretch is missed; 2 wrong arguments.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      help: { type: "boolean" },
      short: { type: "boolean" },
      quick: { type: "boolean" },
      check: { type: "boolean" },
      only: { type: "string" },
    },
  });
  if (values.help === true) {
    console.log(help);
    return 0;
  }
  const chosen = sections.filter(({ name }) => values.only === undefined || name === values.only);
  if (chosen.length === 0) throw new Error(`there is no section ${String(values.only)}`);
  const effort = values.short === true ? "short" : values.quick === true ? "quick" : "full";
  const [loadBefore = 0] = loadavg();
  const measured: Measured[] = [];
  for (const section of chosen) {
    const startedAtMs = performance.now();
    const findings = await section.measure(effort);
    measured.push({ section, findings });
    print({ section, findings });
    console.log(`\n(${((performance.now() - startedAtMs) / 1000).toFixed(0)} s)`);
  }
  const isWhole = chosen.length === sections.length;
  if (isWhole && effort !== "short") await writeReport(measured, loadBefore);
  const missed = measured
    .flatMap(({ findings }) => findings.budgets)
    .filter(({ isMet, what }) => !isMet && !what.includes("(stretch)"));
  return values.check === true && missed.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
