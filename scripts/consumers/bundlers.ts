import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { node, run } from "../package/run.js";
import type { Consumer } from "./matrix.js";
import { templates, type Workbench } from "./workbench.js";

/** Bundles that are made, looked into, and run. */
export function bundlers({ plain, equipped, tools }: Workbench): readonly Consumer[] {
  return [
    ...(["node", "neutral"] as const).map((platform): Consumer => ({
      name: `esbuild, platform ${platform}`,
      short: true,
      run: () => bundleWithEsbuild(plain, platform),
    })),
    {
      name: "Vite 8, SSR build with everything inside",
      short: true,
      async run() {
        const folder = join(equipped, "vite");
        mkdirSync(folder);
        writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
        cpSync(join(templates, "bundled.mjs"), join(folder, "bundled.mjs"));
        writeFileSync(join(folder, "vite.config.mjs"), "export default { ssr: { noExternal: true } };\n");
        const vite = join(tools, "node_modules/vite/bin/vite.js");
        await run(node, [vite, "build", "--ssr", "bundled.mjs", "--logLevel", "warn"], folder);
        return (await run(node, ["dist/bundled.js"], folder)).trim();
      },
    },
  ];
}

async function bundleWithEsbuild(plain: string, platform: "node" | "neutral"): Promise<string> {
  const folder = join(plain, `esbuild-${platform}`);
  mkdirSync(folder);
  cpSync(join(templates, "bundled.mjs"), join(folder, "bundled.mjs"));
  const { metafile, warnings } = await build({
    absWorkingDir: folder,
    entryPoints: ["bundled.mjs"],
    outdir: "out",
    bundle: true,
    splitting: true,
    format: "esm",
    outExtension: { ".js": ".mjs" },
    platform,
    ...(platform === "neutral" ? { mainFields: ["module", "main"], external: ["node:*"] } : {}),
    metafile: true,
    logLevel: "silent",
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join("\n"));
  const inputs = loadedAtOnce(metafile, "out/bundled.mjs");
  const strangers = inputs.filter((path) => /\/jose\/|\/simulator\.js$/.test(path));
  if (strangers.length > 0) throw new Error(`loaded at once: ${strangers.join(", ")}`);
  if (!inputs.some((path) => path.includes("purse-payments")))
    throw new Error("the bundle lacks the package");
  return (await run(node, ["out/bundled.mjs"], folder)).trim();
}

/** The files in the chunk of a program, and in those that it imports statically. */
function loadedAtOnce({ outputs }: Metafile, program: string): readonly string[] {
  const chunks = new Set([program]);
  // A Set's iteration goes on to what is added meanwhile.
  for (const chunk of chunks) {
    for (const { kind, path, external } of outputs[chunk]?.imports ?? []) {
      if (kind === "import-statement" && external !== true) chunks.add(path);
    }
  }
  return [...chunks].flatMap((chunk) => Object.keys(outputs[chunk]?.inputs ?? {}));
}
