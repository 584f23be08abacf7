import type { Schema, Spec } from "../spec/document.js";
import { itemsOf, membersOf } from "../spec/json.js";
import { componentSchemas } from "../spec/schemas.js";

/** A list of values in the spec, open or closed. */
export interface ValueList {
  readonly name: string;
  readonly schema: Schema;
  readonly values: readonly { readonly value: string; readonly provenance: unknown }[];
}

export function listValueLists(spec: Spec): ValueList[] {
  return componentSchemas(spec)
    .map(({ name, schema }) => ({ name, schema, values: valuesOf(schema) }))
    .filter(({ values }) => values.length > 0);
}

/** The values of an open list have provenances of their own; those of a closed one share its provenance. */
function valuesOf(schema: Schema): ValueList["values"] {
  const provenance = schema["x-provenance"];
  const words = new Map(membersOf(schema["x-enum-provenance"]));
  const open = itemsOf(schema["x-extensible-enum"]).map((value) => ({
    value: String(value),
    provenance: words.get(String(value)),
  }));
  const constants = "const" in schema ? [schema["const"]] : [];
  const closed = [...itemsOf(schema["enum"]), ...constants].map((value) => ({
    value: String(value),
    provenance,
  }));
  return [...open, ...closed];
}

/** Defaults that are booleans; the others stand in lists. */
export function listBooleanDefaults(spec: Spec): { name: string; value: string; provenance: unknown }[] {
  return componentSchemas(spec).flatMap(({ name, schema }) => {
    const value = schema["default"];
    return typeof value === "boolean"
      ? [{ name, value: String(value), provenance: schema["x-provenance"] }]
      : [];
  });
}
