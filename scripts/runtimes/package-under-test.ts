import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";

/** The package as npm packs it, installed beside its dependencies, as in an application. */
export interface PackageUnderTest {
  /** The application's folder. */
  readonly folder: string;
  /** The name of each entry by the absolute path of its source. */
  readonly entries: ReadonlyMap<string, string>;
}

interface Manifest {
  name: string;
  exports: Record<string, { types: string } | string>;
  dependencies: Record<string, string>;
}

export function installPackage(folder: string): PackageUnderTest {
  refuseStaleBuild();
  rmSync(folder, { recursive: true, force: true });
  const modules = join(folder, "node_modules");
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  const target = join(modules, manifest.name);
  mkdirSync(target, { recursive: true });
  const args = ["pack", "--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder];
  const [packed] = JSON.parse(execFileSync("npm", args, { encoding: "utf8" })) as { filename: string }[];
  execFileSync("tar", ["-xzf", join(folder, packed?.filename ?? ""), "-C", target, "--strip-components=1"]);
  for (const name of closureOf(Object.keys(manifest.dependencies))) {
    cpSync(join("node_modules", name), join(modules, name), { recursive: true });
  }
  const application = { private: true, type: "module", dependencies: { [manifest.name]: "*" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(application));
  const entries = new Map<string, string>();
  for (const [path, target] of Object.entries(manifest.exports)) {
    if (typeof target === "string") continue;
    const source = target.types.replace(/^\.\/dist\/types\//, "").replace(/\.d\.ts$/, ".ts");
    entries.set(resolve(source), manifest.name + path.slice(1));
  }
  return { folder, entries };
}

/** The dependencies with theirs. */
function closureOf(names: readonly string[], found = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    const manifest = JSON.parse(
      readFileSync(join("node_modules", name, "package.json"), "utf8"),
    ) as Partial<Manifest>;
    closureOf(Object.keys(manifest.dependencies ?? {}), found);
  }
  return found;
}

/** What is tested is what would be published, so it must be made from what stands in the sources. */
function refuseStaleBuild(): void {
  if (!existsSync("dist/index.js")) throw new Error("there is no dist/: run npm run build first");
  const builtMs = statSync("dist/index.js").mtimeMs;
  for (const folder of ["src", "generated"]) {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const file = join(folder, name);
      const { mtimeMs } = statSync(file);
      if (!file.endsWith(".ts") || mtimeMs <= builtMs) continue;
      throw new Error(`dist/ is older than ${file}: run npm run build first`);
    }
  }
}
