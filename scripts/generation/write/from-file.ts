import { renameSync, rmSync, writeFileSync } from "node:fs";
import { stringify } from "yaml";
import type { ChangesOf } from "../compare/change.js";
import { checkNames } from "../read/check-names.js";
import { checkReferences } from "../read/check-references.js";
import { checkPathParameters, checkShape, checkVersion } from "../read/check-shape.js";
import { compare } from "../compare/compare.js";
import { operationsImportedBy } from "../read/facade-imports.js";
import { InputError, printable } from "../read/input-error.js";
import type { JsonObject } from "../read/json.js";
import { normalise, type Normalised } from "../normalise/normalise.js";
import { generateOutputs, type Outputs } from "./outputs.js";
import { foldOpenLists, unfoldOpenLists } from "../read/known-values.js";
import { readInput } from "../read/read-input.js";
import type { Spec } from "../read/spec.js";
import { writeFiles } from "./write-files.js";

export interface FromOptions {
  /** The vendor's file, as the maintainer wrote it. */
  file: string;
  committedSpec: string;
  sourceFolder: string;
  outputFolder: string;
  /** The same, as the maintainer knows it. */
  shownFolder: string;
  isDryRun: boolean;
  /** Where to write the file in the form of the committed one. */
  normalisedFile: string | undefined;
}

export const exitCodes = { fine: 0, failed: 1, misused: 2, breaking: 3 };

/** Generates from a file of the vendor's and says what changes for callers. Writes everything or nothing. */
export async function generateFrom(options: FromOptions): Promise<number> {
  try {
    const input = foldOpenLists(readInput(options.file));
    checkVersion(input);
    checkReferences(input);
    checkShape(input);
    checkNames(input);
    checkPathParameters(input);
    const base = foldOpenLists(readInput(options.committedSpec));
    const normalised = normalise(input, base, operationsImportedBy(options.sourceFolder));
    const changes = compare({ before: base, after: normalised.document });
    const outputs = await generate(normalised.document);
    if (!options.isDryRun) write(options, normalised, outputs);
    const lines = [...report(normalised, changes), "", ...conclusion(options, outputs)];
    for (const line of lines) console.log(printable(line, 2000));
    const isBreaking = changes.some((group) => group.changes.some((change) => change.isBreaking));
    return isBreaking ? exitCodes.breaking : exitCodes.fine;
  } catch (error) {
    const known = error instanceof InputError ? error : unexpected(error);
    console.error(known.describe(options.file));
    return exitCodes.failed;
  }
}

async function generate(document: JsonObject): Promise<Outputs> {
  // The checks and the normalisation leave nothing that would not be a Spec.
  const spec = document as unknown as Spec;
  return await silently(() => generateOutputs(spec));
}

/** openapi-typescript prints what it also throws. */
async function silently<T>(work: () => Promise<T>): Promise<T> {
  const print = console.error;
  console.error = () => undefined;
  try {
    return await work();
  } finally {
    console.error = print;
  }
}

function unexpected(error: unknown): InputError {
  const message = error instanceof Error ? error.message : String(error);
  return new InputError(`cannot be generated from: ${message}`, undefined, "nothing was written");
}

function write(
  { outputFolder, normalisedFile }: FromOptions,
  { document }: Normalised,
  outputs: Outputs,
): void {
  try {
    if (normalisedFile === undefined) {
      writeFiles(outputFolder, outputs);
      return;
    }
    // Last comes a rename, of all steps the one that fails least.
    const draft = `${normalisedFile}.new`;
    writeFileSync(
      draft,
      stringify(unfoldOpenLists(document), { lineWidth: 110, aliasDuplicateObjects: false }),
    );
    try {
      writeFiles(outputFolder, outputs);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
    renameSync(draft, normalisedFile);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `can be generated from, but not written: ${message}`,
      undefined,
      "nothing was written",
    );
  }
}

function report({ notes }: Normalised, groups: readonly ChangesOf[]): string[] {
  const all = groups.flatMap(({ changes }) => changes);
  const breakingCount = all.filter(({ isBreaking }) => isBreaking).length;
  return [
    ...notes.map((note) => `note: ${note}`),
    ...groups.flatMap(({ heading, changes }) => [
      heading,
      ...changes.map(({ isBreaking, text }) => `  ${isBreaking ? "BREAKING  " : "compatible"}  ${text}`),
    ]),
    all.length === 0
      ? "no changes"
      : `${count(all.length, "change")}, ${breakingCount === 0 ? "none" : String(breakingCount)} breaking`,
  ];
}

function conclusion(
  { file, isDryRun, shownFolder, normalisedFile }: FromOptions,
  outputs: Outputs,
): string[] {
  const names = [...outputs.keys()].join(", ");
  if (isDryRun) return [`dry run: ${names} can be generated; nothing was written`];
  const written = `wrote ${names} to ${shownFolder}/`;
  if (normalisedFile !== undefined)
    return [`${written}, and ${file} in the form of openapi/ to ${normalisedFile}`];
  return [
    written,
    "openapi/purse-payment-api-v2.yaml must be replaced by the file, in the form that --normalised SPEC writes it, " +
      "for --check to pass",
  ];
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}
