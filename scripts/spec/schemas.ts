import type { Schema, Spec } from "./document.js";
import { isRecord, itemsOf, membersOf, step } from "./json.js";

/** A schema where it is written down; references are not followed. */
export interface PlacedSchema {
  /** `Order.shipments[].net_amount` */
  readonly name: string;
  readonly pointer: string;
  readonly role: "component" | "property" | "part";
  readonly schema: Schema;
}

const combiners = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;
const singles = [
  ["items", "[]"],
  ["additionalProperties", ".*"],
] as const;

/** Every schema under `components/schemas`, inner ones after the one that holds them. */
export function componentSchemas(spec: Spec): PlacedSchema[] {
  return Object.entries(spec.components?.schemas ?? {}).flatMap(([name, schema]) =>
    withInner({ name, pointer: step("/components/schemas", name), role: "component", schema }),
  );
}

export function withInner(placed: PlacedSchema): PlacedSchema[] {
  const { name, pointer, schema } = placed;
  const inner: PlacedSchema[] = [];
  for (const [member, value] of membersOf(schema.properties)) {
    const place = step(step(pointer, "properties"), member);
    inner.push({ name: `${name}.${member}`, pointer: place, role: "property", schema: asSchema(value) });
  }
  for (const [keyword, suffix] of singles) {
    const value = schema[keyword];
    if (!isRecord(value)) continue;
    inner.push({
      name: name + suffix,
      pointer: step(pointer, keyword),
      role: "part",
      schema: asSchema(value),
    });
  }
  for (const keyword of combiners) {
    for (const [index, value] of itemsOf(schema[keyword]).entries()) {
      const place = step(step(pointer, keyword), index);
      inner.push({ name, pointer: place, role: "part", schema: asSchema(value) });
    }
  }
  return [placed, ...inner.flatMap(withInner)];
}

/** The parts that a value must obey at the same time, or may: the schema, what it refers to and what it combines. */
export function partsOf(spec: Spec, { name, schema }: NamedSchema): NamedSchema[] {
  const reference = schema.$ref;
  const referred = reference === undefined ? [] : [componentOf(spec, reference)];
  const combined = combiners
    .slice(0, 3)
    .flatMap((keyword) => itemsOf(schema[keyword]).map((part) => ({ name, schema: asSchema(part) })));
  return [{ name, schema }, ...[...referred, ...combined].flatMap((part) => partsOf(spec, part))];
}

export type NamedSchema = Pick<PlacedSchema, "name" | "schema">;

export function componentOf(spec: Spec, reference: string): NamedSchema {
  const name = reference.slice(reference.lastIndexOf("/") + 1);
  const schema = spec.components?.schemas?.[name];
  if (schema === undefined) throw new Error(`the reference ${reference} leads to no schema`);
  return { name, schema };
}

/** What stands in a schema's place; the schemas `true` and `false` say nothing about members or values. */
export function asSchema(value: unknown): Schema {
  return isRecord(value) ? value : {};
}
