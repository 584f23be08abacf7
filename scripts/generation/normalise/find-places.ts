import {
  isObject,
  memberOf,
  objectAt,
  objectEntries,
  objectsAt,
  resolveNode,
  type JsonObject,
} from "../read/json.js";
import { operationsOf, referredName } from "../read/openapi-walk.js";
import { operationWithId, requestBodyOf, responseLike, responsesOf, bodyOf } from "../read/operation-bodies.js";

/** Where the file has what the committed description calls by a schema's name; the nodes themselves. */
export type Places = Map<string, JsonObject[]>;

/** Walks both descriptions side by side, from the bodies of the operations they share. */
export function findPlaces(document: JsonObject, base: JsonObject): Places {
  const places: Places = new Map();
  const seen = new Map<JsonObject, Set<JsonObject>>();

  const visit = (ours: JsonObject, theirs: JsonObject): void => {
    const node = unwrap(theirs);
    const name = referredName(ours);
    if (name !== undefined) {
      const found = places.get(name) ?? [];
      if (!found.includes(node)) places.set(name, [...found, node]);
    }
    const our = resolveNode(base, ours);
    const their = resolveNode(document, node);
    const passed = seen.get(our) ?? new Set();
    if (passed.has(their)) return;
    seen.set(our, passed.add(their));
    for (const [member, ourMember] of objectEntries(objectAt(our, "properties"))) {
      const theirMember = memberNamed(document, their, member);
      if (theirMember !== undefined) visit(ourMember, theirMember);
    }
    for (const keyword of ["items", "additionalProperties"]) {
      const [ourPart, theirPart] = [memberOf(our, keyword), memberOf(their, keyword)];
      if (isObject(ourPart) && isObject(theirPart)) visit(ourPart, theirPart);
    }
    for (const ourVariant of variantsOf(our)) {
      const members = memberNames(base, ourVariant);
      const alike = variantsOf(their).filter((part) => memberNames(document, part) === members);
      if (alike[0] !== undefined && alike.length === 1) visit(ourVariant, alike[0]);
    }
  };

  for (const section of ["paths", "webhooks"] as const) {
    const others = operationsOf(document, section);
    for (const { operation } of operationsOf(base, section)) {
      const theirs = operationWithId(others, operation)?.operation;
      if (theirs === undefined) continue;
      const [ourBody, theirBody] = [requestBodyOf(base, operation), requestBodyOf(document, theirs)];
      if (ourBody !== undefined && theirBody !== undefined) visit(ourBody.schema, theirBody.schema);
      for (const [status, response] of responsesOf(operation)) {
        const ourAnswer = bodyOf(base, response);
        const theirAnswer = bodyOf(document, responseLike(theirs, status)?.[1]);
        if (ourAnswer !== undefined && theirAnswer !== undefined) visit(ourAnswer.schema, theirAnswer.schema);
      }
    }
  }
  return places;
}

function variantsOf(schema: JsonObject): JsonObject[] {
  return [...objectsAt(schema, "oneOf"), ...objectsAt(schema, "anyOf")];
}

/** What variants are told apart by, in whatever order the file lists them. */
function memberNames(document: JsonObject, schema: JsonObject): string {
  const names = Object.keys(objectAt(resolveNode(document, unwrap(schema)), "properties"));
  return names.sort().join(" ");
}

/** The part that says more than "or null", and what a lone `allOf` wraps. */
function unwrap(schema: JsonObject): JsonObject {
  for (const keyword of ["anyOf", "oneOf", "allOf"]) {
    const parts = objectsAt(schema, keyword).filter((part) => part["type"] !== "null");
    const [only] = parts;
    if (only !== undefined && parts.length === 1 && schema["properties"] === undefined) return unwrap(only);
  }
  return schema;
}

function memberNamed(document: JsonObject, schema: JsonObject, name: string): JsonObject | undefined {
  const own = memberOf(objectAt(schema, "properties"), name);
  if (isObject(own)) return own;
  for (const part of objectsAt(schema, "allOf")) {
    const target = resolveNode(document, part);
    const found = target === schema ? undefined : memberNamed(document, target, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
