import { isObject, objectAt, stringAt, type Json, type JsonObject } from "../read/json.js";
import { referredName, schemaReference } from "../read/openapi-walk.js";

/**
 * Renames schemas and every reference to them. What is called by a new name already, and is something else, makes way.
 *
 * @param renames from the file's name to ours.
 */
export function renameSchemas(document: JsonObject, renames: ReadonlyMap<string, string>): void {
  const components = objectAt(document, "components");
  const schemas = objectAt(components, "schemas");
  const wanted = new Set(renames.values());
  const final = new Map<string, string>();
  const used = new Set([...wanted, ...Object.keys(schemas)]);
  for (const name of Object.keys(schemas)) {
    const newName = renames.get(name) ?? (wanted.has(name) ? freeName(name, used) : name);
    final.set(name, newName);
    used.add(newName);
  }
  const renamed = Object.entries(schemas).map(([name, schema]) => [final.get(name) ?? name, schema]);
  document["components"] = { ...components, schemas: Object.fromEntries(renamed) as JsonObject };
  repoint(document, final);
}

function freeName(name: string, used: ReadonlySet<string>): string {
  let candidate = `Other${name}`;
  while (used.has(candidate)) candidate = `Other${candidate}`;
  return candidate;
}

function repoint(node: Json, final: ReadonlyMap<string, string>): void {
  if (Array.isArray(node)) {
    for (const entry of node) repoint(entry, final);
    return;
  }
  if (!isObject(node)) return;
  const name = referredName(node);
  if (name !== undefined) node["$ref"] = schemaReference(final.get(name) ?? name);
  const mapping = objectAt(objectAt(node, "discriminator"), "mapping");
  for (const [value, target] of Object.entries(mapping)) {
    const bare = stringAt({ target }, "target")?.replace("#/components/schemas/", "") ?? "";
    mapping[value] = schemaReference(final.get(bare) ?? bare);
  }
  for (const member of Object.values(node)) repoint(member, final);
}
