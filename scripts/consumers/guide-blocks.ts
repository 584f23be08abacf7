import { readFileSync } from "node:fs";

/** The blocks of a Markdown file that are marked exactly so: "ts vitest" finds what stands between ```ts vitest and ```. */
export function blocksOf(file: string, mark: string): readonly string[] {
  const pattern = /^```([^\n]*)\n([\s\S]*?)^```/gm;
  return [...readFileSync(file, "utf8").matchAll(pattern)].flatMap(([, found, code]) =>
    found === mark && code !== undefined ? [code] : [],
  );
}
