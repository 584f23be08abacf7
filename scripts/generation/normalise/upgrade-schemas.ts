import { isObject, objectAt, overwrite, without, type Json, type JsonObject } from "../read/json.js";
import { allSchemas, isIdle } from "../read/openapi-walk.js";

/** Rewrites every schema in the words of OpenAPI 3.1, whichever version it was written in. */
export function upgradeSchemas(document: JsonObject): void {
  const version = typeof document["openapi"] === "string" ? document["openapi"] : "";
  const isOld = /^3\.0\b/.test(version);
  const schemas = objectAt(objectAt(document, "components"), "schemas");
  for (const [name, schema] of Object.entries(schemas)) {
    if (typeof schema === "boolean") schemas[name] = schema ? {} : { not: {} };
  }
  for (const { schema } of allSchemas(document)) upgrade(schema, isOld);
  if (!/^3\.1\.\d/.test(version)) document["openapi"] = "3.1.0";
}

function upgrade(schema: JsonObject, isOld: boolean): void {
  if (schema["nullable"] !== undefined) overwrite(schema, without(schema, "nullable"));
  // OpenAPI 3.0 ignores what is beside a $ref; the description does no harm.
  if (isOld && schema["$ref"] !== undefined) {
    overwrite(schema, pick(schema, "$ref", "description"));
    return;
  }
  for (const end of ["minimum", "maximum"] as const) upgradeBound(schema, end);
  dropIdle(schema);
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

/** 3.0: `minimum: 5, exclusiveMinimum: true`; 3.1: `exclusiveMinimum: 5`; of whole numbers, `minimum: 6`. */
function upgradeBound(schema: JsonObject, bound: "minimum" | "maximum"): void {
  const exclusive = bound === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
  const flag = schema[exclusive];
  if (typeof flag === "boolean") {
    const { [bound]: value } = schema;
    const isSaid = flag && value !== undefined;
    overwrite(schema, {
      ...without(schema, exclusive, ...(isSaid ? [bound] : [])),
      ...(isSaid ? { [exclusive]: value } : {}),
    });
  }
  const value = schema[exclusive];
  const types = [schema["type"] ?? []].flat().filter((type) => type !== "null");
  if (
    typeof value !== "number" ||
    types.length !== 1 ||
    types[0] !== "integer" ||
    schema[bound] !== undefined
  )
    return;
  const whole = bound === "minimum" ? Math.floor(value) + 1 : Math.ceil(value) - 1;
  const entries = Object.entries(schema).map(([word, entry]) =>
    word === exclusive ? [bound, whole] : [word, entry],
  );
  overwrite(schema, Object.fromEntries(entries) as JsonObject);
}

/** Words that let everything through. */
function dropIdle(schema: JsonObject): void {
  const idle = Object.entries(schema).filter(([word, value]) => isIdle(word, value));
  if (idle.length > 0) overwrite(schema, without(schema, ...idle.map(([word]) => word)));
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
