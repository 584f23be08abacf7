import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readRow, renderDocument, withoutCounts, type MatrixRow } from "./runtimes/document.js";
import { endedRequestsFile } from "./runtimes/ended-requests.js";
import { isLeftOutOfShort } from "./runtimes/exceptions.js";
import { staleExceptions } from "./runtimes/judge.js";
import { canInstall, installRuntimes } from "./runtimes/install.js";
import { runMatrix } from "./runtimes/matrix.js";
import { runtimeNames, shortRuntimeNames, titleOf, type RuntimeName } from "./runtimes/runtimes.js";

const help = `Runs the tests on Node, Bun, Deno and workerd, against the package as npm packs it. Linux on x64 only.
Build first: npm run build

  npm run runtimes                            all test files on all runtimes; docs/runtimes.md must say the same
  npm run runtimes -- --short                 the newest Node, Bun, Deno and workerd, and the test files around calls, tokens,
                                              redirections and webhooks
  npm run runtimes -- --write                 all, and writes docs/runtimes.md; with names of runtimes, only what it says of these
  npm run runtimes -- bun workerd unit/http   some runtimes, and the test files whose path contains a pattern
  npm run runtimes -- --at-once 1             one runtime after the other, instead of three at once

Runtimes: ${runtimeNames.join(", ")}
`;

const documentFile = "docs/runtimes.md";

const { values, positionals } = parseArgs({
  options: {
    "at-once": { type: "string", default: "3" },
    help: { type: "boolean" },
    short: { type: "boolean" },
    write: { type: "boolean" },
  },
  allowPositionals: true,
});
if (values.help === true) {
  console.log(help);
} else if (!canInstall()) {
  console.log(
    `The runtimes are pinned for Linux on x64, and this is ${process.platform} on ${process.arch}: skipped.`,
  );
} else {
  await main();
}

async function main(): Promise<void> {
  const isRuntime = (word: string): word is RuntimeName => runtimeNames.some((name) => name === word);
  const names = positionals.filter(isRuntime);
  const patterns = positionals.filter((word) => !isRuntime(word));
  const allFiles = readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && !name.includes("node_modules"))
    .map((name) => join("test", name))
    .concat(endedRequestsFile)
    .sort();
  const files = allFiles
    .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
    .filter((file) => values.short !== true || !isLeftOutOfShort(file));
  const complaints = staleExceptions(allFiles).map(
    (path) => `scripts/runtimes/exceptions.ts names ${path}: no test`,
  );

  installRuntimes();
  const usual = values.short === true ? shortRuntimeNames : runtimeNames;
  const rows = await runMatrix(names.length === 0 ? usual : names, files, Number(values["at-once"]));
  const hasFailed = rows.some(({ verdict }) => verdict.failures.length > 0);
  // What failed must not be written down as the way things are.
  if (patterns.length === 0 && !hasFailed) complaints.push(...(await compareDocument(rows)));
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0 || hasFailed) process.exitCode = 1;
}

/** Writes the document, or says how it differs from what was seen. */
async function compareDocument(rows: readonly MatrixRow[]): Promise<string[]> {
  const told = existsSync(documentFile) ? readFileSync(documentFile, "utf8") : "";
  const none = { files: 0, verdict: { passed: 0 } };
  const allRows = runtimeNames.map((each) => {
    const title = titleOf(each);
    return rows.find(({ name }) => name === each) ?? readRow(told, title) ?? { title, ...none };
  });
  const text = await renderDocument(allRows, documentFile);
  if (values.write === true && values.short !== true) {
    writeFileSync(documentFile, text);
    return [];
  }
  if (withoutCounts(told) === withoutCounts(text)) return [];
  return [`${documentFile} does not say what was seen: npm run runtimes -- --write`];
}
