import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

export interface BundleSize {
  /** What is loaded at once: the entry and what it imports statically. */
  readonly mainBytes: number;
  /** With what the first call loads; only the client has an engine. */
  readonly callBytes: number;
  /** With all that is loaded on demand. */
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
  const loadedWith = (...entries: readonly RegExp[]): Set<string> => {
    const starts = outputs.filter(([, { entryPoint = "" }]) =>
      entries.some((entry) => entry.test(entryPoint)),
    );
    const loaded = new Set(starts.map(([path]) => path));
    // A Set's iteration goes on to what is added meanwhile.
    for (const path of loaded) {
      for (const { kind, path: next, external } of metafile.outputs[path]?.imports ?? []) {
        if (kind === "import-statement" && external !== true) loaded.add(next);
      }
    }
    return loaded;
  };
  return {
    mainBytes: sum(loadedWith(/entry\.mjs$/)),
    callBytes: sum(loadedWith(/entry\.mjs$/, /\/engine-\w+\.js$/)),
    allBytes: sum(outputs.map(([path]) => path)),
  };
}
