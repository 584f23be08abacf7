import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { JsonObject } from "../../../scripts/generation/read/json.js";
import { filesIn, newFolder, runOn } from "./run.js";

/** What stands in generated/ before, which a failure must not touch. */
const before = { "schema.ts": "export type Old = 1;\n", "operations.ts": "\r\n\u00e9", "mine.txt": "" };

/** The message is what comes after `FILE: `. */
export type Refusal = [what: string, content: string | Uint8Array | JsonObject, message: string | RegExp];

/** A line for every problem and the word that nothing was written, no stack, exit code 1, and nothing written. */
export async function expectRefusal(
  content: string | Uint8Array | JsonObject,
  message: string | RegExp,
): Promise<void> {
  const kept = join(newFolder(), "generated");
  mkdirSync(kept);
  for (const [name, text] of Object.entries(before)) writeFileSync(join(kept, name), text);
  const run = await runOn(content, { outputFolder: kept });
  expect(run.out).toEqual([]);
  expect(run.err.at(-1)).toBe("nothing was written");
  const text = run.err[0]?.replace(/^.*vendor\.yaml: /, "");
  if (typeof message === "string") expect(text).toBe(message);
  else expect(text).toMatch(message);
  expect(text).not.toMatch(/\n| at .+:\d+:\d+/);
  expect(run.code).toBe(1);
  expect(filesIn(kept)).toEqual(before);
}
