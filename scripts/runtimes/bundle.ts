import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import type { PackageUnderTest } from "./package-under-test.js";
import { workerStandIns } from "./worker-stand-ins.js";

export interface Bundle {
  readonly file: string;
  /** Absolute. */
  readonly output: string;
  /** Whether the tests are of the package as published; else they reach inside, and are of its source. */
  readonly isOfPackage: boolean;
  readonly usesNode: boolean;
}

export interface BundleTarget {
  readonly folder: string;
  readonly isWorker: boolean;
  readonly faultServersUrl: string;
}

/**
 * One bundle for each test file, with `vitest` replaced by our stand-in. Where a test uses nothing but the package's
 * entries, the installed package takes the place of the source: beside the bundle, or in it for a worker.
 */
export async function bundleTests(
  files: readonly string[],
  installed: PackageUnderTest,
  target: BundleTarget,
): Promise<Bundle[]> {
  mkdirSync(target.folder, { recursive: true });
  const ofPackage = await bundleAll(files, target, installed);
  const reachInside = files.filter((file) =>
    Object.keys(outputIn(ofPackage, file).inputs).some((path) => path.startsWith("src/")),
  );
  const ofSource = await bundleAll(reachInside, target);
  return files.map((file) => {
    const isOfPackage = !reachInside.includes(file);
    const meta = isOfPackage ? ofPackage : ofSource;
    return { file, output: outputOf(file, target), isOfPackage, usesNode: usesNode(meta, file) };
  });
}

/** The runner that loads the bundles, and what they import instead of `vitest`. */
export async function bundleRunner(entry: string, target: BundleTarget): Promise<string> {
  await build({
    ...commonOptions(target),
    entryPoints: { vitest: "test/runtimes/vitest.ts" },
    outdir: target.folder,
  });
  const outfile = join(target.folder, "main.js");
  await build({
    ...commonOptions(target),
    entryPoints: [entry],
    outfile,
    external: ["node:*", ...builtinModules, "./vitest.js"],
  });
  return outfile;
}

export function bundleNameOf(file: string): string {
  return file.replaceAll("/", "__");
}

function outputOf(file: string, { folder }: BundleTarget): string {
  return join(folder, `${bundleNameOf(file)}.js`);
}

function outputIn(meta: Metafile, file: string): Metafile["outputs"][string] {
  const entry = Object.entries(meta.outputs).find(([path]) => path.endsWith(`/${bundleNameOf(file)}.js`));
  if (entry === undefined) throw new Error(`esbuild made no bundle of ${file}`);
  return entry[1];
}

async function bundleAll(
  files: readonly string[],
  target: BundleTarget,
  installed?: PackageUnderTest,
): Promise<Metafile> {
  const optionsFor = (some: readonly string[]): CommonOptions => ({
    ...commonOptions(target),
    entryPoints: Object.fromEntries(some.map((file) => [bundleNameOf(file), file])),
    outdir: target.folder,
    define: { FAULT_SERVERS_URL: JSON.stringify(target.faultServersUrl) },
    packages: target.isWorker ? "bundle" : "external",
    plugins: [
      standIns(),
      ...(target.isWorker ? [workerStandIns()] : []),
      secondCopies(),
      ...(installed === undefined ? [] : [publishedPackage(installed, target)]),
      ownAddress(),
    ],
  });
  try {
    return (await build(optionsFor(files))).metafile;
  } catch (error) {
    // Whose fault it is shows only when each is bundled alone.
    for (const file of files) {
      await build({ ...optionsFor([file]), logLevel: "silent", write: false }).catch((cause: unknown) => {
        const place = target.isWorker ? " for a worker" : "";
        const advice = "if it cannot run there, name it in scripts/runtimes/exceptions.ts";
        throw new Error(`${file} cannot be bundled${place}: ${advice}`, { cause });
      });
    }
    throw error;
  }
}

type CommonOptions = BuildOptions & { metafile: true; external: string[] };

function commonOptions({ isWorker }: BundleTarget): CommonOptions {
  return {
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: isWorker ? "neutral" : "node",
    mainFields: ["module", "main"],
    conditions: isWorker ? ["workerd", "worker", "browser"] : [],
    external: ["node:*", ...builtinModules],
    metafile: true,
    logLevel: "warning",
    // An import of types alone stays an import of nothing, which is as good as none.
    logOverride: { "ignored-bare-import": "silent" },
  };
}

/** Puts our modules in the places of those that only Node can run. */
function standIns(): Plugin {
  return {
    name: "stand-ins",
    setup(build) {
      build.onResolve({ filter: /^vitest$/ }, () => ({ path: "./vitest.js", external: true }));
      build.onResolve({ filter: /fault-server\/start\.js$/ }, () => ({
        path: resolve("test/runtimes/fault-server.ts"),
      }));
    },
  };
}

function publishedPackage({ folder, entries }: PackageUnderTest, { isWorker }: BundleTarget): Plugin {
  return {
    name: "published-package",
    setup(build) {
      build.onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, resolveDir }) => {
        const name = entries.get(resolve(resolveDir, path.replace(/\.js$/, ".ts")));
        if (name === undefined) return undefined;
        return isWorker
          ? build.resolve(name, { resolveDir: folder, kind: "import-statement" })
          : { path: name, external: true };
      });
    },
  };
}

/** `import.meta.url` stays the address of the source file, not of the bundle. */
function ownAddress(): Plugin {
  return {
    name: "own-address",
    setup(build) {
      build.onLoad({ filter: /\/(?:test|scripts)\/.*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        const address = JSON.stringify(pathToFileURL(path).href);
        return { contents: text.replaceAll("import.meta.url", address), loader: "ts" };
      });
    },
  };
}

/** Whether a test needs Node's modules or globals for itself; the package needs none. */
function usesNode(meta: Metafile, file: string): boolean {
  const { imports, inputs } = outputIn(meta, file);
  if (imports.some(({ path }) => path.startsWith("node:") || builtinModules.includes(path))) return true;
  return Object.keys(inputs)
    .filter((path) => /^(?:test|scripts)\//.test(path))
    .some((path) => /\bBuffer\.|\bprocess\./.test(readFileSync(path, "utf8")));
}

/** After `vi.resetModules()` a test imports a second copy of the package: it gets one in its bundle. */
function secondCopies(): Plugin {
  return {
    name: "second-copies",
    setup(build) {
      build.onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, resolveDir, importer, kind, namespace }) => {
        const isFirst =
          kind === "dynamic-import" && readFileSync(importer, "utf8").includes("vi.resetModules(");
        if (!isFirst && namespace !== "second-copy") return undefined;
        return { path: sourceOf(resolve(resolveDir, path)), namespace: "second-copy" };
      });
      build.onLoad({ filter: /./, namespace: "second-copy" }, ({ path }) => ({
        contents: readFileSync(path, "utf8"),
        loader: path.endsWith(".ts") ? "ts" : "js",
        resolveDir: dirname(path),
      }));
    },
  };
}

/** The file that an import of TypeScript names; what is generated as JavaScript stays as it is. */
function sourceOf(path: string): string {
  const source = path.replace(/\.js$/, ".ts");
  return existsSync(source) ? source : path;
}
