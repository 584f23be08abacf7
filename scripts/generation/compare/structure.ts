import {
  canonical,
  isObject,
  objectAt,
  pointer,
  resolveNode,
  type Json,
  type JsonObject,
} from "../read/json.js";
import { isDocumentation } from "../read/openapi-walk.js";
import type { Change } from "./change.js";
import type { Pair } from "./compare-schemas.js";

/**
 * Where two descriptions differ in anything but words for readers and order, by pointer. The last line of defence: it
 * knows nothing of meanings, so that nothing is silent because the comparison has no rule for it.
 */
export function structuralDifferences({ before, after }: Pair): Change[] {
  const found: Change[] = [];
  const visit = (ours: Json | undefined, theirs: Json | undefined, place: string): void => {
    if (found.length > 20 || canonical(ours) === canonical(theirs)) return;
    if (isObject(ours) && isObject(theirs)) {
      const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
      for (const name of names) visit(ours[name], theirs[name], place + pointer(name));
    } else found.push({ word: "review", heading: "not understood", text: `${place || "/"} differs` });
  };
  visit(said(before), said(after), "");
  return found;
}

/** What a description says, with lists in one order and everything but schemas written out. */
function said(document: JsonObject): Json {
  const { schemas = {}, securitySchemes = {} } = objectAt(document, "components");
  const { paths = {}, webhooks = {}, servers = [] } = document;
  const plain = (value: Json, place: string): Json => {
    if (Array.isArray(value)) {
      return value.map((entry) => plain(entry, place)).sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
    }
    if (!isObject(value)) return value;
    const isSchema = typeof value["$ref"] === "string" && value["$ref"].startsWith("#/components/schemas/");
    const node = isSchema ? value : { ...resolveNode(document, value) };
    const kept = Object.entries(node).filter(([name]) => named.test(place) || !isSilent(name));
    return Object.fromEntries(kept.map(([name, entry]) => [name, plain(entry, `/${name}`)]));
  };
  return plain({ paths, webhooks, servers, schemas, securitySchemes }, "");
}

const named = /\/(?:properties|patternProperties|schemas|dependentSchemas|responses|headers)$/;

/** Of parameters the comparison knows what holds when nothing is said. */
function isSilent(name: string): boolean {
  return isDocumentation(name) || ["tags", "operationId", "style", "explode"].includes(name);
}

/** Extensions that the committed description has nowhere: what they mean is for a person to say. */
export function foreignExtensions({ before, after }: Pair): Change[] {
  const [ours, theirs] = [extensionsIn(before), extensionsIn(after)];
  const foreign = [...theirs].filter(([word]) => !ours.has(word));
  return foreign.map(([word, count]) => {
    return {
      word: "review",
      heading: "extensions",
      text: `${word} is not known here (${String(count)} times)`,
    };
  });
}

function extensionsIn(node: Json, name = "", found = new Map<string, number>()): Map<string, number> {
  if (Array.isArray(node)) for (const entry of node) extensionsIn(entry, name, found);
  if (!isObject(node) || ["example", "examples", "default", "value"].includes(name)) return found;
  for (const [word, entry] of Object.entries(node)) {
    if (word.startsWith("x-") && !named.test(`/${name}`)) found.set(word, (found.get(word) ?? 0) + 1);
    else extensionsIn(entry, word, found);
  }
  return found;
}
