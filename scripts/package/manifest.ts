import { readFileSync } from "node:fs";

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
  readonly exports: Readonly<Record<string, string | { types: string; default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
}

export interface Entry {
  /** What users write: `purse-payments/money`. */
  readonly specifier: string;
  /** Path in the tarball. */
  readonly file: string;
  readonly types: string;
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync("package.json", "utf8")) as Manifest; // Ours.
}

/** The entries that hold code. */
export function entriesOf({ name, exports }: Manifest): readonly Entry[] {
  return Object.entries(exports).flatMap(([path, target]) => {
    if (typeof target === "string") return [];
    return [{ specifier: name + path.slice(1), file: target.default.slice(2), types: target.types.slice(2) }];
  });
}
