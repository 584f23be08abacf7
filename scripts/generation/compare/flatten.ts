import {
  isObject,
  memberOf,
  objectAt,
  objectsAt,
  resolveNode,
  stringAt,
  stringsAt,
  without,
  type Json,
  type JsonObject,
} from "../read/json.js";

/** A schema with its references followed and its `allOf` written into it: what it says, however it is said. */
export interface Flat {
  /** Of JSON, in alphabetical order, `null` included. Empty when the schema does not say. */
  types: string[];
  keywords: JsonObject;
  members: Map<string, JsonObject>;
  required: Set<string>;
  items: JsonObject | undefined;
  values: string[] | undefined;
  isOpenList: boolean;
  additional: Json | undefined;
  alternatives: JsonObject[];
  /** What recursion is recognised by. */
  identity: JsonObject;
}

export function flatten(document: JsonObject, schema: JsonObject): Flat {
  const { merged, identity, isNullable } = merge(document, schema, new Set());
  const declared = typeof merged["type"] === "string" ? [merged["type"]] : stringsAt(merged, "type");
  const open = merged["x-extensible-enum"];
  const closed = merged["enum"];
  const list = Array.isArray(open) ? open : Array.isArray(closed) ? closed : undefined;
  const items = merged["items"];
  return {
    types: [...new Set([...declared, ...(isNullable ? ["null"] : [])])].sort(),
    keywords: merged,
    members: new Map(
      Object.entries(objectAt(merged, "properties")).map(([name, member]) => [
        name,
        isObject(member) ? member : {},
      ]),
    ),
    required: new Set(stringsAt(merged, "required")),
    items: isObject(items) ? items : undefined,
    values: list?.filter((value) => value !== null).map((value) => text(value)),
    isOpenList: Array.isArray(open),
    additional: merged["additionalProperties"],
    alternatives: [...objectsAt(merged, "oneOf"), ...objectsAt(merged, "anyOf")],
    identity,
  };
}

interface Merged {
  merged: JsonObject;
  identity: JsonObject;
  isNullable: boolean;
}

function merge(document: JsonObject, schema: JsonObject, passed: Set<JsonObject>): Merged {
  if (passed.has(schema)) return { merged: {}, identity: schema, isNullable: false };
  passed.add(schema);
  let merged: JsonObject = {};
  let identity = schema;
  let isNullable = false;
  const add = (part: JsonObject): void => {
    const inner = merge(document, part, passed);
    merged = combine(merged, inner.merged);
    isNullable ||= inner.isNullable;
    identity = inner.identity;
  };
  if (stringAt(schema, "$ref") !== undefined) add(resolveNode(document, schema));
  const parts = objectsAt(schema, "allOf");
  const nullable = withoutNull(schema);
  parts.forEach(add);
  if (nullable !== undefined) {
    add(nullable);
    isNullable = true;
  }
  const own = without(schema, "$ref", "allOf", ...(nullable === undefined ? [] : ["anyOf", "oneOf"]));
  if (parts.length > 1 || own["properties"] !== undefined) identity = schema;
  return { merged: combine(merged, own), identity, isNullable };
}

/** `anyOf: [X, { type: null }]` says X or null. */
function withoutNull(schema: JsonObject): JsonObject | undefined {
  for (const keyword of ["anyOf", "oneOf"]) {
    const all = objectsAt(schema, keyword);
    const rest = all.filter((part) => part["type"] !== "null");
    if (all.length === 2 && rest.length === 1) return rest[0];
  }
  return undefined;
}

function combine(first: JsonObject, second: JsonObject): JsonObject {
  const required = [...new Set([...stringsAt(first, "required"), ...stringsAt(second, "required")])];
  const properties = { ...objectAt(first, "properties"), ...objectAt(second, "properties") };
  return {
    ...first,
    ...second,
    ...(required.length > 0 ? { required } : {}),
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(isObject(memberOf(first, "items")) && !isObject(memberOf(second, "items"))
      ? { items: objectAt(first, "items") }
      : {}),
  };
}

export function text(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
