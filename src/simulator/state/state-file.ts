import { constants } from "node:fs";
import { lstat, readFile, rename, rm, writeFile } from "node:fs/promises";
import type { SimulatorDump } from "./snapshot.js";

/** The state of the last run; undefined when there was none. */
export async function loadState(file: string): Promise<SimulatorDump | undefined> {
  let text: string;
  try {
    if (!(await isThere(file))) return undefined;
    text = await readFile(file, { encoding: "utf8", flag: constants.O_RDONLY | constants.O_NOFOLLOW });
  } catch (error) {
    throw new Error(`${file} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
  try {
    return JSON.parse(text) as SimulatorDump; // The simulator checks it.
  } catch (error) {
    throw new Error(`${file} is not JSON.`, { cause: error });
  }
}

/**
 * Never leaves half a file, and no other user of the computer reads the keys in it. The folder may be one that others
 * write to: a file that is new, of a name that cannot be guessed, takes the place of the old one, and no link is followed.
 */
export async function saveState(file: string, dump: SimulatorDump): Promise<void> {
  const half = `${file}.${crypto.randomUUID()}.part`;
  try {
    await isThere(file);
    await writeFile(half, `${JSON.stringify(dump)}\n`, { flag: "wx", mode: 0o600 });
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw new Error(`${file} cannot be written: ${messageOf(error)}.`, { cause: error });
  }
}

/** @throws Error when something other than a file of its own stands there. */
async function isThere(file: string): Promise<boolean> {
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
