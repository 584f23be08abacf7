import { format, resolveConfig } from "prettier";
import { knownDifferences, notRun } from "./exceptions.js";
import type { Verdict } from "./judge.js";
import { runtimeNames, titleOf, type RuntimeName } from "./runtimes.js";

/** One runtime's part of the matrix. */
export interface MatrixRow {
  readonly name: RuntimeName;
  readonly title: string;
  readonly files: number;
  /** How many files test the package as published; the others reach inside, and test its source. */
  readonly ofPackage: number;
  /** Of a worker: how many files need `nodejs_compat` for themselves. */
  readonly withNode?: number;
  readonly seconds: number;
  readonly verdict: Verdict;
}

export async function renderDocument(rows: readonly MatrixRow[], filepath: string): Promise<string> {
  const text = [
    "# Runtimes",
    "",
    "<!-- Written by `npm run runtimes -- --write`. -->",
    "",
    introduction,
    "",
    "| Runtime | Test files | Cases passed |",
    "| ------- | ---------: | -----------: |",
    ...rows.map(({ title, files, verdict }) => `| ${title} | ${String(files)} | ${String(verdict.passed)} |`),
    "",
    afterTable,
    "",
    "## What is not run",
    "",
    "| On | Test files | Why |",
    "| -- | ---------- | --- |",
    ...notRun.map(({ on, paths, reason }) => `| ${namesOf(on)} | ${codes(paths)} | ${reason} |`),
    "",
    "## What is different",
    "",
    "These cases run and are expected to fail. Should one pass, the matrix fails until it is taken off the list.",
    "",
    "| On | Cases | Why |",
    "| -- | ----- | --- |",
    ...knownDifferences.map(
      ({ on, file, cases, reason }) => `| ${namesOf(on)} | \`${file}\`: ${cases.join("; ")} | ${reason} |`,
    ),
    "",
    whatTheClientDoes,
    "",
  ].join("\n");
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

/** Without what changes with every test and every format of tables. */
export function withoutCounts(text: string): string {
  return text
    .replace(/\| *\d+ *(?=\|)/g, "| n ")
    .replace(/ +/g, " ")
    .replace(/-{2,}/g, "--");
}

function namesOf(names: readonly RuntimeName[]): string {
  if (names.length === runtimeNames.length) return "all";
  return names.map((name) => titleOf(name).replace(/ [\d.]+$/, "")).join(", ");
}

function codes(paths: readonly string[]): string {
  return paths.map((path) => `\`${path}\``).join(", ");
}

const introduction = `The test suite runs on all of these, not a smoke test of its own: \`npm run build && npm run runtimes\`. Tests that
need nothing but the package's entries import the package as \`npm pack\` makes it, installed beside its dependencies;
tests of inner parts are bundled with the source. The failing service of the fault table is a process of its own, so each
runtime meets it with its own \`fetch\` and its own connections. The versions are pinned in \`test/runtimes/package.json\`,
for Linux on x64.`;

const afterTable = `On Node 20 the whole suite runs again with vitest, as \`npm test\`. Everywhere else \`test/runtimes/vitest.ts\` takes
vitest's place; it is vitest's own runner and assertions without their ties to Node. In workerd most tests run in a worker
without \`nodejs_compat\`. Only those that use Node for themselves (\`inspect\`, \`Buffer\`, \`process\`) get that flag; the
package never needs it.`;

const whatTheClientDoes = `## What the client does about differences

- **Deno repeats requests.** When a reused connection ends before the answer, its \`fetch\` sends the request again, also a
  \`POST\` that the service may have processed (denoland/deno pull requests 32566 and 36415). Without a remedy the fault table
  sees two payments there. The client sends what may change something as a stream, which Deno cannot repeat. A \`fetch\` of
  your own that calls Deno's must do the same, or money can move twice.
- **Bun before 1.3.14 repeats requests** as well (oven-sh/bun pull request 28708; seen with 1.3.12). There the client opens a
  new connection for every request that may change something. A \`fetch\` of your own must pass \`keepalive: false\` on.
- **Refused connections.** Deno says only in words that nothing was sent; the client gives such an error the code that the
  others give (\`ECONNREFUSED\`, \`ENOTFOUND\`). Whatever it does not recognise counts as possibly sent.`;
