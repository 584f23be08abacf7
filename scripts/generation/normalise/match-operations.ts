import { facadeOperations, type FactsOfOperation } from "../read/facade-facts.js";
import { InputError } from "../read/input-error.js";
import {
  clone,
  objectAt,
  objectsAt,
  pointer,
  resolveNode,
  stringAt,
  without,
  type JsonObject,
} from "../read/json.js";
import { operationsOf, type Placed } from "../read/openapi-walk.js";

/** `/payments/{payment_id}` and `/payments/{id}` are one path. */
function shapeOf(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/g, "{}");
}

/** Gives the operations of the facade its names and its facts, and every other one a name. */
export function matchOperations(document: JsonObject, base: JsonObject): void {
  const known = facadeOperations(base);
  const placed = operationsOf(document);
  const matches = new Map<Placed, FactsOfOperation>();
  for (const facts of known) {
    const found =
      placed.find(({ method, path }) => method === facts.method && shapeOf(path) === shapeOf(facts.path)) ??
      placed.find((entry) => !matches.has(entry) && entry.operation["operationId"] === facts.operationId);
    if (found !== undefined) matches.set(found, facts);
  }
  const ids = new Set(known.map(({ operationId }) => operationId));
  const paths: JsonObject = {};
  for (const [path, item] of Object.entries(objectAt(document, "paths"))) {
    const ours = placed.flatMap((entry) => (entry.path === path ? (matches.get(entry)?.path ?? []) : []))[0];
    const renames = ours === undefined ? new Map<string, string>() : parameterNames(path, ours);
    const newPath = path.replaceAll(
      /\{([^{}]*)\}/g,
      (_whole, name: string) => `{${renames.get(name) ?? name}}`,
    );
    if (paths[newPath] !== undefined) {
      throw new InputError(`${newPath} is described twice`, pointer("paths", path), "keep one of them");
    }
    for (const entry of placed.filter((candidate) => candidate.path === path)) {
      renameParameters(document, entry.operation, renames);
      const facts = matches.get(entry);
      if (facts !== undefined) applyFacts(entry, facts);
      else entry.operation["operationId"] = freeId(entry, newPath, ids);
    }
    paths[newPath] = item;
  }
  document["paths"] = paths;
}

/** The file's parameter names by place, with ours: the client fills in `{id}`. */
function parameterNames(path: string, ours: string): Map<string, string> {
  const theirNames = namesIn(path);
  const ourNames = namesIn(ours);
  if (theirNames.length !== ourNames.length) {
    throw new InputError(
      `${path} takes ${String(theirNames.length)} path parameters, and the client has ${String(ourNames.length)}`,
      pointer("paths", path),
      "extend src/resources first",
    );
  }
  return new Map(theirNames.map((name, index) => [name, ourNames[index] ?? name]));
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "");
}

function renameParameters(document: JsonObject, operation: JsonObject, renames: Map<string, string>): void {
  if (operation["parameters"] === undefined) return;
  operation["parameters"] = objectsAt(operation, "parameters").map((parameter) => {
    const target = resolveNode(document, parameter);
    const name = stringAt(target, "name") ?? "";
    const newName = target["in"] === "path" ? (renames.get(name) ?? name) : name;
    // A shared parameter keeps its name for the other operations.
    return newName === name ? parameter : { ...clone(target), name: newName };
  });
}

function applyFacts({ path, method, item, operation }: Placed, facts: FactsOfOperation): void {
  if (method !== "get" && method !== "post") {
    throw new InputError(
      `${facts.operationId} is now ${method.toUpperCase()}, and the client sends GET and POST only`,
      pointer("paths", path, method),
      "extend src/http first",
    );
  }
  // In front, so that a reader of the normalised file finds it where we write it.
  item[method] = {
    operationId: facts.operationId,
    ...without(operation, "operationId", ...Object.keys(facts.extensions)),
    ...clone(facts.extensions),
  };
}

function freeId({ operation, method }: Placed, path: string, ids: Set<string>): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const derived = method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const own = stringAt(operation, "operationId");
  const id = own === undefined || ids.has(own) ? derived : own;
  if (ids.has(id)) {
    throw new InputError(
      `two operations would be called ${id}`,
      pointer("paths", path, method),
      "give it an operationId",
    );
  }
  ids.add(id);
  return id;
}
