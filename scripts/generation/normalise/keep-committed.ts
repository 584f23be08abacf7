import {
  idempotencyKeyHeaderPattern,
  maxAgeHeaderPattern,
  schemasOutsideOperations,
  tokenOperation,
} from "../read/facade-facts.js";
import {
  canonical,
  clone,
  isObject,
  lookUp,
  memberOf,
  objectAt,
  objectsAt,
  resolveNode,
  stringAt,
  without,
  type Json,
  type JsonObject,
} from "../read/json.js";
import { operationsOf, referredName } from "../read/openapi-walk.js";
import { operationWithId } from "../read/operation-bodies.js";
import { renameSchemas } from "./rename-schemas.js";

/** The vendor describes tokens elsewhere; without the operation there would be no client at all. */
export function keepTokenOperation(document: JsonObject, base: JsonObject, notes: string[]): void {
  const isToken = ({ operation }: { operation: JsonObject }): boolean =>
    operation["operationId"] === tokenOperation;
  if (operationsOf(document).some(isToken)) return;
  const ours = operationsOf(base).find(isToken);
  if (ours === undefined) return;
  notes.push(`${tokenOperation} is not in the file: the committed one is kept`);
  const clashing = namesWithin(base, ours.operation).filter((name) => {
    const their = schemaNamed(document, name);
    return their !== undefined && canonical(their) !== canonical(schemaNamed(base, name));
  });
  // Renaming nothing to a name makes the name free.
  renameSchemas(document, new Map(clashing.map((name) => [`free ${name}`, name])));
  const paths = objectAt(document, "paths");
  const item = { ...objectAt(paths, ours.path), [ours.method]: clone(ours.operation) };
  document["paths"] = { [ours.path]: item, ...without(paths, ours.path) };
  copySchemas(document, base, ours.operation);
}

/** Schemas that no operation mentions cannot be missed in the file. */
export function keepOutsideSchemas(document: JsonObject, base: JsonObject): void {
  for (const name of schemasOutsideOperations) {
    const ours = schemaNamed(base, name);
    if (ours === undefined || schemaNamed(document, name) !== undefined) continue;
    addSchema(document, name, ours);
    copySchemas(document, base, ours);
  }
}

/** Headers that the client sends itself: what the file does not say of them is taken from ours. */
export function keepClientHeaders(document: JsonObject, base: JsonObject, notes: string[]): void {
  const others = operationsOf(document);
  const kept = new Map<string, string[]>();
  for (const { operation } of operationsOf(base)) {
    const theirs = operationWithId(others, operation)?.operation;
    if (theirs === undefined) continue;
    const names = headerNames(document, theirs);
    for (const parameter of objectsAt(operation, "parameters").map((entry) => resolveNode(base, entry))) {
      const name = stringAt(parameter, "name") ?? "";
      const pattern = [idempotencyKeyHeaderPattern, maxAgeHeaderPattern].find((known) => known.test(name));
      if (parameter["in"] !== "header" || pattern === undefined) continue;
      if (names.some((other) => pattern.test(other))) continue;
      theirs["parameters"] = [...objectsAt(theirs, "parameters"), clone(parameter)];
      kept.set(name, [...(kept.get(name) ?? []), stringAt(operation, "operationId") ?? ""]);
    }
  }
  for (const [name, operations] of kept) {
    notes.push(`the header ${name} is not described for ${operations.join(", ")}: the committed one is kept`);
  }
}

function headerNames(document: JsonObject, operation: JsonObject): string[] {
  return objectsAt(operation, "parameters")
    .map((parameter) => resolveNode(document, parameter))
    .flatMap((parameter) => (parameter["in"] === "header" ? (stringAt(parameter, "name") ?? []) : []));
}

function schemaNamed(document: JsonObject, name: string): Json | undefined {
  return memberOf(lookUp(document, "#/components/schemas"), name);
}

function addSchema(document: JsonObject, name: string, schema: Json): void {
  const components = objectAt(document, "components");
  const schemas = { ...objectAt(components, "schemas"), [name]: clone(schema) };
  document["components"] = { ...components, schemas };
}

/** Also those that the copied schemas refer to. */
function copySchemas(document: JsonObject, base: JsonObject, node: Json): void {
  for (const name of namesWithin(base, node)) {
    const ours = schemaNamed(base, name);
    if (ours !== undefined && schemaNamed(document, name) === undefined) addSchema(document, name, ours);
  }
}

function namesWithin(base: JsonObject, node: Json, found = new Set<string>()): string[] {
  const name = isObject(node) ? referredName(node) : undefined;
  if (name !== undefined && !found.has(name)) {
    found.add(name);
    namesWithin(base, schemaNamed(base, name) ?? null, found);
  }
  const children = Array.isArray(node) ? node : isObject(node) ? Object.values(node) : [];
  for (const child of children) namesWithin(base, child, found);
  return [...found];
}
