import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";
import { bareConsumer, emptyConsumer, ownConsumer, wholeConsumer } from "./measure-types/consumers.js";

const help = `Measures what the declarations of the package cost those who use them. Needs \`npm run build\` first.

  npm run measure:types                  lines loaded, and time to check ten calls
  npm run measure:types -- --rounds 9    more rounds (default 5)

Exit codes: 0 within the budget of lines; 1 above it; 2 wrong arguments or nothing built. Times are only printed: they
depend on the machine, and the ratio on its load.
`;

/** Lines of definitions that importing the package loads, above those of an empty file. */
const mostLines = 6000;
/** Time to check ten calls, over that of the same calls on bare openapi-fetch with the same schema. */
const highestRatio = 1.3;

const folder = ".cache/measure-types";
const declarations = "dist/types/src/index.d.ts";
const compilerOptions = {
  target: "ES2022",
  module: "NodeNext",
  lib: ["ES2022", "DOM", "DOM.Iterable"],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
  paths: {
    "purse-payments": [resolve(declarations)],
    "purse-payments-schema": [resolve("dist/types/generated/schema.d.ts")],
  },
};

function write(name: string, code: string): string {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(place, "consumer.ts"), code);
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
  return place;
}

function definitionLines(place: string): number {
  const { config } = ts.readConfigFile(join(place, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, place);
  const files = ts.createProgram(fileNames, options).getSourceFiles();
  return files
    .filter(({ isDeclarationFile }) => isDeclarationFile)
    .reduce((lines, file) => lines + file.getLineStarts().length, 0);
}

/** Seconds that tsc itself counts for checking; a consumer that does not compile has no time worth having. */
function checkSeconds(place: string): number {
  const tsc = join("node_modules", "typescript", "bin", "tsc");
  const output = execFileSync(process.execPath, [tsc, "-p", place, "--extendedDiagnostics"], {
    encoding: "utf8",
  });
  const seconds = /Check time:\s+([\d.]+)s/.exec(output)?.[1];
  if (seconds === undefined) throw new Error("tsc does not say how long it checked");
  return Number(seconds);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function measure(rounds: number): number {
  rmSync(folder, { recursive: true, force: true });
  const empty = write("empty", emptyConsumer);
  const lines = definitionLines(write("whole", wholeConsumer)) - definitionLines(empty);
  console.log(`definition lines  ${String(lines)} of at most ${String(mostLines)}`);

  const [own, bare] = [write("own", ownConsumer), write("bare", bareConsumer)];
  const times = { own: [] as number[], bare: [] as number[], empty: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.own.push(checkSeconds(own));
    times.bare.push(checkSeconds(bare));
    times.empty.push(checkSeconds(empty));
  }
  const [ours, theirs] = [median(times.own), median(times.bare)];
  console.log(`check time        ${ours.toFixed(2)} s for ten calls (median of ${String(rounds)} rounds)`);
  console.log(`on openapi-fetch  ${theirs.toFixed(2)} s for the same calls with the same schema`);
  console.log(`an empty file     ${median(times.empty).toFixed(2)} s`);
  console.log(`ratio             ${(ours / theirs).toFixed(2)}, wanted at most ${String(highestRatio)}`);
  return lines > mostLines ? 1 : 0;
}

function main(): number {
  const { values } = parseArgs({
    options: { rounds: { type: "string", default: "5" }, help: { type: "boolean" } },
  });
  if (values.help === true) {
    console.log(help);
    return 0;
  }
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds needs a whole number above zero");
  if (!existsSync(declarations)) throw new Error(`${declarations} is missing: npm run build`);
  return measure(rounds);
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(`measure:types: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
