import type { Say } from "../compare/change.js";
import { compareAllOperations } from "../compare/compare.js";
import { createComparison } from "../compare/compare-schemas.js";
import {
  canonical,
  clone,
  isObject,
  memberOf,
  objectAt,
  objectsAt,
  overwrite,
  stringsAt,
  without,
  type JsonObject,
} from "../read/json.js";
import { partsOf, referredName, schemaReference, withoutNull } from "../read/openapi-walk.js";
import { renameSchemas } from "./rename-schemas.js";

const documentation: readonly string[] = [
  ...["description", "title", "default", "example", "examples", "deprecated", "readOnly", "writeOnly"],
  ...["x-provenance", "x-provenance-note", "x-enum-provenance"],
];

/**
 * Gives schemas the names that the facade imports, whether the file has them under another name or written out in
 * place. The same place in the same operation is the same thing.
 */
export function alignNames(document: JsonObject, base: JsonObject, keep: Say): void {
  const places = findPlaces(document, base);
  const schemas = objectAt(objectAt(document, "components"), "schemas");
  const renames = claimNames(places);
  const claimed = new Map([...renames].map(([theirs, ours]) => [ours, theirs]));
  const additions: JsonObject = {};
  for (const name of innerFirst(base)) {
    const nodes = places.get(name) ?? [];
    const theirName = claimed.get(name) ?? newName(name);
    const referring = nodes.filter((node) => referredName(node) !== undefined);
    const inline = nodes.filter((node) => referredName(node) === undefined);
    const [first] = inline;
    let target = memberOf(schemas, theirName);
    if (target === undefined && referring[0] !== undefined) {
      // One schema of theirs for two of ours: the second gets a copy, and its places with it.
      target = clone(memberOf(schemas, referredName(referring[0]) ?? "") ?? {});
      for (const node of referring) node["$ref"] = schemaReference(theirName);
    }
    target ??= first === undefined ? undefined : isLeaf(first) ? common(inline) : bare(first);
    if (!isObject(target)) continue;
    if (!claimed.has(name)) additions[theirName] = target;
    for (const node of inline) replaceBy(node, target, schemaReference(theirName));
  }
  for (const added of Object.keys(additions)) renames.set(added, added.slice(newName("").length));
  const components = objectAt(document, "components");
  document["components"] = { ...components, schemas: { ...schemas, ...additions } };
  renameSchemas(document, renames);
  restoreLists(document, base, keep);
}

type Places = Map<string, JsonObject[]>;

/** Where the file has what the committed description calls by a schema's name; the nodes themselves. */
function findPlaces(document: JsonObject, base: JsonObject): Places {
  const places: Places = new Map();
  const documents = { before: base, after: document };
  const comparison = createComparison(documents, (ours, theirs) => {
    const name = referredName(ours);
    if (name === undefined) return;
    const [found, node] = [places.get(name) ?? [], unwrap(theirs)];
    if (!found.includes(node)) places.set(name, [...found, node]);
  });
  compareAllOperations(comparison, documents);
  return places;
}

/** The part that says more than "or null", and what a lone `allOf` wraps. */
function unwrap(schema: JsonObject): JsonObject {
  for (const keyword of ["anyOf", "oneOf", "allOf"]) {
    const parts = withoutNull(objectsAt(schema, keyword)).filter(isObject);
    const [only] = parts;
    if (only !== undefined && parts.length === 1 && schema["properties"] === undefined) return unwrap(only);
  }
  return schema;
}

/** Not to be taken for a schema of the file that has the name already. */
function newName(name: string): string {
  return `new ${name}`;
}

/** From the file's names to ours, each at most once. */
function claimNames(places: Places): Map<string, string> {
  const renames = new Map<string, string>();
  for (const [name, nodes] of places) {
    const theirs = nodes.flatMap((node) => referredName(node) ?? []);
    const choice = theirs.includes(name)
      ? name
      : theirs.find((other) => !renames.has(other) && !places.has(other));
    if (choice !== undefined) renames.set(choice, name);
  }
  return renames;
}

/** Our schema names, each after those it refers to, so that equal surroundings are recognised as equal. */
function innerFirst(base: JsonObject): string[] {
  const schemas = objectAt(objectAt(base, "components"), "schemas");
  const order = new Set<string>();
  const visiting = new Set<string>();
  const visit = (name: string): void => {
    if (visiting.has(name)) return;
    visiting.add(name);
    const schema = memberOf(schemas, name);
    if (isObject(schema))
      innerSchemas(schema)
        .flatMap((inner) => referredName(inner) ?? [])
        .forEach(visit);
    order.add(name);
  };
  Object.keys(schemas).forEach(visit);
  return [...order];
}

function innerSchemas(schema: JsonObject): JsonObject[] {
  return [schema, ...partsOf({ schema, place: "" }).flatMap((part) => innerSchemas(part.schema))];
}

function isLeaf(schema: JsonObject): boolean {
  const structural = ["properties", "items", "allOf", "anyOf", "oneOf", "additionalProperties"];
  return structural.every((keyword) => schema[keyword] === undefined);
}

function bare(schema: JsonObject): JsonObject {
  const copy = clone(schema);
  for (const inner of innerSchemas(copy)) overwrite(inner, without(inner, ...documentation));
  return copy;
}

/** What all the places say, and every value that any of them lists. */
function common(nodes: readonly JsonObject[]): JsonObject {
  const [first = {}, ...others] = nodes.map((node) => without(bare(node), "enum", "x-extensible-enum"));
  const shared = Object.entries(first).filter(([keyword, value]) =>
    others.every((other) => canonical(other[keyword]) === canonical(value)),
  );
  const result: JsonObject = Object.fromEntries(shared);
  const values = [...new Set(nodes.flatMap(listOf))];
  const isOpen = nodes.some((node) => node["x-extensible-enum"] !== undefined);
  if (values.length > 0) result[isOpen ? "x-extensible-enum" : "enum"] = values;
  const type = plainType(nodes);
  if (type !== undefined) result["type"] = type;
  return result;
}

/** Null is said at the place, not in the shared schema. */
function plainType(nodes: readonly JsonObject[]): string | undefined {
  const types = nodes.flatMap(({ type }) => (typeof type === "string" ? [type] : []));
  const listed = nodes.flatMap((node) => stringsAt(node, "type")).filter((type) => type !== "null");
  return [...types, ...listed][0];
}

function listOf(node: JsonObject): string[] {
  return [...stringsAt(node, "enum"), ...stringsAt(node, "x-extensible-enum")];
}

/** Whether a schema does not say another type than the one that would take its place. */
function isOfType(node: JsonObject, target: JsonObject): boolean {
  const [own, named] = [plainType([node]), plainType([target])];
  return own === undefined || named === undefined || own === named;
}

function replaceBy(node: JsonObject, target: JsonObject, reference: string): void {
  const docs = Object.fromEntries(Object.entries(node).filter(([name]) => documentation.includes(name)));
  const [own, named] = [listOf(node), listOf(target)].map((values) => values.sort().join());
  if (isLeaf(node) && isLeaf(target)) {
    // A list of its own is one: a request that takes fewer values must not lose that.
    if ((own !== "" && own !== named) || !isOfType(node, target)) return;
    const isNullable = stringsAt(node, "type").includes("null");
    const plain = without(node, "enum", "x-extensible-enum", "type", ...documentation);
    const others = Object.entries(plain).filter(
      ([word, value]) => canonical(target[word]) !== canonical(value),
    );
    const reduced: JsonObject = { $ref: reference, ...Object.fromEntries(others) };
    overwrite(node, isNullable ? { ...docs, anyOf: [reduced, { type: "null" }] } : { ...docs, ...reduced });
  } else if (canonical(bare(node)) === canonical(bare(target))) {
    overwrite(node, { ...docs, $ref: reference });
  }
}

/** Lists that the committed description knows to be open stay so, with its values where the file has none. */
function restoreLists(document: JsonObject, base: JsonObject, keep: Say): void {
  const ours = objectAt(objectAt(base, "components"), "schemas");
  const theirs = objectAt(objectAt(document, "components"), "schemas");
  for (const [name, schema] of Object.entries(ours)) {
    const known = stringsAt(schema, "x-extensible-enum");
    const target = memberOf(theirs, name);
    if (known.length === 0 || !isObject(target) || !isLeaf(target)) continue;
    if (stringsAt(target, "x-extensible-enum").length > 0 && target["enum"] === undefined) continue;
    const values = listOf(target);
    if (values.length === 0) keep("review", `the list of ${name}: the committed values are kept`);
    overwrite(target, {
      ...without(target, "enum"),
      "x-extensible-enum": values.length > 0 ? values : known,
    });
  }
}
