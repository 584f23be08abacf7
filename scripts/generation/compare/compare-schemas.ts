import { breaking, change, compatible, type Change, type Direction } from "./change.js";
import { compareValues } from "./compare-values.js";
import { flatten, type Flat } from "./flatten.js";
import { isObject, type JsonObject } from "../read/json.js";

/** Two descriptions that are compared. */
export interface Pair {
  before: JsonObject;
  after: JsonObject;
}

/** Field by field, through references and however the schemas are cut. */
export function compareSchemas(
  documents: Pair,
  schemas: Pair,
  direction: Direction,
  place = "",
  passed: readonly Pair[] = [],
): Change[] {
  const before = flatten(documents.before, schemas.before);
  const after = flatten(documents.after, schemas.after);
  const identity = { before: before.identity, after: after.identity };
  if (passed.some((pair) => pair.before === identity.before && pair.after === identity.after)) return [];
  const inside = [...passed, identity];
  const here = place === "" ? "the body" : place;
  const descend = (pair: Pair, step: string): Change[] =>
    compareSchemas(documents, pair, direction, place + step, inside);

  const own = compareValues(before, after, direction, here);
  // Of another kind altogether: its members have nothing in common to compare.
  if (own.some(({ text }) => text.includes(": type "))) return own;
  return [
    ...own,
    ...compareAlternatives(before, after, direction, here, descend),
    ...compareMembers(before, after, direction, place, descend),
    ...(before.items !== undefined && after.items !== undefined
      ? descend({ before: before.items, after: after.items }, "[]")
      : []),
    ...compareAdditional(before, after, direction, here, descend),
  ];
}

function compareMembers(
  before: Flat,
  after: Flat,
  direction: Direction,
  place: string,
  descend: (pair: Pair, step: string) => Change[],
): Change[] {
  const changes: Change[] = [];
  const prefix = place === "" ? "" : ".";
  const isRequest = direction === "request";
  for (const [name, schema] of before.members) {
    const there = place + prefix + name;
    const other = after.members.get(name);
    if (other === undefined) {
      changes.push(breaking(`${there}: member removed`));
      continue;
    }
    const was = before.required.has(name);
    const is = after.required.has(name);
    if (!was && is) changes.push(change(isRequest, `${there}: now required`));
    if (was && !is) changes.push(change(!isRequest, `${there}: no longer required`));
    changes.push(...descend({ before: schema, after: other }, prefix + name));
  }
  for (const name of after.members.keys()) {
    if (before.members.has(name)) continue;
    const there = place + prefix + name;
    const isRequired = after.required.has(name);
    changes.push(
      change(isRequest && isRequired, `${there}: new ${isRequired ? "required" : "optional"} member`),
    );
  }
  return changes;
}

function compareAdditional(
  before: Flat,
  after: Flat,
  direction: Direction,
  here: string,
  descend: (pair: Pair, step: string) => Change[],
): Change[] {
  const wasClosed = before.additional === false;
  const isClosed = after.additional === false;
  if (wasClosed !== isClosed) {
    // Answers are read leniently either way.
    return [
      isClosed
        ? change(direction === "request", `${here}: other members are now refused`)
        : compatible(`${here}: other members are now allowed`),
    ];
  }
  return isObject(before.additional) && isObject(after.additional)
    ? descend({ before: before.additional, after: after.additional }, ".*")
    : [];
}

function compareAlternatives(
  before: Flat,
  after: Flat,
  direction: Direction,
  here: string,
  descend: (pair: Pair, step: string) => Change[],
): Change[] {
  const [were, are] = [before.alternatives, after.alternatives];
  const shared = Math.min(were.length, are.length);
  const changes = were.slice(0, shared).flatMap((alternative, index) => {
    const other = are[index];
    // Also where both are the same reference: what it leads to may have changed.
    if (other === undefined) return [];
    return descend({ before: alternative, after: other }, `(${String(index + 1)})`);
  });
  if (are.length > shared) {
    // The first alternatives where there were none narrow what a request may be.
    const isBreaking = (direction === "request") === (shared === 0);
    changes.push(change(isBreaking, `${here}: ${String(are.length - shared)} more alternatives`));
  }
  if (were.length > shared) {
    const isBreaking = (direction === "request") === are.length > 0;
    changes.push(change(isBreaking, `${here}: ${String(were.length - shared)} fewer alternatives`));
  }
  return changes;
}
