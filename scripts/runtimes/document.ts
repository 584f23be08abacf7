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
    "## Expected differences",
    "",
    "These cases run and are expected to fail. If one passes, the matrix fails until it is removed from the list.",
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

const introduction = `The same test suite runs on every runtime below (\`npm run build && npm run runtimes\`). Tests that need only the
package's entries import the packed and installed package; tests of internals are bundled with the source. The failing
service of the fault table is a separate process, so each runtime reaches it with its own \`fetch\` and its own
connections. The versions are pinned in \`test/runtimes/package.json\`, for Linux on x64.`;

function afterTable(rows: readonly DocumentRow[]): string {
  const worker = rows.find(({ withNode }) => withNode !== undefined);
  const files = worker?.files ?? 0;
  const plain = files - (worker?.withNode ?? 0);
  return `\`npm test\` runs the suite with vitest, usually on Node 20. This matrix uses \`test/runtimes/vitest.ts\` instead: vitest's
own runner and assertions, without vitest's dependencies on Node.

In workerd, ${String(plain)} of ${String(files)} test files run in a worker without any Node API, among them an application that uses the
main entry, \`/redirection\` and \`/webhooks\` as published. The other files have \`nodejs_compat\`, because the test itself
needs it (\`inspect\`, \`Buffer\`, \`process\`) or because it uses the simulator, whose \`listen()\` pulls \`node:http\` into
the single-file bundle.`;
}

const whatTheClientDoes = `## How the client handles the differences

- **Deno repeats requests.** If a reused connection closes before the response arrives, Deno's \`fetch\` sends the request
  again, even a \`POST\` that the service may have processed (denoland/deno pull requests 32566 and 36415). Without a
  workaround the fault table counts two payments there. The client sends the body of a state-changing request as a stream,
  which Deno cannot repeat. If you pass a \`fetch\` that calls Deno's, it must do the same, or money can move twice.
- **Node.js repeats requests answered with 421**, including a \`POST\`, as the Fetch standard requires. According to HTTP
  such a request was not processed, and the second one carries the same key and bytes. The client sends the body of a
  state-changing request as a stream of known length, which Node.js cannot repeat; this costs 2 % of the CPU time of a
  \`POST\` on Node 20. With undici 7.19 to 7.24 and 8.0 (in Node 24.14 and 24.15) it does not: they turn every 401 to a
  streamed request into an error (nodejs/undici issue 5018), so the body stays text there and a 421 is repeated once.
  \`createUndiciFetch\` repeats nothing. If you pass a \`fetch\` that calls the global one, a 421 is repeated.
- **workerd cancels the work a request started** once that request is answered or its caller disconnects: the code stops
  without running any cleanup. Clients at module level live longer, so if a token request, a fetch of keys or the handling
  of a delivery was cut off, the next caller starts it again. \`scripts/runtimes/ended-requests.ts\` tests this.
- **Bun before 1.3.14 repeats requests** too (oven-sh/bun pull request 28708; seen with 1.2.23, 1.3.10, 1.3.12 and 1.3.13,
  not with 1.3.14). On these versions the client opens a new connection for every state-changing request. Against a
  service that closes a reused connection after receiving the request, plain \`fetch\` sends a \`POST\` twice and reports one
  success; the client sends it once. If you pass your own \`fetch\`, it must forward \`keepalive: false\`.
- **\`purse-payments/undici\` is for Node.js.** Undici 7 runs on all Node.js versions above, undici 8 on Node.js 22.19 or
  newer. Bun has a built-in module named \`undici\` that has no dispatchers: there \`createUndiciFetch()\` throws a
  \`PurseConfigurationError\`. On Deno 2.9.6 the whole fault table passed over undici 7.30.2, but the TLS tests failed
  because the handshake with their certificates failed in \`node:tls\`. Use the global \`fetch\` on both.
- **Failed connections.** Deno reports only in the text of the error that nothing was sent; the client adds the code and
  the system call that Node.js would give. An error that it does not recognise counts as possibly sent.`;
