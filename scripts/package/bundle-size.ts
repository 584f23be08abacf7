import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

export interface BundleSize {
  /** What is loaded at once: the entry and what it imports statically. */
  readonly mainBytes: number;
  /** With what is loaded on demand. */
  readonly allBytes: number;
}

/** What a bundler makes of a program, minified and gzipped; node's own modules stay outside. */
export async function bundleSize(program: string, folder: string): Promise<BundleSize> {
  const entry = join(folder, "entry.mjs");
  writeFileSync(entry, program);
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outdir: join(folder, "bundled"),
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    external: ["node:*", "@opentelemetry/api", "undici"],
    metafile: true,
    write: false,
  });
  const bytes = new Map(
    outputFiles.map(({ path, contents }) => [resolve(path), gzipSync(contents).byteLength]),
  );
  const outputs = Object.entries(metafile.outputs);
  const sum = (paths: Iterable<string>): number =>
    [...paths].reduce((total, path) => total + (bytes.get(resolve(path)) ?? 0), 0);
  const first = outputs.find(([, { entryPoint }]) => entryPoint?.endsWith("entry.mjs") === true)?.[0] ?? "";
  const atOnce = new Set([first]);
  // A Set's iteration goes on to what is added meanwhile.
  for (const path of atOnce) {
    for (const { kind, path: next, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && external !== true) atOnce.add(next);
    }
  }
  return { mainBytes: sum(atOnce), allBytes: sum(outputs.map(([path]) => path)) };
}
