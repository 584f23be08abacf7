import { objectAt, objectEntries, stringAt, type JsonObject } from "./json.js";
import type { Placed } from "./openapi-walk.js";

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

/** The operation of the same id. */
export function operationWithId(operations: readonly Placed[], operation: JsonObject): Placed | undefined {
  const id = stringAt(operation, "operationId");
  return operations.find((entry) => stringAt(entry.operation, "operationId") === id);
}
