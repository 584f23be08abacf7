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

/** What the document says of a runtime. */
export type DocumentRow = Pick<MatrixRow, "title" | "files" | "withNode"> & {
  readonly verdict: Pick<Verdict, "passed">;
};

export async function renderDocument(rows: readonly DocumentRow[], filepath: string): Promise<string> {
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
    afterTable(rows),
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

/** What the document says of a runtime so far; nothing if it does not name this version. */
export function readRow(text: string, title: string): DocumentRow | undefined {
  const cells = text
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .find(([, first]) => first === title);
  const [plain, all] = (/(\d+) of\s(\d+)/.exec(text) ?? []).slice(1).map(Number);
  if (cells === undefined || plain === undefined || all === undefined) return undefined;
  const row = { title, files: Number(cells[2]), verdict: { passed: Number(cells[3]) } };
  return title.startsWith("workerd") ? { ...row, withNode: all - plain } : row;
}

/** Without what changes with every test and every format of tables. */
export function withoutCounts(text: string): string {
  return text
    .replace(/\| *\d+ *(?=\|)/g, "| n ")
    .replace(/\d+ of\s\d+/g, "n of n")
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

function afterTable(rows: readonly DocumentRow[]): string {
  const worker = rows.find(({ withNode }) => withNode !== undefined);
  const files = worker?.files ?? 0;
  const plain = files - (worker?.withNode ?? 0);
  return `On Node 20 the whole suite runs again with vitest, as \`npm test\`. Everywhere else \`test/runtimes/vitest.ts\` takes
vitest's place; it is vitest's own runner and assertions without their ties to Node.

In workerd, ${String(plain)} of ${String(files)} test files run in a worker that has no API of Node, among them an application of the main entry,
\`/redirection\` and \`/webhooks\` as published. The others have \`nodejs_compat\`, because they need it for themselves
(\`inspect\`, \`Buffer\`, \`process\`), or because they use the simulator: its \`listen()\` brings \`node:http\` into a bundle
that is one file.`;
}

const whatTheClientDoes = `## What the client does about differences

- **Deno repeats requests.** When a reused connection ends before the answer, its \`fetch\` sends the request again, also a
  \`POST\` that the service may have processed (denoland/deno pull requests 32566 and 36415). Without a remedy the fault table
  sees two payments there. The client sends what may change something as a stream, which Deno cannot repeat. A \`fetch\` of
  your own that calls Deno's must do the same, or money can move twice.
- **Node.js repeats requests that are answered with 421**, a \`POST\` as well, as the fetch standard wants it. By HTTP such a
  request was not processed, and the second one has the same key and bytes. The client sends what may change something as
  a stream of known length, which Node.js cannot repeat; that costs 2 % of the CPU time of a \`POST\` on Node 20. Not with undici 7.19 to
  7.24 and 8.0 (Node 24.14 and 24.15 have them): these make an error of every 401 to a stream (nodejs/undici issue 5018),
  so the body stays text there and a 421 is repeated once. \`createUndiciFetch\` repeats nothing. A \`fetch\` of your own that
  calls the global one repeats a 421.
- **workerd ends what a request began** when that request is answered or its caller goes away: the code does not go on, and
  tidies nothing up. Clients at module level outlive that: a token request, a fetch of keys or the handling of a delivery
  that was cut off is begun anew by whoever comes next. \`scripts/runtimes/ended-requests.ts\` cuts them off.
- **Bun before 1.3.14 repeats requests** as well (oven-sh/bun pull request 28708; seen with 1.2.23, 1.3.10, 1.3.12 and 1.3.13,
  not with 1.3.14). There the client opens a new connection for every request that may change something. Against a service
  that ends a reused connection once it has the request, the plain \`fetch\` of these versions sends a \`POST\` twice and tells
  of one success; the client's sends it once. A \`fetch\` of your own must pass \`keepalive: false\` on.
- **\`purse-payments/undici\` is for Node.js.** Undici 7 runs on all versions above, undici 8 from Node.js 22.19 on. Bun has a module of
  its own under the name \`undici\`, without dispatchers: there \`createUndiciFetch()\` throws a \`PurseConfigurationError\`.
  On Deno 2.9.6 the whole fault table passed over undici 7.30.2, but its tests of TLS did not, because the handshake with
  their certificates failed in \`node:tls\`. The global \`fetch\` is the better choice on both.
- **Failed connections.** Deno says only in words that nothing was sent; the client gives such an error the code and the
  system call that Node.js gives. An error it does not recognise counts as possibly sent.`;
