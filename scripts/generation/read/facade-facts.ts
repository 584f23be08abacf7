import { objectAt, objectEntries, objectsAt, stringAt, type JsonObject } from "./json.js";
import { allSchemas, operationsOf, schemaReference, type Placed } from "./openapi-walk.js";

/**
 * What the facade has to know and the vendor's own file will not say: it stands in the committed description, which has
 * `x-` extensions of ours for it, and is carried over from there.
 */
export interface FactsOfOperation extends Placed {
  operationId: string;
  extensions: JsonObject;
}

const carried: readonly string[] = ["x-purse-idempotency", "x-redirection-parameter", "x-repeatable"];

/** Method and path identify an operation; what its path parameters are called does not matter. */
export function facadeOperations(base: JsonObject): FactsOfOperation[] {
  return operationsOf(base).map((placed) => ({
    ...placed,
    operationId: stringAt(placed.operation, "operationId") ?? "",
    extensions: Object.fromEntries(
      Object.entries(placed.operation).filter(([word]) => carried.includes(word)),
    ),
  }));
}

/** The vendor publishes tokens apart from payments, so its payment file may lack this one. */
export const tokenOperation = "createAccessToken";

/** Words by which a server of the file is recognised when its origin is another. */
const environmentWords: Readonly<Record<string, RegExp>> = {
  sandbox: /sandbox|\btest/i,
  production: /\blive\b|production|\bprod\b|secure/i,
};

export interface Environment {
  name: string;
  url: string;
  words: RegExp | undefined;
  server: JsonObject;
}

export function facadeEnvironments(base: JsonObject): Environment[] {
  return objectsAt(base, "servers").flatMap((server) => {
    const name = stringAt(server, "x-environment");
    const url = stringAt(server, "url") ?? "";
    return name === undefined ? [] : [{ name, url, words: environmentWords[name], server }];
  });
}

/** Members that hold amounts in minor units, for files that describe them as plain integers. */
export function minorUnitMembers(base: JsonObject): Set<string> {
  const reference = schemaReference("MinorUnits");
  const isAmount = (schema: JsonObject): boolean => schema["$ref"] === reference;
  return new Set(
    allSchemas(base).flatMap(({ schema }) =>
      objectEntries(objectAt(schema, "properties")).flatMap(([name, member]) =>
        isAmount(member) || objectsAt(member, "allOf").some(isAmount) ? [name] : [],
      ),
    ),
  );
}

/** Request headers that the client itself sends, by what they are called in any file. */
export const idempotencyKeyHeaderPattern = /idempot/i;
export const maxAgeHeaderPattern = /^cache-control$/i;
