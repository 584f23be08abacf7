import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { generateFrom, type FromOptions } from "../../../scripts/generation/write/from-file.js";
import { clone, objectAt, type JsonObject } from "../../../scripts/generation/read/json.js";
import { foldOpenLists } from "../../../scripts/spec/known-values.js";
import { readInput } from "../../../scripts/generation/read/read-input.js";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const committedSpec = join(root, "openapi/purse-payment-api-v2.yaml");

const committed = readInput(committedSpec);

/** A copy to change. */
export function committedDocument(): JsonObject {
  return foldOpenLists(clone(committed));
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "purse-generate-"));
}

export interface Run {
  code: number;
  out: string[];
  err: string[];
  outputFolder: string;
}

/** Runs `--from` on a file of the given content, in this process. */
export async function runOn(
  content: string | Uint8Array | JsonObject,
  options: Partial<FromOptions> = {},
): Promise<Run> {
  const folder = newFolder();
  const file = join(folder, "vendor.yaml");
  const isRaw = typeof content === "string" || content instanceof Uint8Array;
  writeFileSync(file, isRaw ? content : JSON.stringify(content));
  return await runFile(file, { outputFolder: join(folder, "generated"), ...options });
}

export async function runFile(file: string, options: Partial<FromOptions> = {}): Promise<Run> {
  const [out, err]: [string[], string[]] = [[], []];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void out.push(line));
  const error = vi.spyOn(console, "error").mockImplementation((line: string) => void err.push(line));
  const outputFolder = options.outputFolder ?? join(newFolder(), "generated");
  try {
    const code = await generateFrom({
      file,
      committedSpec,
      root,
      shownFolder: "generated",
      isDryRun: false,
      normalisedFile: undefined,
      ...options,
      outputFolder,
    });
    return { code, out, err, outputFolder };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}

/** Texts by name. */
export function filesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

/** Walks down by names, all of which must be there. */
export function at(document: JsonObject, ...names: readonly string[]): JsonObject {
  return names.reduce((node, name) => {
    const inner = objectAt(node, name);
    if (Object.keys(inner).length === 0)
      throw new Error(`the committed description has no ${names.join(".")}`);
    return inner;
  }, document);
}

export function schemaOf(document: JsonObject, name: string): JsonObject {
  return at(document, "components", "schemas", name);
}

export function memberSchema(document: JsonObject, schema: string, member: string): JsonObject {
  return at(schemaOf(document, schema), "properties", member);
}

export function operationAt(document: JsonObject, method: string, path: string): JsonObject {
  return at(document, "paths", path, method);
}
