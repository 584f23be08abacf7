import { minorUnitMembers, type OperationEntry } from "../../generated/operations.js";
import type { Operation } from "../../generated/schema.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import type { OperationQuery } from "../idempotency/operation-match.js";
import { checkObject, describe } from "./path.js";
import type { JsonObject } from "./response-body.js";

const amounts: ReadonlySet<unknown> = new Set(minorUnitMembers);
const deepestLevel = 32;

/** A body as every attempt sends it. */
export interface WrittenBody {
  readonly text: string;
  /** What a capture, refund or void asks for, in a form to look for in the payment. */
  readonly asked: OperationQuery | undefined;
}

/**
 * Checks a body and writes it as JSON, once: every attempt sends these bytes. The caller's object is left as it is.
 *
 * `JSON.stringify` alone would send `NaN` as null and drop functions without a word; and an amount with decimals
 * means that somebody took major units for minor ones. What is written is the copy that was checked: a getter, which
 * may answer otherwise the next time, is asked once.
 */
export function serializeBody(
  params: unknown,
  operation: OperationEntry,
  entityId: string | undefined,
): WrittenBody {
  const body: Record<string, unknown> = { ...checkObject(params, "params"), ...operation.constantMembers };
  if (operation.takesEntityId && entityId !== undefined) body["entity_id"] ??= entityId;
  for (const name of operation.requiredMembers) {
    if (body[name] !== undefined) continue;
    const hint = name === "entity_id" ? " Give it here or as the client's entityId." : "";
    throw new PurseInvalidArgumentError(`params.${name}`, `is missing, and the API requires it.${hint}`);
  }
  const written = copyMembers(body, { names: [], parents: [] });
  const { amount, merchant_reference: merchantReference } = written as Partial<Operation>; // Compared, never relied on.
  const { operationList: list } = operation;
  return { text: JSON.stringify(written), asked: list && { list, amount, merchantReference } };
}

/** Where the copying is: the names that lead there, and the objects around it. */
interface Place {
  readonly names: (string | number)[];
  readonly parents: object[];
}

function copyMembers(node: object, place: Place): object {
  const { names, parents } = place;
  if (parents.includes(node)) refuse(place, "refers to itself.");
  if (parents.length >= deepestLevel) refuse(place, "is nested too deeply.");
  parents.push(node);
  const isList = Array.isArray(node);
  const copy = (isList ? [] : {}) as JsonObject;
  // Lists by index, so that a hole is seen, and nothing but the items.
  for (const name of isList ? node.keys() : Object.keys(node)) {
    const value = (node as JsonObject)[name];
    if (value === undefined && !isList) continue;
    names.push(name);
    if (value === undefined) refuse(place, "is missing from its list.");
    if (amounts.has(name)) checkAmount(value, place);
    const copied = copyValue(value, place);
    // An assignment would set the prototype.
    if (name === "__proto__") Object.defineProperty(copy, name, { value: copied, enumerable: true });
    else copy[name] = copied;
    names.pop();
  }
  parents.pop();
  return copy;
}

function copyValue(value: unknown, place: Place): unknown {
  if (typeof value === "object") return value === null ? null : copyObject(value, place);
  if (typeof value === "number" && !Number.isFinite(value)) refuse(place, "must be a finite number.");
  if (typeof value === "bigint" || typeof value === "function" || typeof value === "symbol") {
    refuse(place, `cannot be sent as JSON: it is ${describe(value)}.`);
  }
  return value;
}

function copyObject(value: object, place: Place): unknown {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) refuse(place, "must be a valid date.");
    return Date.prototype.toISOString.call(value); // Not by a toJSON of its own, which could write anything.
  }
  // What it would turn into escapes the checks above.
  const isBoxed = value instanceof Number || value instanceof Boolean;
  if ("toJSON" in value || isBoxed || (Symbol.iterator in value && !Array.isArray(value))) {
    refuse(place, "must be plain data, not a Map, a Set or an object with a toJSON method.");
  }
  return copyMembers(value, place);
}

function checkAmount(value: unknown, place: Place): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  const what = typeof value === "number" ? `is ${String(value)}` : `is ${describe(value)}`;
  refuse(
    place,
    `${what}, but must be a non-negative whole number of minor units, such as 4299 for 42.99 EUR. Nothing was sent.`,
  );
}

function refuse({ names }: Place, message: string): never {
  const steps = names.map((name) => (typeof name === "number" ? `[${String(name)}]` : `.${name}`));
  throw new PurseInvalidArgumentError(`params${steps.join("")}`, message);
}
