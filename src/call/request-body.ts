import { minorUnitMembers, type OperationEntry } from "../../generated/operations.js";
import type { Operation } from "../../generated/schema.js";
import type { OperationQuery } from "../idempotency/operation-query.js";
import { describe, reading, refuseArgument } from "../checks/members.js";
import { isRequestOptionName } from "../options.js";
import { checkObject } from "../checks/values.js";
import type { JsonObject } from "../http/response-body.js";

const amounts: ReadonlySet<unknown> = new Set(minorUnitMembers);
const deepestLevel = 32;

/** A body as every attempt sends it. */
export interface WrittenBody {
  readonly text: string;
  readonly members: JsonObject;
  /** What a capture, refund or void asks for: to look for in the payment. */
  readonly requestedOperation: OperationQuery | undefined;
}

/**
 * Checks a body and writes it as JSON, once: every attempt sends these bytes. The caller's object is not changed.
 *
 * `JSON.stringify` alone would send `NaN` as null and silently drop functions. An amount with decimals means that major
 * units were given instead of minor ones. Each getter is read once: the copy that was checked is what is sent.
 */
export function serializeBody(
  params: unknown,
  operation: OperationEntry,
  entityId: string | undefined,
  argument: string,
  standard: JsonObject = {},
): WrittenBody {
  const written = reading(argument, refuseArgument, () => {
    const body: Record<string, unknown> = { ...checkObject(params, argument) };
    refuseOptions(body, operation, argument);
    for (const [name, value] of Object.entries(standard)) if (body[name] === undefined) body[name] = value;
    complete(body, operation, entityId, argument);
    return copyNamed(body, { node: body, level: 0, parent: undefined, name: argument, amounts });
  });
  const { amount, merchant_reference: merchantReference } = written as Partial<Operation>; // Only compared.
  const { operationList: list } = operation;
  return {
    text: JSON.stringify(written),
    members: written,
    requestedOperation: list && { list, amount, merchantReference },
  };
}

/** A deep copy of members that are plain data. Amounts are checked when the body is written. */
export function copyData(node: JsonObject, argument: string): JsonObject {
  const root = { node, level: -1, parent: undefined, name: argument, amounts: new Set() };
  return reading(argument, refuseArgument, () => copyNamed(node, root));
}

/** A key among the params would be sent in the body, and the call would go out under a random one. */
function refuseOptions(body: object, operation: OperationEntry, argument: string): void {
  const { requiredMembers, optionLikeMembers = [] } = operation;
  for (const name of Object.keys(body)) {
    if (!isRequestOptionName(name) || [...requiredMembers, ...optionLikeMembers].includes(name)) continue;
    refuseArgument(
      `${argument}.${name}`,
      "is an option, not a part of the request: give it with the call's options.",
    );
  }
}

/** Fills in what the caller may leave out. A given value is never replaced. */
function complete(
  body: Record<string, unknown>,
  operation: OperationEntry,
  entityId: string | undefined,
  argument: string,
): void {
  if (operation.takesEntityId && entityId !== undefined) body["entity_id"] ??= entityId;
  for (const [name, only] of Object.entries(operation.constantMembers)) {
    if (body[name] === undefined && operation.requiredMembers.includes(name)) body[name] = only;
    if (body[name] !== undefined && body[name] !== only)
      refuseArgument(`${argument}.${name}`, `must be ${JSON.stringify(only)}: the API takes no other value.`);
  }
  for (const name of operation.requiredMembers) {
    if (body[name] !== undefined) continue;
    const hint = name === "entity_id" ? " Give it here or as the client's entityId." : "";
    refuseArgument(`${argument}.${name}`, `is missing, and the API requires it.${hint}`);
  }
}

/** An object that is being copied, and how it was reached. */
interface Place {
  readonly node: object;
  readonly level: number;
  /** The object that contains it; undefined for the argument itself. */
  readonly parent: Place | undefined;
  readonly name: string | number;
  /** Names of members that must be amounts. */
  readonly amounts: ReadonlySet<unknown>;
}

function copyMembers(node: object, parent: Place, name: string | number): object {
  const level = parent.level + 1;
  if (level >= deepestLevel) refuse(parent, name, "is nested too deeply.");
  for (let above: Place | undefined = parent; above !== undefined; above = above.parent)
    if (above.node === node) refuse(parent, name, "refers to itself.");
  const place: Place = { node, level, parent, name, amounts: parent.amounts };
  return Array.isArray(node) ? copyItems(node, place) : copyNamed(node as JsonObject, place);
}

/** By index, so that a hole is noticed, and only the items are copied. */
function copyItems(node: readonly unknown[], place: Place): unknown[] {
  const copy: unknown[] = [];
  for (const index of node.keys()) {
    const value = node[index];
    if (value === undefined) refuse(place, index, "is missing from its list.");
    copy.push(copyValue(value, place, index));
  }
  return copy;
}

function copyNamed(node: JsonObject, place: Place): JsonObject {
  const copy: JsonObject = {};
  for (const name of Object.keys(node)) {
    const value = node[name];
    if (value === undefined) continue;
    if (place.amounts.has(name)) checkAmount(value, place, name);
    const copied = copyValue(value, place, name);
    // An assignment would set the prototype.
    if (name === "__proto__") Object.defineProperty(copy, name, { value: copied, enumerable: true });
    else copy[name] = copied;
  }
  return copy;
}

function copyValue(value: unknown, place: Place, name: string | number): unknown {
  switch (typeof value) {
    case "object":
      return value === null ? null : copyObject(value, place, name);
    case "number":
      return Number.isFinite(value) ? value : refuse(place, name, "must be a finite number.");
    case "bigint":
    case "function":
    case "symbol":
      return refuse(place, name, `cannot be sent as JSON: it is ${describe(value)}.`);
    case "string":
    case "boolean":
    case "undefined":
      return value;
  }
}

function copyObject(value: object, place: Place, name: string | number): unknown {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) refuse(place, name, "must be a valid date.");
    return Date.prototype.toISOString.call(value); // Not by a toJSON of its own, which could write anything.
  }
  // It would become something unchecked, or an empty object, as a promise without `await` does.
  const isPlain = Array.isArray(value) || Object.prototype.toString.call(value) === "[object Object]";
  if (!isPlain || "toJSON" in value || (Symbol.iterator in value && !Array.isArray(value))) {
    refuse(place, name, "must be plain data, not a Promise, a Map or an object with a toJSON method.");
  }
  return copyMembers(value, place, name);
}

function checkAmount(value: unknown, place: Place, name: string): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  const what = typeof value === "number" ? `is ${String(value)}` : `is ${describe(value)}`;
  refuse(
    place,
    name,
    `${what}, but must be a non-negative whole number of minor units, such as 4299 for 42.99 EUR. Nothing was sent.`,
  );
}

function refuse(place: Place, name: string | number, message: string): never {
  let path = step(name);
  let at = place;
  for (; at.parent !== undefined; at = at.parent) path = step(at.name) + path;
  return refuseArgument(String(at.name) + path, message);
}

function step(name: string | number): string {
  return typeof name === "number" ? `[${String(name)}]` : `.${name}`;
}
