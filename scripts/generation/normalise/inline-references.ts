import { InputError } from "../read/input-error.js";
import {
  clone,
  isObject,
  lookUp,
  objectAt,
  objectEntries,
  objectsAt,
  overwrite,
  resolveNode,
  stringAt,
  stepsOf,
  without,
  type Json,
  type JsonObject,
} from "../read/json.js";
import { operationsOf } from "../read/openapi-walk.js";

/**
 * Leaves only references to whole components. A path item, a request body and anything deeper than a component is
 * written out where it is used: the generation reads those in place.
 */
export function inlineReferences(document: JsonObject): void {
  for (const section of ["paths", "webhooks"] as const) {
    for (const [, item] of objectEntries(objectAt(document, section))) {
      if (item["$ref"] !== undefined) {
        overwrite(item, { ...clone(resolveNode(document, item)), ...without(item, "$ref") });
      }
    }
    for (const { operation } of operationsOf(document, section)) {
      const body = operation["requestBody"];
      if (isObject(body)) {
        overwrite(body, clone(resolveNode(document, body)));
        jsonFirst(body);
      }
    }
  }
  inlineDeep(document, document, []);
  shareParameters(document);
}

/** The generation takes the first media type of a request. */
function jsonFirst(body: JsonObject): void {
  const content = objectAt(body, "content");
  const { "application/json": json } = content;
  if (json !== undefined) body["content"] = { "application/json": json, ...content };
}

function inlineDeep(document: JsonObject, node: Json, within: readonly string[]): void {
  const children = Array.isArray(node) ? node : isObject(node) ? Object.values(node) : [];
  for (const child of children) {
    let inside = within;
    const reference = stringAt(child, "$ref");
    if (reference !== undefined && isObject(child) && !namesComponent(reference)) {
      if (within.includes(reference)) {
        throw new InputError(
          `$ref ${JSON.stringify(reference)} goes round in a circle through a part of a component`,
          reference.slice(1),
          "make what it names a component of its own",
        );
      }
      const target = lookUp(document, reference);
      if (isObject(target)) overwrite(child, { ...clone(target), ...without(child, "$ref") });
      inside = [...within, reference];
    }
    inlineDeep(document, child, inside);
  }
}

function namesComponent(reference: string): boolean {
  const [first, , , ...deeper] = stepsOf(reference);
  return first === "components" && deeper.length === 0;
}

/** Parameters of a path hold for each of its operations, unless the operation has one of the same name. */
function shareParameters(document: JsonObject): void {
  for (const [, item] of objectEntries(objectAt(document, "paths"))) {
    const shared = objectsAt(item, "parameters");
    if (shared.length === 0) continue;
    const identity = (parameter: JsonObject): string => {
      const target = resolveNode(document, parameter);
      return `${stringAt(target, "in") ?? ""} ${stringAt(target, "name") ?? ""}`;
    };
    for (const { operation } of operationsOf({ paths: { item } })) {
      const own = objectsAt(operation, "parameters");
      const taken = own.map(identity);
      operation["parameters"] = [
        ...shared.filter((entry) => !taken.includes(identity(entry))).map(clone),
        ...own,
      ];
    }
    overwrite(item, without(item, "parameters"));
  }
}
