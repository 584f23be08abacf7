import { execFileSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
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
      simulator: "src/simulator/index.ts",
      "purse-simulator": "src/simulator/bin.ts",
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
    external: ["openapi-fetch", "jose", "jose/*", "node:*"],
    banner: { js: "// purse-payments, MIT. Bundled from src/; declarations are in dist/types." },
    sourcemap: true,
    sourcesContent: true,
    legalComments: "inline",
    logLevel: "warning",
  });
  chmodSync("dist/purse-simulator.js", 0o755);
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
}
