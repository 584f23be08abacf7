import { isObject, lookUp, objectAt, stepsOf, stringAt, type Json, type JsonObject } from "./json.js";
import { schemaReference } from "./openapi-walk.js";

export interface Reached {
  nodes: Set<JsonObject>;
  /** As `schemas/Payment`. */
  components: Set<string>;
}

const noStructure: ReadonlySet<string> = new Set(["example", "examples", "default", "value"]);

/** Everything that parts of a document lead to. Not by recursion: references may follow each other for long. */
export function reach(document: JsonObject, starts: readonly Json[]): Reached {
  const nodes = new Set<JsonObject>();
  const components = new Set<string>();
  const waiting: Json[] = [...starts];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (Array.isArray(node)) waiting.push(...node);
    if (!isObject(node) || nodes.has(node)) continue;
    nodes.add(node);
    for (const [name, value] of Object.entries(node))
      if (!noStructure.has(name) || isObject(value)) waiting.push(value);
    for (const reference of referencesOf(node)) {
      const [, section = "", name = ""] = stepsOf(reference);
      components.add(`${section}/${name}`);
      waiting.push(lookUp(document, reference) ?? null);
    }
  }
  return { nodes, components };
}

/** A discriminator names schemas by reference or bare name. */
function referencesOf(node: JsonObject): string[] {
  const mapping = Object.values(objectAt(objectAt(node, "discriminator"), "mapping"));
  const named = mapping.filter((target) => typeof target === "string");
  const own = stringAt(node, "$ref") ?? [];
  return [own]
    .flat()
    .concat(named.map((target) => (target.startsWith("#") ? target : schemaReference(target))));
}
