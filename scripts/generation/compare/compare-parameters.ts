import {
  canonical,
  isObject,
  objectAt,
  objectEntries,
  objectsAt,
  resolveNode,
  stringAt,
  without,
  type Json,
  type JsonObject,
} from "../read/json.js";
import { breakingIf, sayTo, type Change } from "./change.js";
import type { Comparison, Pair, Step } from "./compare-schemas.js";

/** What the changes of one operation are put under, and the schemas that its bodies lead to. */
export interface Report {
  heading: string;
  changes: Change[];
  /** Where the comparison of schemas was entered. */
  steps: Step[];
}

export function compareParameters(
  comparison: Comparison,
  documents: Pair,
  operations: Pair,
  report: Report,
): void {
  const before = parametersOf(documents.before, operations.before);
  const after = parametersOf(documents.after, operations.after);
  for (const [name, parameter] of before) {
    const say = sayTo(report.changes, report.heading, `parameter ${name}: `);
    const other = after.get(name);
    if (other === undefined) {
      say("breaking", "removed");
      continue;
    }
    const [was, is] = [parameter["required"] === true, other["required"] === true];
    if (was !== is) say(breakingIf(is), is ? "required now" : "no longer required");
    if (!parameter["deprecated"] && other["deprecated"] === true) say("compatible", "deprecated");
    for (const word of ["style", "explode", "allowReserved", "allowEmptyValue"]) {
      const [had, has] = [canonical(styled(parameter)[word]), canonical(styled(other)[word])];
      if (had !== has) say("breaking", `${word} ${had} → ${has}`);
    }
    const [ours, theirs] = [schemaOf(parameter), schemaOf(other)];
    if (ours.mediaType !== theirs.mediaType)
      say("breaking", `written as ${theirs.mediaType}, not ${ours.mediaType}`);
    compareRemaining(parameter, other, known, say);
    report.steps.push(
      comparison.walk(ours.schema, theirs.schema, "request", { heading: "parameters", path: name }),
    );
  }
  for (const [name, parameter] of after) {
    if (before.has(name)) continue;
    const isRequired = parameter["required"] === true;
    const text = `parameter ${name}: new and ${isRequired ? "required" : "optional"}`;
    sayTo(report.changes, report.heading)(breakingIf(isRequired), text);
  }
}

const known = [
  "name",
  "in",
  "required",
  "deprecated",
  "style",
  "explode",
  "allowReserved",
  "allowEmptyValue",
  "schema",
  "content",
];

/** With the values that these words have when they are not said. */
function styled(parameter: JsonObject): JsonObject {
  const place = stringAt(parameter, "in");
  const style = stringAt(parameter, "style") ?? (place === "query" || place === "cookie" ? "form" : "simple");
  return { explode: style === "form", allowReserved: false, allowEmptyValue: false, ...parameter, style };
}

function schemaOf(parameter: JsonObject): { mediaType: string; schema: Json } {
  const [entry] = objectEntries(objectAt(parameter, "content"));
  if (entry === undefined) return { mediaType: "plain text", schema: parameter["schema"] ?? {} };
  return { mediaType: entry[0], schema: entry[1]["schema"] ?? {} };
}

function parametersOf(document: JsonObject, operation: JsonObject): Map<string, JsonObject> {
  const parameters = objectsAt(operation, "parameters").map((entry) => resolveNode(document, entry));
  return new Map(
    parameters.map((parameter) => {
      const [name, place] = [stringAt(parameter, "name") ?? "", stringAt(parameter, "in") ?? ""];
      // Header names have no case.
      return [`${place} ${place === "header" ? name.toLowerCase() : name}`, parameter];
    }),
  );
}

const documentation = [
  "description",
  "summary",
  "example",
  "examples",
  "tags",
  "externalDocs",
  "operationId",
];

/** What no rule looks at: where it differs, a person has to. */
export function compareRemaining(
  before: JsonObject,
  after: JsonObject,
  looked: readonly string[],
  say: (word: "review", text: string) => void,
): void {
  const [ours, theirs] = [before, after].map((node) => without(node, ...looked, ...documentation)) as [
    JsonObject,
    JsonObject,
  ];
  for (const word of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    if (word.startsWith("x-") || canonical(plain(ours[word])) === canonical(plain(theirs[word]))) continue;
    say("review", `${word} differs; look at it by hand`);
  }
}

/** Without what is only said about it. */
export function plain(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value ?? null;
  const said = Object.entries(value).filter(
    ([word]) => !documentation.includes(word) && !word.startsWith("x-"),
  );
  return Object.fromEntries(said.map(([word, entry]) => [word, plain(entry)]));
}
