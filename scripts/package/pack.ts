import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { documentationFiles } from "./documentation.js";
import { entriesOf, readManifest } from "./manifest.js";
import { run } from "./run.js";

export interface Packed {
  readonly tarball: string;
  readonly files: readonly string[];
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

/** Packs what `npm run build` wrote. */
export async function pack(folder: string): Promise<Packed> {
  if (!existsSync("dist/index.js")) throw new Error("there is no dist/: run npm run build first");
  const output = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], ".");
  const [packed] = JSON.parse(output) as [
    { filename: string; size: number; unpackedSize: number; files: { path: string }[] },
  ];
  return {
    tarball: join(folder, packed.filename),
    files: packed.files.map(({ path }) => path),
    packedBytes: packed.size,
    unpackedBytes: packed.unpackedSize,
  };
}

/**
 * Compares the tarball with what it must contain: each entry and command with its map, the chunks that they import, a
 * declaration for each source that can be imported, and the documentation. Reports files too many and files missing.
 */
export function checkFiles(files: readonly string[]): void {
  const expected = new Set(["package.json", "LICENSE", ...documentationFiles(), ...declarations()]);
  for (const file of reachableFiles()) {
    expected.add(file);
    expected.add(`${file}.map`);
  }
  const strangers = files.filter((file) => !expected.has(file));
  const missing = [...expected].filter((file) => !files.includes(file));
  if (strangers.length > 0) throw new Error(`the tarball must not hold ${few(strangers)}`);
  if (missing.length > 0) throw new Error(`the tarball lacks ${few(missing)}`);
}

function few(files: readonly string[]): string {
  const more = files.length > 5 ? ` and ${String(files.length - 5)} more` : "";
  return files.slice(0, 5).join(", ") + more;
}

function declarations(): string[] {
  return ["src", "generated"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.startsWith("cli/"))
      .map((name) => join("dist/types", folder, name.replace(/\.ts$/, ".d.ts"))),
  );
}

function reachableFiles(): ReadonlySet<string> {
  const manifest = readManifest();
  const found = new Set<string>();
  const left = [...entriesOf(manifest).map(({ file }) => file), ...Object.values(manifest.bin)];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const code = readFileSync(file, "utf8");
    for (const [, specifier = ""] of code.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
      left.push(posix.join(dirname(file), specifier));
    }
  }
  return found;
}
