import { isObject, overwrite, stringAt, without, type Json, type JsonObject } from "../read/json.js";
import { allSchemas } from "../read/openapi-walk.js";

/** What types and validators understand. Anything else, also others' extensions, would make the validator refuse. */
const understood: ReadonlySet<string> = new Set([
  ...[
    "$ref",
    "type",
    "enum",
    "const",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
  ],
  ...["readOnly", "writeOnly", "format", "pattern", "minLength", "maxLength", "multipleOf"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
  ...[
    "items",
    "prefixItems",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "minContains",
    "maxContains",
  ],
  ...["properties", "patternProperties", "additionalProperties", "propertyNames", "required"],
  ...["minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties"],
  ...["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "discriminator"],
  ...["x-extensible-enum", "x-enum-provenance", "x-provenance", "x-provenance-note"],
]);

/** Rewrites every schema in the words of OpenAPI 3.1, whichever version it was written in. */
export function upgradeSchemas(document: JsonObject): void {
  const isOld = stringAt(document, "openapi")?.startsWith("3.0.") === true;
  for (const { schema } of allSchemas(document)) upgrade(schema, isOld);
  if (isOld) document["openapi"] = "3.1.0";
}

function upgrade(schema: JsonObject, isOld: boolean): void {
  const unknown = Object.keys(schema).filter((keyword) => !understood.has(keyword));
  overwrite(schema, without(schema, ...unknown, "nullable"));
  // OpenAPI 3.0 says that whatever stands beside a $ref is ignored; the description does no harm.
  if (isOld && schema["$ref"] !== undefined) {
    overwrite(schema, pick(schema, "$ref", "description"));
    return;
  }
  upgradeBound(schema, "minimum", "exclusiveMinimum");
  upgradeBound(schema, "maximum", "exclusiveMaximum");
  const list = schema["x-extensible-enum"];
  if (list !== undefined && !(Array.isArray(list) && list.every((value) => typeof value === "string"))) {
    overwrite(schema, without(schema, "x-extensible-enum"));
  }
  mergePrimitiveAlternatives(schema);
}

/** `nullable` goes before the keywords around it are looked at, because a wrapper has to go round all of them. */
export function upgradeNullable(document: JsonObject): void {
  for (const { schema } of allSchemas(document)) {
    if (schema["nullable"] !== true) continue;
    const { type } = schema;
    if (typeof type === "string") {
      const values = schema["enum"];
      const withNull = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
      overwrite(schema, { ...without(schema, "nullable"), type: [type, "null"], ...withNull });
    } else if (type === undefined) {
      const kept = pick(schema, "description", "title", "deprecated", "readOnly", "writeOnly");
      const inner = without(schema, "nullable", ...Object.keys(kept));
      overwrite(schema, { ...kept, anyOf: [unwrap(inner), { type: "null" }] });
    }
  }
}

/** `allOf: [{ $ref }]` is how 3.0 says things beside a reference. */
function unwrap(schema: JsonObject): JsonObject {
  const parts = schema["allOf"];
  const only = Array.isArray(parts) && parts.length === 1 ? parts[0] : undefined;
  return isObject(only) && Object.keys(schema).length === 1 ? only : schema;
}

/** 3.0: `minimum: 5, exclusiveMinimum: true`; 3.1: `exclusiveMinimum: 5`. */
function upgradeBound(schema: JsonObject, bound: string, exclusive: string): void {
  const flag = schema[exclusive];
  if (typeof flag !== "boolean") return;
  const value = schema[bound];
  const kept = flag && value !== undefined ? without(schema, bound, exclusive) : without(schema, exclusive);
  overwrite(schema, flag && value !== undefined ? { ...kept, [exclusive]: value } : kept);
}

/** `oneOf: [{ type: string }, { type: integer }]` is how 3.0 says `type: [string, integer]`. */
function mergePrimitiveAlternatives(schema: JsonObject): void {
  for (const keyword of ["oneOf", "anyOf"]) {
    const alternatives = schema[keyword];
    if (!Array.isArray(alternatives) || schema["type"] !== undefined) continue;
    const types = alternatives.map((entry): Json =>
      isObject(entry) && Object.keys(entry).length === 1 ? (entry["type"] ?? null) : null,
    );
    if (types.every((type) => typeof type === "string")) {
      overwrite(schema, { ...without(schema, keyword), type: types });
    }
  }
}

function pick(schema: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => names.includes(name)));
}
