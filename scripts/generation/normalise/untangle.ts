import {
  clone,
  isObject,
  objectAt,
  objectsAt,
  overwrite,
  resolveNode,
  stringsAt,
  without,
  type JsonObject,
} from "../read/json.js";
import { allSchemas, referredName, withoutNull } from "../read/openapi-walk.js";

/** Rewrites what is right as a schema and would not compile as a type. */
export function untangle(document: JsonObject): void {
  const schemas = objectAt(objectAt(document, "components"), "schemas");
  for (const { schema } of allSchemas(document)) {
    if (Array.isArray(schema["allOf"])) spreadNull(document, schema);
  }
  for (const name of Object.keys(schemas)) untieChildren(schemas, name);
}

/** Null passes none of several parts unless it passes all, and a type has no member that null lacks. */
function spreadNull(document: JsonObject, schema: JsonObject): void {
  const parts = objectsAt(schema, "allOf");
  if (parts.length + Object.keys(schema).length < 3) return;
  const bare = parts.map((part) => sansNull(resolveNode(document, part)));
  if (bare.every((part) => part === undefined)) return;
  const others = parts.filter((_part, index) => bare[index] === undefined);
  const takesNull =
    schema["type"] === undefined && others.every((part) => resolveNode(document, part)["type"] === undefined);
  const inner = { ...schema, allOf: parts.map((part, index) => bare[index] ?? part) };
  overwrite(schema, takesNull ? { anyOf: [inner, { type: "null" }] } : inner);
}

/** The schema without null among its types, or undefined where null is none of them. */
function sansNull(schema: JsonObject): JsonObject | undefined {
  const types = stringsAt(schema, "type");
  if (types.includes("null")) {
    const rest = types.filter((type) => type !== "null");
    return { ...clone(schema), type: rest.length === 1 ? (rest[0] ?? []) : rest };
  }
  for (const keyword of ["anyOf", "oneOf"]) {
    const all = schema[keyword];
    const rest = Array.isArray(all) ? withoutNull(all) : [];
    if (!Array.isArray(all) || rest.length === all.length) continue;
    const [only] = rest;
    return rest.length === 1 && isObject(only) && Object.keys(schema).length === 1
      ? clone(only)
      : { ...clone(schema), [keyword]: clone(rest) };
  }
  return undefined;
}

/** A parent that lists its children, which are all of the parent and more: the children get a copy without the list. */
function untieChildren(schemas: JsonObject, name: string): void {
  const parent = objectAt(schemas, name);
  const listed = ["oneOf", "anyOf"].flatMap((keyword) => objectsAt(parent, keyword));
  for (const entry of listed) {
    const child = objectAt(schemas, referredName(entry) ?? "");
    for (const part of objectsAt(child, "allOf")) {
      if (referredName(part) === name)
        overwrite(part, clone(without(parent, "oneOf", "anyOf", "discriminator")));
    }
  }
}
