import { breaking, change, compatible, type Change } from "./change.js";
import { compareSchemas, type Pair } from "./compare-schemas.js";
import { canonical, isObject, memberOf, objectsAt, resolveNode, stringAt, type JsonObject } from "../read/json.js";
import { bodyOf, requestBodyOf, responseLike, responsesOf } from "../read/operation-bodies.js";
import type { Placed } from "../read/openapi-walk.js";

/** What differs between two descriptions of one operation. */
export function compareOperations(documents: Pair, before: Placed, after: Placed): Change[] {
  const pair = { before: before.operation, after: after.operation };
  return [
    ...compareAddresses(before, after),
    ...compareSecurity(pair),
    ...compareParameters(documents, pair),
    ...compareRequests(documents, pair),
    ...compareAnswers(documents, pair),
  ];
}

function compareAddresses(before: Placed, after: Placed): Change[] {
  const changes: Change[] = [];
  // The client takes the path from the generated table.
  if (before.path !== after.path) changes.push(compatible(`path ${before.path} → ${after.path}`));
  // Another method is another promise about repeating the call.
  if (before.method !== after.method) {
    changes.push(breaking(`method ${before.method.toUpperCase()} → ${after.method.toUpperCase()}`));
  }
  const [was, is] = [before.operation["deprecated"] === true, after.operation["deprecated"] === true];
  if (was !== is) changes.push(compatible(is ? "deprecated" : "no longer deprecated"));
  return changes;
}

function compareSecurity({ before, after }: Pair): Change[] {
  const [were, are] = [waysIn(before), waysIn(after)];
  return [
    ...were.filter((way) => !are.includes(way)).map((way) => breaking(`security: no longer ${way}`)),
    ...are.filter((way) => !were.includes(way)).map((way) => compatible(`security: also ${way}`)),
  ];
}

/** Each alternative by its schemes, whatever the order. */
function waysIn(operation: JsonObject): string[] {
  return objectsAt(operation, "security").map((alternative) => {
    const schemes = Object.keys(alternative).sort();
    return schemes.length === 0 ? "without credentials" : `with ${schemes.join(" and ")}`;
  });
}

function compareParameters(documents: Pair, operations: Pair): Change[] {
  const before = parametersOf(documents.before, operations.before);
  const after = parametersOf(documents.after, operations.after);
  const changes: Change[] = [];
  for (const [name, parameter] of before) {
    const other = after.get(name);
    if (other === undefined) {
      changes.push(breaking(`parameter ${name}: removed`));
      continue;
    }
    const [was, is] = [parameter["required"] === true, other["required"] === true];
    if (was !== is)
      changes.push(change(is, `parameter ${name}: ${is ? "now required" : "no longer required"}`));
    const [ours, theirs] = [memberOf(parameter, "schema"), memberOf(other, "schema")];
    const pair = { before: isObject(ours) ? ours : {}, after: isObject(theirs) ? theirs : {} };
    for (const { isBreaking, text } of compareSchemas(documents, pair, "request")) {
      changes.push(change(isBreaking, `parameter ${name}: ${text.replace("the body: ", "")}`));
    }
  }
  for (const [name, parameter] of after) {
    if (before.has(name)) continue;
    const isRequired = parameter["required"] === true;
    changes.push(change(isRequired, `parameter ${name}: new and ${isRequired ? "required" : "optional"}`));
  }
  return changes;
}

function parametersOf(document: JsonObject, operation: JsonObject): Map<string, JsonObject> {
  const parameters = objectsAt(operation, "parameters").map((entry) => resolveNode(document, entry));
  return new Map(
    parameters.map((parameter) => {
      const name = stringAt(parameter, "name") ?? "";
      const place = stringAt(parameter, "in") ?? "";
      // Header names have no case.
      return [`${place} ${place === "header" ? name.toLowerCase() : name}`, parameter];
    }),
  );
}

function compareRequests(documents: Pair, operations: Pair): Change[] {
  const before = requestBodyOf(documents.before, operations.before);
  const after = requestBodyOf(documents.after, operations.after);
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [breaking("request: has a body now")];
  if (after === undefined) return [breaking("request: has no body any more")];
  const mediaType =
    before.mediaType === after.mediaType
      ? []
      : [breaking(`request: media type ${before.mediaType} → ${after.mediaType}`)];
  const pair = { before: before.schema, after: after.schema };
  return [...mediaType, ...prefixed("request", compareSchemas(documents, pair, "request"))];
}

/** Statuses whose answers changed alike share a line. */
function compareAnswers(documents: Pair, operations: Pair): Change[] {
  const statuses = new Map<string, { change: Change; statuses: string[] }>();
  const changes: Change[] = [];
  const matched = new Set<string>();
  for (const [status, response] of responsesOf(operations.before)) {
    const like = responseLike(operations.after, status);
    if (like === undefined) {
      changes.push(change(status.startsWith("2"), `answer ${status}: removed`));
      continue;
    }
    if (like[0] !== status) changes.push(compatible(`answer ${status}: now ${like[0]}`));
    matched.add(like[0]);
    for (const found of compareBodies(documents, { before: response, after: like[1] })) {
      const entry = statuses.get(canonical({ ...found })) ?? { change: found, statuses: [] };
      statuses.set(canonical({ ...found }), { ...entry, statuses: [...entry.statuses, status] });
    }
  }
  const added = responsesOf(operations.after).filter(([status]) => !matched.has(status));
  return [
    ...changes,
    ...added.map(([status]) => compatible(`answer ${status}: new`)),
    ...[...statuses.values()].flatMap((entry) =>
      prefixed(`answer ${entry.statuses.join(", ")}`, [entry.change]),
    ),
  ];
}

function compareBodies(documents: Pair, responses: Pair): Change[] {
  const before = bodyOf(documents.before, responses.before);
  const after = bodyOf(documents.after, responses.after);
  if (before === undefined) return after === undefined ? [] : [compatible("has a body now")];
  if (after === undefined) return [breaking("has no body any more")];
  const mediaType =
    before.mediaType === after.mediaType
      ? []
      : [compatible(`media type ${before.mediaType} → ${after.mediaType}`)];
  return [
    ...mediaType,
    ...compareSchemas(documents, { before: before.schema, after: after.schema }, "answer"),
  ];
}

function prefixed(heading: string, changes: readonly Change[]): Change[] {
  return changes.map(({ isBreaking, text }) => change(isBreaking, `${heading}: ${text}`));
}
