import { minorUnitMembers, type OperationEntry } from "../../generated/operations.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { describe } from "./path.js";

const amounts: ReadonlySet<string> = new Set(minorUnitMembers);
const deepestLevel = 32;

/**
 * Checks a body and writes it as JSON, once: every attempt sends these bytes. The caller's object is left as it is.
 *
 * `JSON.stringify` alone would send `NaN` as null and drop functions without a word; and an amount with decimals
 * means that somebody took major units for minor ones.
 */
export function serializeBody(
  params: unknown,
  operation: OperationEntry,
  entityId: string | undefined,
): string {
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw new PurseInvalidArgumentError("params", `must be an object, but is ${describe(params)}.`);
  }
  const body: Record<string, unknown> = { ...params, ...operation.constantMembers };
  if (operation.takesEntityId && entityId !== undefined) body["entity_id"] ??= entityId;
  for (const name of operation.requiredMembers) {
    if (body[name] !== undefined) continue;
    const hint = name === "entity_id" ? " Give it here or as the client's entityId." : "";
    throw new PurseInvalidArgumentError(`params.${name}`, `is missing, and the API requires it.${hint}`);
  }
  checkMembers(body, "params", []);
  return JSON.stringify(body);
}

function checkMembers(node: object, place: string, parents: readonly object[]): void {
  if (parents.includes(node)) throw new PurseInvalidArgumentError(place, "refers to itself.");
  if (parents.length >= deepestLevel) throw new PurseInvalidArgumentError(place, "is nested too deeply.");
  const lineage = [...parents, node];
  for (const [name, value] of Object.entries(node)) {
    const member = Array.isArray(node) ? `${place}[${name}]` : `${place}.${name}`;
    if (value === undefined && Array.isArray(node)) {
      throw new PurseInvalidArgumentError(member, "is missing from its list.");
    }
    if (value === undefined) continue;
    if (!Array.isArray(node) && amounts.has(name)) checkAmount(value, member);
    checkValue(value, member, lineage);
  }
}

function checkValue(value: unknown, place: string, lineage: readonly object[]): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new PurseInvalidArgumentError(place, "must be a finite number.");
  }
  if (typeof value === "bigint" || typeof value === "function" || typeof value === "symbol") {
    throw new PurseInvalidArgumentError(place, `cannot be sent as JSON: it is ${describe(value)}.`);
  }
  if (typeof value !== "object" || value === null) return;
  // What it would turn into escapes the checks above. A Date turns into text and nothing else.
  const isOther =
    "toJSON" in value ? !(value instanceof Date) : Symbol.iterator in value && !Array.isArray(value);
  if (isOther) {
    throw new PurseInvalidArgumentError(
      place,
      "must be plain data, not a Map, a Set or an object with a toJSON method.",
    );
  }
  checkMembers(value, place, lineage);
}

function checkAmount(value: unknown, place: string): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  const what = typeof value === "number" ? `is ${String(value)}` : `is ${describe(value)}`;
  throw new PurseInvalidArgumentError(
    place,
    `${what}, but must be a non-negative whole number of minor units, such as 4299 for 42.99 EUR. Nothing was sent.`,
  );
}
