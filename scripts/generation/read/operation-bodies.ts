import {
  isObject,
  memberOf,
  objectAt,
  objectEntries,
  resolveNode,
  stringAt,
  type JsonObject,
} from "./json.js";

export interface Body {
  mediaType: string;
  schema: JsonObject;
}

/** The first described body: no operation of this API has a choice of media types. */
export function bodyOf(document: JsonObject, holder: JsonObject | undefined): Body | undefined {
  if (holder === undefined) return undefined;
  const content = objectEntries(objectAt(resolveNode(document, holder), "content"));
  const entry = content.find(([mediaType]) => mediaType.includes("json")) ?? content[0];
  const schema = entry === undefined ? undefined : memberOf(entry[1], "schema");
  return entry !== undefined && isObject(schema) ? { mediaType: entry[0], schema } : undefined;
}

export function requestBodyOf(document: JsonObject, operation: JsonObject): Body | undefined {
  const holder = operation["requestBody"];
  return isObject(holder) ? bodyOf(document, holder) : undefined;
}

export function responsesOf(operation: JsonObject): [string, JsonObject][] {
  return objectEntries(objectAt(operation, "responses")).filter(([status]) => !status.startsWith("x-"));
}

/** The response for a status; one good answer stands for another, because the client takes any. */
export function responseLike(operation: JsonObject, status: string): [string, JsonObject] | undefined {
  const responses = responsesOf(operation);
  const range = `${status.charAt(0)}XX`;
  const exact = responses.find(([other]) => other === status);
  if (exact !== undefined) return exact;
  if (status.startsWith("2")) return responses.find(([other]) => other.startsWith("2"));
  return responses.find(([other]) => other.toUpperCase() === range || other === "default");
}

export function operationWithId(
  operations: readonly { operation: JsonObject; path: string; method: string }[],
  operation: JsonObject,
): { operation: JsonObject; path: string; method: string } | undefined {
  const id = stringAt(operation, "operationId");
  return operations.find((entry) => stringAt(entry.operation, "operationId") === id);
}
