import type { Schema, Spec } from "../spec/document.js";
import { itemsOf, membersOf, step } from "../spec/json.js";
import { asSchema, partsOf, type NamedSchema } from "../spec/schemas.js";

/** A value of an example and the schemas that describe it. */
export interface Site {
  readonly pointer: string;
  /** Name of the place in the spec, the same for all examples: `Order.shipments[].net_amount`. */
  readonly name: string;
  readonly value: unknown;
  readonly parts: readonly NamedSchema[];
  /** `false` for a member that the spec does not declare. */
  readonly isDeclared: boolean;
}

/** Every member and item of an example, except what is inside undeclared members and inside objects left free. */
export function walk(spec: Spec, root: NamedSchema, value: unknown): Site[] {
  return visit(spec, root, value, "");
}

function visit(spec: Spec, named: NamedSchema, value: unknown, pointer: string): Site[] {
  const parts = partsOf(spec, named);
  const site: Site = { pointer, name: named.name, value, parts, isDeclared: true };
  const items = parts.find(({ schema }) => schema.items !== undefined);
  if (Array.isArray(value)) {
    if (items === undefined) return [site];
    const inner = { name: `${items.name}[]`, schema: asSchema(items.schema.items) };
    return [site, ...itemsOf(value).flatMap((item, index) => visit(spec, inner, item, step(pointer, index)))];
  }
  return [
    site,
    ...membersOf(value).flatMap(([name, member]) => visitMember(spec, parts, name, member, pointer)),
  ];
}

function visitMember(
  spec: Spec,
  parts: readonly NamedSchema[],
  name: string,
  value: unknown,
  pointer: string,
): Site[] {
  const place = step(pointer, name);
  const holder = parts.find(
    ({ schema }) => schema.properties !== undefined && Object.hasOwn(schema.properties, name),
  );
  if (holder !== undefined) {
    const schema = asSchema(holder.schema.properties?.[name]);
    return visit(spec, { name: `${holder.name}.${name}`, schema }, value, place);
  }
  if (parts.some(({ schema }) => isLeftFree(schema))) return [];
  // The last name is the one of the component, which a reference leads to.
  const owner = parts.at(-1)?.name ?? "";
  return [{ pointer: place, name: `${owner}.${name}`, value, parts: [], isDeclared: false }];
}

/** Objects for the merchant's own data say so; other answers merely tolerate what is new. */
function isLeftFree(schema: Schema): boolean {
  return schema["additionalProperties"] === true && schema.properties === undefined;
}
