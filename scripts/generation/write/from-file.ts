import { join } from "node:path";
import { parse } from "yaml";
import { firstWord, type Change } from "../compare/change.js";
import { compare } from "../compare/compare.js";
import { foreignExtensions, structuralDifferences } from "../compare/structure.js";
import { reportLines } from "../compare/report.js";
import { normalBase, normalise, type Normalised } from "../normalise/normalise.js";
import { checkNames } from "../read/check-names.js";
import { checkReferences } from "../read/check-references.js";
import { checkShape, checkVersion } from "../read/check-shape.js";
import { InputError, printable } from "../read/input-error.js";
import type { JsonObject } from "../read/json.js";
import { readInput } from "../read/read-input.js";
import type { Spec } from "../../spec/document.js";
import { conclusion } from "./conclusion.js";
import { generateOutputs, type Outputs } from "./outputs.js";
import { differingFiles } from "./differing-files.js";
import { noErrors, typeCheck } from "./type-check.js";
import { normalisedText } from "./normalised-text.js";
import { readOrEmpty, writeAll } from "./write-files.js";

export interface FromOptions {
  /** The vendor's file, as the maintainer wrote it. */
  file: string;
  /** The folder of the repository. */
  root: string;
  committedSpec: string;
  outputFolder: string;
  /** The same, as the maintainer knows it. */
  shownFolder: string;
  isDryRun: boolean;
  /** Where to write the file in the form of the committed one. */
  normalisedFile: string | undefined;
}

export const exitCodes = { fine: 0, failed: 1, misused: 2, breaking: 3, review: 4 };

export interface Comparison extends Normalised {
  changes: Change[];
}

/** What a description changes. Reads and writes nothing. */
export function compareWith(input: JsonObject, committed: JsonObject): Comparison {
  checkVersion(input);
  checkReferences(input);
  checkShape(input);
  checkNames(input);
  const base = normalBase(committed);
  const normalised = normalise(input, base);
  const documents = { before: base, after: normalised.document };
  const changes = [...normalised.kept, ...foreignExtensions(documents), ...compare(documents)];
  return { ...normalised, changes: changes.length > 0 ? changes : structuralDifferences(documents) };
}

/** Generates from a file of the vendor's and says what changes for callers. Writes everything or nothing. */
export async function generateFrom(options: FromOptions): Promise<number> {
  try {
    const committed = readInput(options.committedSpec);
    const result = compareWith(readInput(options.file), committed);
    const committedText = readOrEmpty(options.committedSpec);
    const text = normalisedText(committedText, normalBase(committed), result.document);
    const outputs = await generate(text, committed);
    const differing = differingFiles(join(options.root, "generated"), outputs);
    const errors = differing.length === 0 ? noErrors : await typeCheck(options.root, outputs);
    refuseUncompilable(errors.generated);
    // Files that differ although no change was found: something is not understood, or only words and order differ.
    const changes = result.changes.length > 0 ? result.changes : differing;
    if (!options.isDryRun) writeAll(options, text, outputs);
    const notes = result.notes.map((note) => `note: ${note}`);
    const lines = [...notes, ...reportLines(changes), "", ...conclusion(options, changes, errors.source)];
    for (const line of lines) console.log(printable(line, 2000));
    const word = firstWord(changes);
    return word === "breaking" ? exitCodes.breaking : word === "review" ? exitCodes.review : exitCodes.fine;
  } catch (error) {
    const known = error instanceof InputError ? error : unexpected(error);
    for (const line of known.describe(options.file)) console.error(line);
    console.error("nothing was written");
    return exitCodes.failed;
  }
}

/** From the text that replaces the committed one, so that both give the same files. */
async function generate(text: string, committed: JsonObject): Promise<Outputs> {
  // The checks and the normalisation leave nothing that would not be a Spec.
  const spec = parse(text) as Spec;
  const base: object = committed;
  return await silently(() => generateOutputs(spec, base as Spec));
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
  return new InputError(`cannot be generated from: ${message}`, undefined, "take out what it names");
}

function refuseUncompilable(errors: readonly string[]): void {
  if (errors.length === 0) return;
  const shown = errors.slice(0, 3).join("; ");
  throw new InputError(
    `${String(errors.length)} errors of types in what it gives: ${shown}`,
    undefined,
    "rewrite the schemas that these lines are made from",
  );
}
