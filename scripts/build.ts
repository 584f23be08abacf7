import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const help = `Writes dist/: one bundle an entry with shared chunks (esbuild), and the declarations (tsc).

  npm run build
`;

const { values } = parseArgs({ options: { help: { type: "boolean" } } });
if (values.help === true) {
  console.log(help);
} else {
  rmSync("dist", { recursive: true, force: true });
  await build({
    entryPoints: {
      index: "src/index.ts",
      browser: "src/browser/index.ts",
      checkout: "src/checkout/index.ts",
      journal: "src/journal/index.ts",
      money: "src/money/index.ts",
      opentelemetry: "src/opentelemetry/index.ts",
      redirection: "src/redirection/index.ts",
      simulator: "src/simulator/index.ts",
      undici: "src/undici/index.ts",
      webhooks: "src/webhooks/index.ts",
      "webhooks-node": "src/webhooks/node.ts",
      purse: "src/cli/bin.ts",
      "purse-simulator": "src/simulator/cli/bin.ts",
    },
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["node"],
    chunkNames: "chunks/[name]-[hash]",
    // The production dependencies stay packages of their own; everything else is bundled into its entry.
    external: ["openapi-fetch", "undici", "jose", "jose/*", "@opentelemetry/api", "node:*"],
    banner: { js: "// purse-payments, MIT. Bundled from src/; declarations are in dist/types." },
    sourcemap: true,
    sourcesContent: true,
    legalComments: "inline",
    logLevel: "warning",
  });
  chmodSync("dist/purse.js", 0o755);
  chmodSync("dist/purse-simulator.js", 0o755);
  nameSources();
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
}

/** The maps carry their sources; paths that lead out of the package would only send debuggers looking for files. */
function nameSources(): void {
  for (const name of readdirSync("dist", { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".map")) continue;
    const file = join("dist", name);
    const map = JSON.parse(readFileSync(file, "utf8")) as { sources: string[] };
    map.sources = map.sources.map((source) => source.replace(/^(?:\.\.\/)+/, "purse-payments:///"));
    writeFileSync(file, JSON.stringify(map));
  }
}
