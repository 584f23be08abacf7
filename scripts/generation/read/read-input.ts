import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { LineCounter, parseAllDocuments, type Document } from "yaml";
import { InputError } from "./input-error.js";
import { isObject, pointer, type Json, type JsonObject } from "./json.js";

const longestBytes = 32 * 1024 * 1024;
const deepestLevel = 150;
/** The largest number of nodes that writing out every alias may give. */
const mostAliases = 1000;

/** Reads one YAML or JSON file as plain data, without trusting any of it. */
export function readInput(file: string): JsonObject {
  const text = decode(readBytes(file));
  const data = toPlainData(parse(text));
  if (!isObject(data)) {
    throw new InputError("not an object but a single value or a list", "1:1", "give an OpenAPI document");
  }
  return data;
}

function readBytes(file: string): Buffer {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(file)) {
    throw new InputError(
      "is an address, and nothing is fetched",
      undefined,
      "save it first, and give the file",
    );
  }
  let descriptor: number | undefined;
  try {
    // A pipe without a writer would otherwise be waited for.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) {
      throw new InputError("is a directory", undefined, "name the OpenAPI file in it");
    }
    if (!stats.isFile()) throw new InputError("not a regular file", undefined, "save it as a file first");
    if (stats.size > longestBytes) {
      throw new InputError("larger than 32 MiB", undefined, "leave out what is not the payment API");
    }
    return readFileSync(descriptor);
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Node's file errors carry a code; anything else is shown by its text.
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code === "ENOENT") throw new InputError("there is no such file", undefined, "check the path");
    throw new InputError(`cannot be read: ${code}`, undefined, "check the path and its permissions");
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function decode(bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError("binary, or not UTF-8", undefined, "save it as YAML or JSON in UTF-8");
  }
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.exec(text);
  if (control !== null) {
    const line = text.slice(0, control.index).split("\n");
    const place = `${String(line.length)}:${String((line.at(-1) ?? "").length + 1)}`;
    throw new InputError("binary: it holds control characters", place, "save it as YAML or JSON in UTF-8");
  }
  if (text.trim() === "") throw new InputError("empty", undefined, "give an OpenAPI document");
  return text;
}

function parse(text: string): Document.Parsed {
  const lines = new LineCounter();
  const documents = guardDepth(() =>
    parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: true,
      version: "1.2",
      merge: true,
    }),
  );
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${String(line)}:${String(col)}`;
  };
  // Without any document the library answers an empty list that carries the errors itself.
  const [document, second] = documents;
  if (document === undefined) throw new InputError("empty", undefined, "give an OpenAPI document");
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    // The library reports its own exhausted stack as a fault of the text.
    if (problem.message.includes("call stack")) throw tooDeep(place(problem.pos[0]));
    const duplicate = problem.code === "DUPLICATE_KEY";
    throw new InputError(
      duplicate ? "a key stands twice in one map" : `not valid YAML or JSON: ${problem.message}`,
      place(problem.pos[0]),
      duplicate ? "keep one of them" : "correct it there",
    );
  }
  if (second !== undefined) {
    throw new InputError("more than one YAML document", place(second.range[0]), "keep the OpenAPI one");
  }
  if (document.contents === null) throw new InputError("empty", undefined, "give an OpenAPI document");
  return document;
}

function toPlainData(document: Document.Parsed): Json {
  let data: unknown;
  try {
    data = guardDepth(() => document.toJS({ maxAliasCount: mostAliases }) as unknown);
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Its own words for one: "Excessive alias count indicates a resource exhaustion attack".
    const problem = `its YAML aliases cannot be written out: ${error instanceof Error ? error.message : ""}`;
    throw new InputError(problem, undefined, "write the repeated parts out, or use $ref");
  }
  const budget = { left: 2_000_000 };
  return copy(data, "", new Set(), budget, 0);
}

/** A copy that shares nothing: aliases may make one object stand in many places, or inside itself. */
function copy(
  value: unknown,
  place: string,
  ancestors: Set<unknown>,
  budget: { left: number },
  depth: number,
): Json {
  if (--budget.left < 0) throw new InputError("too much in it", place, "write fewer aliases");
  if (depth > deepestLevel) throw tooDeep(place);
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value !== "object") {
    throw new InputError(`holds a value that JSON has no word for (${typeof value})`, place, "correct it");
  }
  if (ancestors.has(value)) {
    throw new InputError("a YAML alias stands inside what it names", place, "use $ref");
  }
  ancestors.add(value);
  const result = Array.isArray(value)
    ? value.map((entry, index) => copy(entry, place + pointer(index), ancestors, budget, depth + 1))
    : Object.fromEntries(
        Object.entries(value).map(([name, member]) => {
          const there = place + pointer(name);
          if (name === "__proto__") {
            throw new InputError(
              'the name "__proto__" means something else in JavaScript',
              there,
              "rename it",
            );
          }
          return [name, copy(member, there, ancestors, budget, depth + 1)];
        }),
      );
  ancestors.delete(value);
  return result;
}

function guardDepth<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(undefined);
    throw error;
  }
}

function tooDeep(place: string | undefined): InputError {
  return new InputError("nested too deeply", place?.slice(0, 60), "make it flatter, with $ref");
}
