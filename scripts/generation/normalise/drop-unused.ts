import {
  isObject,
  objectAt,
  objectEntries,
  stepsOf,
  stringAt,
  type Json,
  type JsonObject,
} from "../read/json.js";
import { schemaReference } from "../read/openapi-walk.js";

/** Leaves out components that nothing leads to and that the committed description does not have either. */
export function dropUnused(document: JsonObject, base: JsonObject): void {
  const used = new Set<string>();
  const waiting: Json[] = [objectAt(document, "paths"), objectAt(document, "webhooks")];
  const components = objectAt(document, "components");
  const mark = (section: string, name: string): void => {
    const key = `${section}/${name}`;
    if (used.has(key)) return;
    used.add(key);
    waiting.push(objectAt(objectAt(components, section), name));
  };
  for (const [section, entries] of objectEntries(objectAt(base, "components"))) {
    for (const name of Object.keys(entries)) mark(section, name);
  }
  // Not by recursion: references may follow each other for long.
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (Array.isArray(node)) waiting.push(...node);
    if (!isObject(node)) continue;
    waiting.push(...Object.values(node));
    const mapping = Object.values(objectAt(objectAt(node, "discriminator"), "mapping"));
    for (const target of [node["$ref"], ...mapping]) {
      const reference = stringAt({ target: target ?? null }, "target");
      if (reference === undefined) continue;
      const [, section, name] = stepsOf(reference.startsWith("#") ? reference : schemaReference(reference));
      if (section !== undefined && name !== undefined) mark(section, name);
    }
  }
  const kept = objectEntries(components).map(([section, entries]) => [
    section,
    section === "securitySchemes"
      ? entries
      : Object.fromEntries(Object.entries(entries).filter(([name]) => used.has(`${section}/${name}`))),
  ]);
  document["components"] = Object.fromEntries(kept) as JsonObject;
}
