import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseArgs } from "node:util";

const help = `Checks the shape of src/: dependencies point one way, nothing imports in a circle, openapi-fetch and jose stay
where they belong, no Node built-in is reachable from the main entry, the command starts without jose, and no file imports the
table of operations as a whole.

  npm run lint:architecture
`;

/**
 * Which rooms of the house each room may import from, types included. A room may always import from itself. The way of
 * a call is resources → call → auth → checks → http → errors.
 */
const allowed: Record<string, readonly string[]> = {
  index: ["*"],
  client: ["clock", "settings", "options", "call", "resources"],
  settings: ["options", "hooks", "checks", "call", "auth", "http", "errors", "generated"],
  options: ["hooks", "checks", "auth", "http", "generated"],
  hooks: ["errors"],
  clock: [],
  resources: [
    "call",
    "auth",
    "checks",
    "http",
    "redirection",
    "webhooks",
    "idempotency",
    "options",
    "hooks",
    "clock",
    "errors",
    "generated",
  ],
  call: [
    "auth",
    "checks",
    "http",
    "idempotency",
    "options",
    "hooks",
    "clock",
    "defined",
    "errors",
    "generated",
  ],
  defined: [],
  auth: ["checks", "http", "clock", "errors", "generated"],
  idempotency: ["checks", "errors", "generated"],
  checks: ["http", "errors", "generated"],
  http: ["clock", "defined", "errors", "generated"],
  redirection: ["checks", "http", "clock", "errors", "generated", "jose"],
  sql: ["checks", "errors"],
  webhooks: ["sql", "checks", "clock", "errors", "generated"],
  errors: ["generated"],
  journal: [
    "client",
    "webhooks",
    "sql",
    "call",
    "checks",
    "http",
    "idempotency",
    "hooks",
    "options",
    "clock",
    "errors",
    "generated",
  ],
  browser: ["checkout", "generated"],
  checkout: ["call", "checks", "errors", "generated", "options", "redirection", "resources", "webhooks"],
  money: ["errors", "generated"],
  opentelemetry: ["hooks", "@opentelemetry/api"],
  cli: [
    "client",
    "resources",
    "settings",
    "call",
    "checks",
    "http",
    "idempotency",
    "redirection",
    "webhooks",
    "money",
    "simulator",
    "errors",
    "generated",
    "node",
  ],
  undici: ["http", "errors", "undici", "node"],
  simulator: ["redirection", "clock", "generated", "jose", "hono", "@hono/node-server", "node"],
};

/** Packages that only one module, or one room, may know. */
const packageHomes: Record<string, readonly string[]> = {
  "openapi-fetch": ["src/http/build-request.ts"],
};

interface Import {
  from: string;
  to: string;
  isTypeOnly: boolean;
  isLazy: boolean;
  /** `import * as`, `export *`, or `import()`, which gives the whole module, too. */
  isWhole: boolean;
}

const importPattern =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\s\S]*?\s+from\s+)?"([^"]+)"|(\bimport)\("([^"]+)"\)/g;

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => normalize(join(folder, name)));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
  return [...text.matchAll(importPattern)].map((match) => {
    const target = match[3] ?? match[5] ?? "";
    const to = target.startsWith(".")
      ? normalize(join(dirname(file), target)).replace(/\.js$/, ".ts")
      : target;
    const isLazy = match[4] !== undefined;
    const isWhole = isLazy || /^\s*(?:import|export)\s+\*/.test(match[0]);
    return { from: file, to, isTypeOnly: match[2] !== undefined, isLazy, isWhole };
  });
}

function roomOf(target: string): string {
  if (target.startsWith("generated/")) return "generated";
  if (target.startsWith("node:")) return "node";
  if (!target.startsWith("src/")) return target.startsWith("@") ? target : (target.split("/")[0] ?? target);
  const [, room = ""] = target.split("/");
  return room.replace(/\.ts$/, "");
}

function findForbidden(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to }) => {
    const [source, target] = [roomOf(from), roomOf(to)];
    const homes = packageHomes[target];
    if (homes !== undefined)
      return homes.includes(from) ? [] : [`${from}: only ${homes.join(", ")} may import ${target}`];
    const permitted = allowed[source] ?? [];
    if (source === target || permitted.includes("*") || permitted.includes(target)) return [];
    return [`${from}: ${source} must not import from ${target} (${to})`];
  });
}

/** Type imports count as well: they are what a reader follows. */
function findCycles(imports: readonly Import[]): string[] {
  const edges = new Map<string, string[]>();
  for (const { from, to } of imports) edges.set(from, [...(edges.get(from) ?? []), to]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push(`circle: ${[...path.slice(path.indexOf(file)), file].join(" → ")}`);
    if (path.includes(file) || done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return cycles;
}

/** Folders side by side in a room have an order, too. Files directly in the room may put its folders together. */
function findMutualFolders(imports: readonly Import[]): string[] {
  const pairs = new Set<string>();
  for (const { from, to } of imports) {
    const [source, target] = [dirname(from), dirname(to)];
    if (source !== target && dirname(source) === dirname(target)) pairs.add(`${source} → ${target}`);
  }
  return [...pairs]
    .filter((pair) => {
      const [source = "", target = ""] = pair.split(" → ");
      return source < target && pairs.has(`${target} → ${source}`);
    })
    .map((pair) => `${pair}: these folders import from each other`);
}

/** Everything that importing a file loads, with or without what is imported later, on demand. */
function reachedFrom(entry: string, imports: readonly Import[], withLazy: boolean): string[] {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { from, to, isTypeOnly, isLazy } of imports) {
      if (from === file && !isTypeOnly && (withLazy || !isLazy)) visit(to);
    }
  };
  visit(entry);
  return [...reached];
}

function findUnwantedInEntries(imports: readonly Import[]): string[] {
  const inMain = reachedFrom("src/index.ts", imports, true);
  const unwanted = inMain.filter((to) => roomOf(to) === "node" || to.startsWith("@opentelemetry/"));
  const eager = ["src/index.ts", "src/cli/bin.ts"].flatMap((entry) => {
    const jose = reachedFrom(entry, imports, false).filter((target) => roomOf(target) === "jose");
    return jose.map((target) => `${entry}: ${target} is loaded at import, not on demand`);
  });
  return [...unwanted.map((to) => `src/index.ts: ${to} is reachable from the main entry`), ...eager];
}

/** Imported as a namespace, every operation would stay in every bundle, used or not. */
function findWholeTable(imports: readonly Import[]): string[] {
  return imports
    .filter(({ to, isWhole, isTypeOnly }) => to === "generated/operations.ts" && isWhole && !isTypeOnly)
    .map(({ from, to }) => `${from}: import the operations it needs from ${to}, not all of them`);
}

const { values } = parseArgs({ options: { help: { type: "boolean" } } });
if (values.help === true) {
  console.log(help);
} else {
  const files = listFiles("src");
  const imports = files.flatMap(importsOf);
  const checks = [findForbidden, findCycles, findMutualFolders, findUnwantedInEntries, findWholeTable];
  const faults = checks.flatMap((check) => check(imports));
  for (const fault of faults) console.error(fault);
  if (faults.length === 0)
    console.log(`${String(files.length)} files, ${String(imports.length)} imports, all in order`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
