import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseArgs } from "node:util";

const help = `Checks the shape of src/: dependencies point one way, nothing imports in a circle, openapi-fetch and jose stay
where they belong, and no Node built-in is reachable from the main entry.

  npm run lint:architecture
`;

/** Which rooms of the house each room may import from. A room may always import from itself. */
const allowed: Record<string, readonly string[]> = {
  index: ["*"],
  client: ["clock", "settings", "options", "http", "resources"],
  settings: ["options", "http", "auth", "errors", "generated"],
  options: ["auth", "http", "generated"],
  clock: [],
  resources: [
    "http",
    "auth",
    "redirection",
    "webhooks",
    "idempotency",
    "options",
    "clock",
    "errors",
    "generated",
  ],
  http: ["auth", "idempotency", "options", "clock", "errors", "generated"],
  auth: ["clock", "errors", "generated"],
  idempotency: ["errors", "generated"],
  redirection: ["http", "clock", "errors", "generated", "jose"],
  webhooks: ["clock", "errors", "generated"],
  errors: ["generated"],
  money: ["errors", "generated"],
  opentelemetry: ["http", "@opentelemetry/api"],
  cli: [
    "client",
    "settings",
    "http",
    "idempotency",
    "redirection",
    "webhooks",
    "money",
    "errors",
    "generated",
    "node",
  ],
  "node-transport": ["http", "errors", "node"],
  simulator: ["redirection", "clock", "generated", "jose", "hono", "@hono/node-server", "node"],
};

/** Packages that only one module, or one room, may know. */
const packageHomes: Record<string, readonly string[]> = {
  "openapi-fetch": ["src/http/transport.ts"],
};

interface Import {
  from: string;
  to: string;
  isTypeOnly: boolean;
  isLazy: boolean;
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
    return { from: file, to, isTypeOnly: match[2] !== undefined, isLazy: match[4] !== undefined };
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

/** Types are erased, so only what is loaded can go round in a circle. */
function findCycles(imports: readonly Import[]): string[] {
  const edges = new Map<string, string[]>();
  for (const { from, to, isTypeOnly } of imports) {
    if (!isTypeOnly) edges.set(from, [...(edges.get(from) ?? []), to]);
  }
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

/** Everything that importing the main entry loads, with or without what is imported later, on demand. */
function reachedFromMainEntry(imports: readonly Import[], withLazy: boolean): string[] {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { from, to, isTypeOnly, isLazy } of imports) {
      if (from === file && !isTypeOnly && (withLazy || !isLazy)) visit(to);
    }
  };
  visit("src/index.ts");
  return [...reached];
}

function findUnwantedInMainEntry(imports: readonly Import[]): string[] {
  const node = reachedFromMainEntry(imports, true).filter((target) => roomOf(target) === "node");
  const telemetry = reachedFromMainEntry(imports, true).filter((to) => to.startsWith("@opentelemetry/"));
  const jose = reachedFromMainEntry(imports, false).filter((target) => roomOf(target) === "jose");
  return [
    ...[...node, ...telemetry].map((to) => `src/index.ts: ${to} is reachable from the main entry`),
    ...jose.map((target) => `src/index.ts: ${target} is loaded at import, not on demand`),
  ];
}

const { values } = parseArgs({ options: { help: { type: "boolean" } } });
if (values.help === true) {
  console.log(help);
} else {
  const files = listFiles("src");
  const imports = files.flatMap(importsOf);
  const faults = [findForbidden, findCycles, findUnwantedInMainEntry].flatMap((check) => check(imports));
  for (const fault of faults) console.error(fault);
  if (faults.length === 0)
    console.log(`${String(files.length)} files, ${String(imports.length)} imports, all in order`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
