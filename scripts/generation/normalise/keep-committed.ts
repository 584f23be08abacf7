import type { Say } from "../compare/change.js";
import { idempotencyKeyHeaderPattern, maxAgeHeaderPattern, tokenOperation } from "../read/facade-facts.js";
import {
  canonical,
  clone,
  memberOf,
  objectAt,
  objectsAt,
  resolveNode,
  stringAt,
  without,
  type Json,
  type JsonObject,
} from "../read/json.js";
import { reach } from "../read/reach.js";
import { operationsOf } from "../read/openapi-walk.js";
import { operationWithId } from "../read/operation-parts.js";
import { renameSchemas } from "./rename-schemas.js";

/** The vendor describes tokens elsewhere; without the operation there would be no client at all. */
export function keepTokenOperation(document: JsonObject, base: JsonObject, keep: Say): void {
  const isToken = ({ operation }: { operation: JsonObject }): boolean =>
    operation["operationId"] === tokenOperation;
  if (operationsOf(document).some(isToken)) return;
  const ours = operationsOf(base).find(isToken);
  if (ours === undefined) return;
  keep("review", `${tokenOperation}: the committed one is kept`);
  const clashing = namesWithin(base, ours.operation).filter((name) => {
    const their = schemaNamed(document, name);
    return their !== undefined && canonical(their) !== canonical(schemaNamed(base, name));
  });
  // Renaming nothing to a name makes the name free.
  renameSchemas(document, new Map(clashing.map((name) => [`free ${name}`, name])));
  const paths = objectAt(document, "paths");
  const item = { ...objectAt(paths, ours.path), [ours.method]: clone(ours.operation) };
  document["paths"] = { [ours.path]: item, ...without(paths, ours.path) };
  for (const name of namesWithin(base, ours.operation)) addSchema(document, base, name);
}

/** Their types are exported by name, so they stay, and what they refer to with them. */
export function keepMissingSchemas(document: JsonObject, base: JsonObject, keep: Say): void {
  const missing = Object.keys(schemasOf(base)).filter((name) => schemaNamed(document, name) === undefined);
  for (const name of missing) addSchema(document, base, name);
  if (missing.length > 0) keep("review", `schema ${missing.join(", ")}: the committed description is kept`);
}

/** Headers that the client sends itself: what the file does not say of them is taken from ours. */
export function keepClientHeaders(document: JsonObject, base: JsonObject, keep: Say): void {
  const others = operationsOf(document);
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
      keep(
        "breaking",
        `${stringAt(operation, "operationId") ?? ""}: parameter header ${name}; the client still sends it`,
      );
    }
  }
}

function headerNames(document: JsonObject, operation: JsonObject): string[] {
  return objectsAt(operation, "parameters")
    .map((parameter) => resolveNode(document, parameter))
    .flatMap((parameter) => (parameter["in"] === "header" ? (stringAt(parameter, "name") ?? []) : []));
}

function schemasOf(document: JsonObject): JsonObject {
  return objectAt(objectAt(document, "components"), "schemas");
}

function schemaNamed(document: JsonObject, name: string): Json | undefined {
  return memberOf(schemasOf(document), name);
}

function addSchema(document: JsonObject, base: JsonObject, name: string): void {
  const ours = schemaNamed(base, name);
  if (ours === undefined || schemaNamed(document, name) !== undefined) return;
  document["components"] = {
    ...objectAt(document, "components"),
    schemas: { ...schemasOf(document), [name]: clone(ours) },
  };
  for (const inner of namesWithin(base, ours)) addSchema(document, base, inner);
}

function namesWithin(base: JsonObject, node: Json): string[] {
  return [...reach(base, [node]).components].flatMap((key) =>
    key.startsWith("schemas/") ? [key.slice(8)] : [],
  );
}
