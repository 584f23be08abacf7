import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, platform, arch } from "node:os";
import { format } from "prettier";
import { drawChart } from "./chart.js";
import { fileIn } from "./processes.js";
import type { Budget, Findings, Section } from "./section.js";

export interface Measured {
  readonly section: Section;
  readonly findings: Findings;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns),
    line(columns.map((_, index) => (index === 0 ? "---" : "---:"))),
    ...rows.map(line),
  ].join("\n");
}

function budgetTable(budgets: readonly Budget[]): string {
  const rows = budgets.map(({ what, wanted, measured, isMet }) => [
    what,
    wanted,
    measured,
    isMet ? "met" : "**missed**",
  ]);
  return table(["budget", "wanted", "measured", ""], rows);
}

function versions(): string {
  const read = (file: string): Record<string, unknown> =>
    JSON.parse(readFileSync(fileIn(file), "utf8")) as Record<string, unknown>;
  const peers = {
    ...(read("../package.json")["dependencies"] as object),
    ...(read("package.json")["dependencies"] as object),
  };
  return Object.entries(peers)
    .filter(([name]) => name !== "undici")
    .map(([name, version]) => `${name} ${String(version)}`)
    .sort()
    .join(", ");
}

function machine(): string {
  const processors = cpus();
  return `Node.js ${process.version}, ${String(processors.length)} × ${(processors[0]?.model ?? "unknown").trim()}, ${platform()} ${arch()}`;
}

/** The page of all results. */
function page(measured: readonly Measured[], loadBefore: number): string {
  const sections = measured.map(({ section, findings }) => {
    const tables = findings.tables.map(
      ({ title, columns, rows }) => `### ${title}\n\n${table(columns, rows)}`,
    );
    const pictures = findings.charts.map(({ file, title }) => `![${title}](../docs/charts/${file})`);
    return [`## ${section.title}`, findings.method, ...pictures, ...tables].join("\n\n");
  });
  return [
    "# Benchmarks beside other SDKs",
    "Written by `npm run bench`; do not edit by hand. Compare figures within one table only: the machine differs from run to run.",
    `Measured on ${new Date().toISOString().slice(0, 10)} with ${machine()}, whose load average was ${loadBefore.toFixed(1)} before the run; above 1, the machine was busy and the figures are rough. Versions: ${versions()}.`,
    "## Budgets",
    budgetTable(measured.flatMap(({ findings }) => findings.budgets)),
    ...sections,
  ].join("\n\n");
}

export function print({ section, findings }: Measured): void {
  console.log(`\n${section.title}\n${findings.method}`);
  for (const { title, columns, rows } of findings.tables) console.log(`\n${title}\n${table(columns, rows)}`);
  if (findings.budgets.length > 0) console.log(`\n${budgetTable(findings.budgets)}`);
}

export async function writeReport(measured: readonly Measured[], loadBefore: number): Promise<void> {
  const text = await format(page(measured, loadBefore), { parser: "markdown", printWidth: 110 });
  writeFileSync(fileIn("RESULTS.md"), text);
  const folder = fileIn("../docs/charts/");
  mkdirSync(folder, { recursive: true });
  for (const chart of measured.flatMap(({ findings }) => findings.charts))
    writeFileSync(`${folder}${chart.file}`, drawChart(chart));
}
