import type { Say } from "../compare/change.js";
import {
  memberOf,
  objectAt,
  objectEntries,
  objectsAt,
  stringAt,
  type Json,
  type JsonObject,
} from "../read/json.js";
import { operationsOf } from "../read/openapi-walk.js";

/** The generation's own names for the three ways. */
const names = { token: "purse_oauth2", key: "api_key", client: "client_basic" };

/** Gives security schemes our names, and every operation its own list of them. */
export function normaliseSecurity(document: JsonObject, base: JsonObject, keep: Say): void {
  const schemes = objectAt(objectAt(document, "components"), "securitySchemes");
  const renames = new Map<string, string>();
  const normal: JsonObject = {};
  for (const [name, scheme] of objectEntries(schemes)) {
    const known = nameOf(scheme);
    const newName = known !== undefined && normal[known] === undefined ? known : (known ?? name);
    renames.set(name, newName);
    normal[newName] ??= scheme;
  }
  const kept: string[] = [];
  const committed = objectAt(objectAt(base, "components"), "securitySchemes");
  for (const [name, scheme] of objectEntries(committed)) {
    if (normal[name] !== undefined) continue;
    normal[name] = scheme;
    kept.push(name);
    keep("review", `security scheme ${name}: the committed one is kept`);
  }
  document["components"] = { ...objectAt(document, "components"), securitySchemes: normal };
  const committedOperations = operationsOf(base);
  const silentOn: string[] = [];
  for (const { operation } of operationsOf(document)) {
    const own = memberOf(operation, "security") ?? memberOf(document, "security");
    const counterpart = committedOperations.find(
      (entry) => entry.operation["operationId"] === operation["operationId"],
    );
    // A file that says nothing of security has not made the operation open.
    const known = objectsAt(counterpart?.operation, "security");
    if (own === undefined) {
      operation["security"] = known;
      if (known.length > 0) silentOn.push(stringAt(operation, "operationId") ?? "");
    } else {
      // A scheme that the file has no word for was not taken back by it.
      const silent = known.filter((ways) => Object.keys(ways).some((name) => kept.includes(name)));
      const ways = objectsIn(renamed(own, renames));
      // An empty list says that nothing is asked for.
      operation["security"] = [...(ways.length === 0 ? [{}] : ways), ...silent];
    }
  }
  if (silentOn.length > 0) keep("review", `security of ${silentOn.join(", ")}: the committed one is kept`);
  // Every operation has its own now, by our names.
  Reflect.deleteProperty(document, "security");
}

function objectsIn(value: Json): JsonObject[] {
  return objectsAt({ value }, "value");
}

function nameOf(scheme: JsonObject): string | undefined {
  const type = stringAt(scheme, "type");
  if (type === "oauth2" || type === "openIdConnect") return names.token;
  if (type === "apiKey") {
    const isBearer = /^authorization$/i.test(stringAt(scheme, "name") ?? "");
    return isBearer ? names.token : stringAt(scheme, "in") === "header" ? names.key : undefined;
  }
  if (type !== "http") return undefined;
  return /^basic$/i.test(stringAt(scheme, "scheme") ?? "") ? names.client : names.token;
}

function renamed(security: Json, renames: ReadonlyMap<string, string>): Json {
  if (!Array.isArray(security)) return security;
  return security.map((alternative) => {
    const entries = Object.entries(alternative ?? {}) as [string, Json][]; // Lists of scopes, left as they are.
    return Object.fromEntries(entries.map(([name, scopes]) => [renames.get(name) ?? name, scopes]));
  });
}
