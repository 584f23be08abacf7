import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { fileIn } from "../processes.js";
import type { Findings, Section } from "../section.js";

interface Size {
  readonly minified: number;
  readonly gzipped: number;
}

interface Bundle {
  /** What importing loads. */
  readonly atOnce: Size;
  /** With what is imported later, on demand. */
  readonly inAll: Size;
}

const peers: Readonly<Record<string, string>> = {
  "openapi-fetch": 'import create from "openapi-fetch"; console.log(create());',
  svix: 'import { Svix } from "svix"; console.log(Svix);',
  stripe: 'import Stripe from "stripe"; console.log(Stripe);',
  openai: 'import OpenAI from "openai"; console.log(OpenAI);',
  "@mollie/api-client":
    'import { createMollieClient } from "@mollie/api-client"; console.log(createMollieClient);',
  "@adyen/api-library": 'import * as adyen from "@adyen/api-library"; console.log(adyen);',
};

const mainEntry = 'import { Purse } from "../dist/index.js"; console.log(new Purse());';

/** Every entry of the package but the simulator. */
function allEntries(): string {
  const { exports } = JSON.parse(readFileSync(fileIn("../package.json"), "utf8")) as {
    exports: Record<string, string | { default: string }>;
  };
  const files = Object.entries(exports).flatMap(([entry, target]) =>
    typeof target === "string" || entry === "./simulator" ? [] : [target.default],
  );
  return files.map((file, index) => `export * as entry${String(index)} from "../${file}";`).join("\n");
}

async function bundle(contents: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: fileIn("."), sourcefile: "entry.mjs" },
    outdir: fileIn("../.cache/bench"),
    absWorkingDir: fileIn(".."),
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "node",
    // A peer of the package, not a dependency: users of that entry have it installed.
    external: ["@opentelemetry/*"],
    legalComments: "none",
    logLevel: "error",
    metafile: true,
    write: false,
  });
  const outputs = Object.entries(metafile.outputs);
  // What is imported on demand is an entry for esbuild as well, but not this one.
  const isEntry = (entryPoint = ""): boolean => entryPoint.endsWith("entry.mjs");
  const atOnce = new Set(outputs.filter(([, output]) => isEntry(output.entryPoint)).map(([path]) => path));
  for (const path of atOnce) {
    for (const { kind, path: imported } of metafile.outputs[path]?.imports ?? [])
      if (kind === "import-statement" && metafile.outputs[imported] !== undefined) atOnce.add(imported);
  }
  const sum = (isCounted: (path: string) => boolean): Size => {
    const files = outputFiles.filter(({ path }) => isCounted(path));
    return {
      minified: files.reduce((total, { contents: bytes }) => total + bytes.byteLength, 0),
      gzipped: files.reduce((total, { contents: bytes }) => total + gzipSync(bytes).byteLength, 0),
    };
  };
  return { atOnce: sum((path) => [...atOnce].some((each) => path.endsWith(each))), inAll: sum(() => true) };
}

async function measure(): Promise<Findings> {
  const main = await bundle(mainEntry);
  const sizes: [string, Size][] = [
    ["purse-payments, main entry", main.atOnce],
    ["purse-payments, with redirection", main.inAll],
    ["purse-payments, all but the simulator", (await bundle(allEntries())).inAll],
  ];
  for (const [name, contents] of Object.entries(peers)) sizes.push([name, (await bundle(contents)).inAll]);
  const kB = (bytes: number): string => (bytes / 1000).toFixed(1);
  const [mainGzipped, allGzipped] = [sizes[0]?.[1].gzipped ?? 0, sizes[2]?.[1].gzipped ?? 0];
  const ofBare = sizes.find(([name]) => name === "openapi-fetch")?.[1].gzipped ?? Number.NaN;
  return {
    method:
      "Bundled and minified by esbuild for Node.js, with all dependencies, then gzipped (1 kB = 1000 bytes).",
    tables: [
      {
        title: "Bundle size",
        columns: ["bundle", "minified kB", "gzipped kB", "of openapi-fetch"],
        rows: sizes.map(([name, { minified, gzipped }]) => [
          name,
          kB(minified),
          kB(gzipped),
          `${(gzipped / ofBare).toFixed(1)} ×`,
        ]),
      },
    ],
    budgets: [
      {
        what: "main entry without redirection, minified and gzipped",
        wanted: "≤ 12 kB",
        measured: `${kB(mainGzipped)} kB`,
        isMet: mainGzipped <= 12_000,
      },
      {
        what: "everything but the simulator",
        wanted: "≤ 20 kB",
        measured: `${kB(allGzipped)} kB`,
        isMet: allGzipped <= 20_000,
      },
      runtimeDependencies(),
    ],
    charts: [
      {
        file: "bundle-size.svg",
        title: "Bundle size, minified and gzipped",
        description: sizes.map(([name, { gzipped }]) => `${name}: ${kB(gzipped)} kB`).join("; "),
        unit: "kB",
        series: ["gzipped"],
        groups: sizes.map(([name, { gzipped }]) => ({ name, values: [gzipped / 1000] })),
      },
    ],
  };
}

function runtimeDependencies() {
  const { dependencies } = JSON.parse(readFileSync(fileIn("../package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const names = Object.keys(dependencies).sort();
  return {
    what: "runtime dependencies",
    wanted: "jose, openapi-fetch",
    measured: names.join(", "),
    isMet: names.join() === "jose,openapi-fetch",
  };
}

export const size: Section = { name: "size", title: "Size", measure };
