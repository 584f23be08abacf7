import { constants } from "node:fs";
import { lstat, readFile, rename, rm, writeFile } from "node:fs/promises";
import type { SimulatorDump } from "./snapshot.js";

/** The saved state; undefined if the file does not exist. */
export async function loadState(file: string): Promise<SimulatorDump | undefined> {
  let text: string;
  try {
    if (!(await exists(file))) return undefined;
    text = await readFile(file, { encoding: "utf8", flag: constants.O_RDONLY | constants.O_NOFOLLOW });
  } catch (error) {
    throw new Error(`Cannot read ${file}: ${messageOf(error)}.`, { cause: error });
  }
  try {
    return JSON.parse(text) as SimulatorDump; // `createSimulator` validates it.
  } catch (error) {
    throw new Error(`${file} is not JSON.`, { cause: error });
  }
}

/**
 * Replaces the file atomically, readable only by its owner because it contains keys. Other users may be able to write to
 * the folder, so the temporary file is new and has an unguessable name, and links are not followed.
 */
export async function saveState(file: string, dump: SimulatorDump): Promise<void> {
  const temporaryFile = `${file}.${crypto.randomUUID()}.part`;
  try {
    await exists(file);
    await writeFile(temporaryFile, `${JSON.stringify(dump)}\n`, { flag: "wx", mode: 0o600 });
    await rename(temporaryFile, file);
  } catch (error) {
    await rm(temporaryFile, { force: true }).catch(() => undefined);
    throw new Error(`Cannot write ${file}: ${messageOf(error)}.`, { cause: error });
  }
}

/** @throws Error when the path exists but is not a regular file. */
async function exists(file: string): Promise<boolean> {
  const found = await lstat(file).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (found?.isFile() === false) throw new Error("it is not a regular file, and links are not followed");
  return found !== undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
