import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mutate, seeded } from "./check-regeneration/mutate.js";
import { isSilent } from "./check-regeneration/silent.js";
import { clone, isObject, objectAt, stringsAt, without, type JsonObject } from "./generation/read/json.js";
import { readInput } from "./generation/read/read-input.js";

const help = `Tries \`npm run generate -- --from\` as a maintainer would, on changed copies of the description.

  npm run check:regeneration                 whole runs of the command, then 400 random changes, none of them silent
  npm run check:regeneration -- --short      60 random changes
  npm run check:regeneration -- --seed N     the changes of another seed
`;

const root = fileURLToPath(new URL("../", import.meta.url));
const spec = join(root, "openapi/purse-payment-api-v2.yaml");
const slowestMs = 12_000;

interface Row {
  what: string;
  change: (document: JsonObject) => void;
  code: number;
  words: string[];
}

function schema(document: JsonObject, name: string): JsonObject {
  return objectAt(objectAt(objectAt(document, "components"), "schemas"), name);
}

function capture(document: JsonObject): JsonObject {
  const items = Object.values(objectAt(document, "paths")).filter(isObject);
  const operations = items.map((item) => objectAt(item, "post"));
  return operations.find((operation) => operation["operationId"] === "capturePayment") ?? {};
}

const rows: readonly Row[] = [
  {
    what: "nothing",
    change: () => undefined,
    code: 0,
    words: ["no changes", "dry run", "nothing was written"],
  },
  {
    what: "other words",
    change: (d) => (schema(d, "Payment")["description"] = "Other words."),
    code: 0,
    words: ["compatible", "only descriptions"],
  },
  {
    what: "a member more",
    change: (d) => (objectAt(schema(d, "Payment"), "properties")["added"] = { type: "string" }),
    code: 0,
    words: ["compatible", "new optional member"],
  },
  {
    what: "a required member",
    change: (d) =>
      (schema(d, "OperationRequest")["required"] = [
        ...stringsAt(schema(d, "OperationRequest"), "required"),
        "added",
      ]),
    code: 3,
    words: ["BREAKING", "added: required now"],
  },
  {
    what: "a member gone",
    change: (d) =>
      (schema(d, "Operation")["properties"] = without(
        objectAt(schema(d, "Operation"), "properties"),
        "merchant_reference",
      )),
    code: 3,
    words: ["BREAKING", "merchant_reference: member removed"],
  },
  {
    what: "a member that may be missing",
    change: (d) => (schema(d, "RedirectionClaims")["required"] = []),
    code: 4,
    words: ["review", "no longer required"],
  },
  {
    what: "a word of no meaning",
    change: (d) => (schema(d, "OperationRequest")["maxWords"] = 3),
    code: 4,
    words: ["review", "maxWords"],
  },
  {
    what: "the 409 of a capture",
    change: (d) => (capture(d)["responses"] = without(objectAt(capture(d), "responses"), "409")),
    code: 3,
    words: ["BREAKING", "answer 409"],
  },
  {
    what: "another host for captures",
    change: (d) => (capture(d)["servers"] = [{ url: "https://api.example.org" }]),
    code: 1,
    words: ["nothing was written", "for this path only"],
  },
  {
    what: "OpenAPI 3.2",
    change: (d) => (d["openapi"] = "3.2.0"),
    code: 1,
    words: ["nothing was written", "3.2.0 is not supported"],
  },
];

function wholeRun(folder: string, committed: JsonObject, { what, change, code, words }: Row): string[] {
  const document = clone(committed);
  change(document);
  const file = join(folder, "file.json");
  writeFileSync(file, JSON.stringify(document));
  const started = performance.now();
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const args = [tsx, join(root, "scripts/generate.ts"), "--from", file, "--dry-run"];
  const run = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  const ms = Math.round(performance.now() - started);
  const printed = run.stdout + run.stderr;
  const lacking = words.filter((word) => !printed.includes(word));
  console.log(`${what}: exit code ${String(run.status)}, ${String(ms)} ms${ms > slowestMs ? " (slow)" : ""}`);
  if (run.status === code && lacking.length === 0) return [];
  return [
    `${what}: exit code ${String(run.status)} instead of ${String(code)}, without ${lacking.join(", ") || "nothing"}\n${printed}`,
  ];
}

async function randomChanges(committed: JsonObject, count: number, seed: number): Promise<string[]> {
  const failures: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const altered = clone(committed);
    const what = mutate(altered, seeded(seed + index));
    if (await isSilent(root, altered, committed))
      failures.push(`seed ${String(seed + index)}: nothing is said of ${what}`);
  }
  console.log(`${String(count)} random changes, ${String(failures.length)} of them silent`);
  return failures;
}

const { values } = parseArgs({
  options: {
    help: { type: "boolean", default: false },
    short: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
  },
});
if (values.help) console.log(help);
else {
  const committed = readInput(spec);
  const folder = mkdtempSync(join(tmpdir(), "purse-regeneration-"));
  const failures = rows.flatMap((row) => wholeRun(folder, committed, row));
  rmSync(folder, { recursive: true, force: true });
  failures.push(...(await randomChanges(committed, values.short ? 60 : 400, Number(values.seed))));
  for (const failure of failures) console.error(failure);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
