import { isObject, resolveNode, stringAt, stringsAt, type Json, type JsonObject } from "../read/json.js";
import { isDocumentation, isIdle, withoutNull } from "../read/openapi-walk.js";

import { merge, settled, tighten } from "./merge-views.js";
import { limitKeywords, type Bound, type View } from "./said.js";

const nothingSaid: View = {
  ...{ types: undefined, values: undefined, isOpen: false, members: new Map(), required: new Set() },
  ...{ limits: new Map(), choices: [], rest: new Map() },
};
const anything: JsonObject = {};
const impossible: JsonObject = { not: {} };

export interface Views {
  of(schema: Json): View;
  /** One schema that says what all of them say; the same ones give the same object. */
  together(schemas: readonly Json[]): JsonObject;
}

/** Views of one document. */
export function createViews(document: JsonObject): Views {
  const views = new WeakMap<JsonObject, View>();
  const numbers = new WeakMap<JsonObject, number>();
  const conjunctions = new Map<string, JsonObject>();
  let count = 0;

  function numberOf(node: JsonObject): number {
    const known = numbers.get(node) ?? ++count;
    numbers.set(node, known);
    return known;
  }

  function together(schemas: readonly Json[]): JsonObject {
    const nodes = [...new Set(schemas.map(asObject))];
    const [only] = nodes;
    if (only !== undefined && nodes.length === 1) return only;
    const resolved = [
      ...new Set(nodes.map((node) => (isBareReference(node) ? resolveNode(document, node) : node))),
    ];
    const key = resolved
      .map(numberOf)
      .sort((a, b) => a - b)
      .join();
    const known = conjunctions.get(key) ?? { allOf: resolved };
    conjunctions.set(key, known);
    return known;
  }

  function of(schema: Json): View {
    const node = asObject(schema);
    const known = views.get(node);
    if (known !== undefined) return known;
    // Where a schema is inside itself without a member between, it says nothing more there.
    views.set(node, nothingSaid);
    const view = settled(
      sayingsOf(node).reduce((first, second) => merge(first, second, together), nothingSaid),
    );
    views.set(node, view);
    return view;
  }

  function sayingsOf(node: JsonObject): View[] {
    const target = stringAt(node, "$ref") === undefined ? undefined : resolveNode(document, node);
    const parts = Array.isArray(node["allOf"]) ? node["allOf"] : [];
    const choices = (["anyOf", "oneOf"] as const).flatMap((keyword): View[] => {
      const all = node[keyword];
      if (!Array.isArray(all)) return [];
      const types = all.map((part) =>
        isObject(part) && isBareType(part) ? stringAt(part, "type") : undefined,
      );
      if (types.every((type) => type !== undefined)) return [{ ...nothingSaid, types: new Set(types) }];
      const rest = withoutNull(all);
      const [only] = rest;
      const isNullable = rest.length < all.length;
      if (rest.length > 1 || only === undefined) {
        const choice = { ...nothingSaid, choices: [{ keyword, parts: rest }] };
        return isNullable ? [{ ...choice, rest: new Map([["null as a choice", [true]]]) }] : [choice];
      }
      const view = of(only);
      return [
        isNullable && view.types !== undefined ? { ...view, types: new Set([...view.types, "null"]) } : view,
      ];
    });
    return [...(target === undefined ? [] : [of(target)]), ...parts.map(of), ...choices, own(node)];
  }

  return { of, together };
}

export function asObject(schema: Json | undefined): JsonObject {
  return schema === false ? impossible : isObject(schema) ? schema : anything;
}

/** Whether nothing beside the reference says anything of the value. */
export function isBareReference(schema: JsonObject): boolean {
  return (
    schema["$ref"] !== undefined &&
    Object.keys(schema).every((word) => word === "$ref" || isDocumentation(word))
  );
}

function isBareType(schema: JsonObject): boolean {
  return Object.keys(schema).every((word) => word === "type" || isDocumentation(word));
}

const structural: ReadonlySet<string> = new Set([
  "$ref",
  "allOf",
  "anyOf",
  "oneOf",
  "properties",
  "required",
  "type",
]);
const valueLists: readonly string[] = ["enum", "const", "x-extensible-enum"];
function own(node: JsonObject): View {
  const listed = Object.entries(node).filter(([word]) => valueLists.includes(word));
  const [list] = listed;
  const values =
    list === undefined ? undefined : list[0] === "const" ? [list[1]] : Array.isArray(list[1]) ? list[1] : [];
  const { type } = node;
  const types =
    typeof type === "string" ? [type] : type === undefined ? values?.map(typeOf) : stringsAt(node, "type");
  const limits = new Map<string, Bound>();
  const rest = new Map<string, Json[]>();
  for (const [word, value] of Object.entries(node)) {
    const isKnown = structural.has(word) || valueLists.includes(word) || isDocumentation(word);
    if (isKnown || isIdle(word, value)) continue;
    const limit = word.replace("exclusiveM", "m");
    if (limitKeywords.has(limit) && typeof value === "number") {
      tighten(limits, limit, { value, isExclusive: limit !== word });
    } else rest.set(word, [value]);
  }
  return {
    types: types === undefined ? undefined : new Set(types),
    values: values?.filter((value) => value !== null).map(shown),
    isOpen: list?.[0] === "x-extensible-enum",
    members: new Map(isObject(node["properties"]) ? Object.entries(node["properties"]) : []),
    required: new Set(stringsAt(node, "required")),
    limits,
    choices: [],
    rest,
  };
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" ? (Number.isInteger(value) ? "integer" : "number") : typeof value;
}

export function shown(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
