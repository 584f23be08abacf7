import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../read/input-error.js";
import type { Outputs } from "./outputs.js";

/** The generated files, and the description in the form of the committed one: all of it or nothing. */
export function writeAll(
  { outputFolder, normalisedFile }: { outputFolder: string; normalisedFile: string | undefined },
  text: string,
  outputs: Outputs,
): void {
  try {
    if (normalisedFile === undefined) {
      writeFiles(outputFolder, outputs);
      return;
    }
    // Last comes a rename, of all steps the one that fails least.
    const draft = `${normalisedFile}.new`;
    writeFileSync(draft, text);
    try {
      writeFiles(outputFolder, outputs);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
    renameSync(draft, normalisedFile);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError(`can be generated from, but not written: ${message}`, undefined, "check the folder");
  }
}

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

export function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
