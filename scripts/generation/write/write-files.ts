import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Outputs } from "./outputs.js";

/**
 * Writes all files or none: first beside the old ones, where a full disk does no harm, then each in the place of the
 * old one. Should that fail half-way, the old ones are put back.
 */
export function writeFiles(folder: string, outputs: Outputs): void {
  const isNew = !existsSync(folder);
  mkdirSync(folder, { recursive: true });
  const files = [...outputs].map(([name, text]) => {
    const path = join(folder, name);
    return { path, text, draft: `${path}.new`, old: existsSync(path) ? readFileSync(path) : undefined };
  });
  const replaced: typeof files = [];
  try {
    for (const { draft, text } of files) writeFileSync(draft, text);
    for (const file of files) {
      renameSync(file.draft, file.path);
      replaced.push(file);
    }
  } catch (error) {
    for (const { path, old } of replaced) {
      if (old === undefined) rmSync(path, { force: true });
      else writeFileSync(path, old);
    }
    for (const { draft } of files) rmSync(draft, { force: true });
    if (isNew) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
