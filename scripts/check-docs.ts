import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const help = `Compiles every TypeScript block of the Markdown files and of the docstrings, and runs the blocks marked "ts run".
Those marked with a test runner are run in it by \`npm run check:consumers\`; there Jest's are compiled, too. Those
marked "ts undici" are run by test/behaviour/undici-recipes.test.ts.

  npm run lint:docs
`;

interface Snippet {
  origin: string;
  code: string;
  isProgram: boolean;
  file: string;
}

const folder = ".cache/snippets";
/** Blocks within lists are indented. */
const fence = /^( *)```ts(?! jest$)( run)?[^\n]*\n([\s\S]*?)^\1```/gm;

function markdownFiles(): string[] {
  const inDocs = readdirSync("docs", { recursive: true, encoding: "utf8" }).map((name) => join("docs", name));
  return [
    ...readdirSync(".").filter((name) => name.endsWith(".md")),
    ...inDocs.filter((name) => name.endsWith(".md")),
  ];
}

function sourceFiles(): string[] {
  const names = readdirSync("src", { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".ts")).map((name) => join("src", name));
}

/** The text of the docstrings alone, so that the same pattern finds the blocks in them. */
function docstringsOf(text: string): string {
  const comments = text.match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return comments.map((comment) => comment.replaceAll(/^ *\* ?/gm, "")).join("\n");
}

function snippetsOf(origin: string, text: string): Snippet[] {
  return [...text.matchAll(fence)].map((match, index) => ({
    origin: `${origin} (block ${String(index + 1)})`,
    code: (match[3] ?? "").replaceAll(new RegExp(`^${match[1] ?? ""}`, "gm"), ""),
    isProgram: match[2] !== undefined,
    file: `${origin.replaceAll(/[^A-Za-z0-9]+/g, "-")}-${String(index + 1)}.ts`,
  }));
}

function collect(): Snippet[] {
  return [
    ...markdownFiles().flatMap((file) => snippetsOf(file, readFileSync(file, "utf8"))),
    ...sourceFiles().flatMap((file) => snippetsOf(file, docstringsOf(readFileSync(file, "utf8")))),
  ];
}

function write(snippets: readonly Snippet[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entries = [
    ...["browser", "checkout", "journal", "money"],
    ...["opentelemetry", "redirection", "simulator", "webhooks"],
  ].map((name) => [`purse-payments/${name}`, [`../../src/${name}/index.ts`]] as const);
  const paths: Record<string, readonly string[]> = {
    "purse-payments": ["../../src/index.ts"],
    "purse-payments/undici": ["../../src/undici/index.ts"],
    "purse-payments/webhooks/node": ["../../src/webhooks/node.ts"],
    ...Object.fromEntries(entries),
  };
  const config = {
    extends: "../../tsconfig.json",
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false, paths },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  for (const { file, code } of snippets) writeFileSync(join(folder, file), `${code}\nexport {};\n`);
}

function compile(snippets: readonly Snippet[]): number {
  const args = ["node_modules/typescript/bin/tsc", "-p", folder, "--pretty", "false"];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  for (const line of stdout.split("\n").filter((text) => text !== "")) {
    const snippet = snippets.find(({ file }) => line.includes(`${folder}/${file}`));
    console.error(snippet === undefined ? line : `${snippet.origin}: ${line.slice(line.indexOf("("))}`);
  }
  return status === 0 ? 0 : 1;
}

function run(snippet: Snippet): number {
  const args = [
    "node_modules/tsx/dist/cli.mjs",
    "--tsconfig",
    join(folder, "tsconfig.json"),
    join(folder, snippet.file),
  ];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PURSE_")));
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env, timeout: 60_000 });
  if (status !== 0) console.error(`${snippet.origin}: ended with ${String(status)}\n${stderr}`);
  return status === 0 ? 0 : 1;
}

const { values } = parseArgs({ options: { help: { type: "boolean" } } });
if (values.help === true) {
  console.log(help);
} else {
  const snippets = collect();
  write(snippets);
  const programs = snippets.filter(({ isProgram }) => isProgram);
  const failures = compile(snippets) + programs.map(run).reduce((sum, failed) => sum + failed, 0);
  console.log(`${String(snippets.length)} blocks compiled, ${String(programs.length)} of them run`);
  process.exitCode = failures === 0 && snippets.length > 0 ? 0 : 1;
}
