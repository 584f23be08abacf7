import { isObject, objectAt, objectEntries, pointer, stringAt, type Json, type JsonObject } from "./json.js";

export const httpMethods: readonly string[] = [
  "get",
  "put",
  "post",
  "delete",
  "patch",
  "options",
  "head",
  "trace",
];

export interface Placed {
  path: string;
  method: string;
  item: JsonObject;
  operation: JsonObject;
}

export function operationsOf(document: JsonObject, section: "paths" | "webhooks" = "paths"): Placed[] {
  return objectEntries(objectAt(document, section)).flatMap(([path, item]) =>
    objectEntries(item)
      .filter(([method]) => httpMethods.includes(method))
      .map(([method, operation]) => ({ path, method, item, operation })),
  );
}

/** Keywords whose value is one schema, a list of schemas, or a map of schemas. */
const single: readonly string[] = [
  ...["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"],
  ...["unevaluatedItems", "unevaluatedProperties", "contentSchema"],
];
const listed: readonly string[] = ["allOf", "anyOf", "oneOf", "prefixItems"];
const mapped: readonly string[] = ["properties", "patternProperties", "dependentSchemas", "$defs"];

export interface PlacedSchema {
  schema: JsonObject;
  place: string;
}

/** The schemas directly inside a schema. */
export function partsOf({ schema, place }: PlacedSchema): PlacedSchema[] {
  const parts: PlacedSchema[] = [];
  const add = (value: Json | undefined, ...steps: (string | number)[]): void => {
    if (isObject(value)) parts.push({ schema: value, place: place + pointer(...steps) });
  };
  for (const [keyword, value] of Object.entries(schema)) {
    if (single.includes(keyword)) add(value, keyword);
    if (listed.includes(keyword) && Array.isArray(value)) {
      value.forEach((entry, index) => {
        add(entry, keyword, index);
      });
    }
    if (mapped.includes(keyword) && isObject(value)) {
      for (const [name, entry] of Object.entries(value)) add(entry, keyword, name);
    }
  }
  return parts;
}

/** Every schema of the document, inner ones after the ones around them. */
export function allSchemas(document: JsonObject): PlacedSchema[] {
  const found: PlacedSchema[] = [];
  const visit = (placed: PlacedSchema): void => {
    found.push(placed);
    partsOf(placed).forEach(visit);
  };
  rootSchemas(document).forEach(visit);
  return found;
}

function rootSchemas(document: JsonObject): PlacedSchema[] {
  const components = objectAt(document, "components");
  const named = objectEntries(objectAt(components, "schemas")).map(([name, schema]) => ({
    schema,
    place: pointer("components", "schemas", name),
  }));
  const sections: [JsonObject, string][] = [
    [objectAt(document, "paths"), "/paths"],
    [objectAt(document, "webhooks"), "/webhooks"],
    ...objectEntries(components).flatMap(([section, entries]): [JsonObject, string][] =>
      section === "schemas" || section === "examples" || section === "securitySchemes"
        ? []
        : [[entries, pointer("components", section)]],
    ),
  ];
  return [
    ...named,
    ...sections.flatMap(([entries, place]) =>
      objectEntries(entries).flatMap(([name, entry]) => schemasIn(entry, place + pointer(name))),
    ),
  ];
}

/** Schemas under the key `schema` of a part of the document that is no schema itself. */
export function schemasIn(node: Json, place = ""): PlacedSchema[] {
  if (Array.isArray(node)) return node.flatMap((entry, index) => schemasIn(entry, place + pointer(index)));
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([name, value]) => {
    if (name === "example" || name === "examples" || name.startsWith("x-")) return [];
    const there = place + pointer(name);
    return name === "schema" && isObject(value) ? [{ schema: value, place: there }] : schemasIn(value, there);
  });
}

const schemasPrefix = "#/components/schemas/";

export function schemaReference(name: string): string {
  return schemasPrefix + name;
}

/** The name of the component that a schema is a reference to. */
export function referredName(schema: JsonObject): string | undefined {
  const reference = stringAt(schema, "$ref");
  return reference?.startsWith(schemasPrefix) === true ? reference.slice(schemasPrefix.length) : undefined;
}

const documentation: ReadonlySet<string> = new Set([
  ...["description", "title", "summary", "example", "examples", "externalDocs", "xml", "$comment"],
]);

/** Words that say nothing of what is sent. Of the extensions only the list of known values does. */
export function isDocumentation(word: string): boolean {
  return documentation.has(word) || (word.startsWith("x-") && word !== "x-extensible-enum");
}

/** Alternatives without `{ type: null }`. */
export function withoutNull(parts: readonly Json[]): Json[] {
  return parts.filter((part) => !(isObject(part) && (part["type"] === "null" || part["const"] === null)));
}

/** Words that say nothing with these values. */
const idle: Readonly<Record<string, readonly string[]>> = {
  ...{
    uniqueItems: ["false"],
    deprecated: ["false"],
    readOnly: ["false"],
    writeOnly: ["false"],
    minContains: ["1"],
  },
  propertyNames: ["true", "{}"],
  ...{ unevaluatedProperties: ["true", "{}"], unevaluatedItems: ["true", "{}"], nullable: ["false"] },
  ...{ pattern: ['""', '".*"', '"^.*$"', '"^"', '"[\\\\s\\\\S]*"', '"^[\\\\s\\\\S]*$"'], minLength: ["0"] },
  ...{ minItems: ["0"], minProperties: ["0"], dependentRequired: ["{}"], patternProperties: ["{}"] },
};

export function isIdle(word: string, value: Json): boolean {
  return idle[word]?.includes(JSON.stringify(value)) === true;
}
