import { breaking, change, compatible, type Change, type Direction } from "./change.js";
import { text, type Flat } from "./flatten.js";
import { canonical, type Json } from "../read/json.js";

/** What a schema says of the value itself: type, format, lists, limits. */
export function compareValues(before: Flat, after: Flat, direction: Direction, here: string): Change[] {
  return [
    ...compareTypes(before, after, direction, here),
    ...compareFormats(before, after, direction, here),
    ...compareLists(before, after, direction, here),
    ...compareConstants(before, after, direction, here),
    ...compareLimits(before, after, direction, here),
    ...compareDefaults(before, after, direction, here),
    ...compareDeprecation(before, after, here),
  ];
}

function compareTypes(before: Flat, after: Flat, direction: Direction, here: string): Change[] {
  if (before.types.join() === after.types.join()) return [];
  const name = (types: readonly string[]): string => {
    const last = types.includes("null") ? ["null"] : [];
    return [...types.filter((type) => type !== "null"), ...last].join(" or ") || "anything";
  };
  const line = `${here}: type ${name(before.types)} → ${name(after.types)}`;
  const isWider = takes(after.types, before.types);
  const isNarrower = takes(before.types, after.types);
  // A request may send more than before, an answer may hold less.
  return [change(direction === "request" ? !isWider : !isNarrower, line)];
}

/** Whether every value of the one set of types is of the other. */
function takes(wide: readonly string[], narrow: readonly string[]): boolean {
  if (wide.length === 0) return true;
  if (narrow.length === 0) return false;
  return narrow.every((type) => wide.includes(type) || (type === "integer" && wide.includes("number")));
}

function compareFormats(before: Flat, after: Flat, direction: Direction, here: string): Change[] {
  const [was, is] = [before.keywords["format"], after.keywords["format"]];
  if (canonical(was) === canonical(is)) return [];
  if (was === undefined) return [change(direction === "request", `${here}: format ${show(is)} added`)];
  if (is === undefined) return [compatible(`${here}: format ${show(was)} removed`)];
  return [breaking(`${here}: format ${show(was)} → ${show(is)}`)];
}

function compareLists(before: Flat, after: Flat, direction: Direction, here: string): Change[] {
  const were = before.values ?? [];
  const are = after.values ?? [];
  const wasClosed = before.values !== undefined && !before.isOpenList;
  const isClosed = after.values !== undefined && !after.isOpenList;
  const isRequest = direction === "request";
  const changes: Change[] = [];
  if (!wasClosed && isClosed) {
    changes.push(change(isRequest, `${here}: only ${are.join(", ")} from now on`));
  }
  if (wasClosed && !isClosed) changes.push(change(!isRequest, `${here}: its list of values is now open`));
  const kind = isClosed ? "value" : "known value";
  const added = are.filter((value) => !were.includes(value));
  // An open list has always had more to come; a closed one in an answer has not.
  if (added.length > 0 && (wasClosed || !isClosed)) {
    changes.push(change(isClosed && !isRequest, `${here}: ${kind}s added: ${added.join(", ")}`));
  }
  const gone = were.filter((value) => !are.includes(value));
  if (gone.length > 0 && !(wasClosed && after.values === undefined)) {
    changes.push(breaking(`${here}: ${kind}s removed: ${gone.join(", ")}`));
  }
  return changes;
}

function compareConstants(before: Flat, after: Flat, direction: Direction, here: string): Change[] {
  const [was, is] = [before.keywords["const"], after.keywords["const"]];
  if (canonical(was) === canonical(is)) return [];
  if (was === undefined) return [change(direction === "request", `${here}: only ${show(is)} from now on`)];
  if (is === undefined) return [change(direction === "answer", `${here}: no longer only ${show(was)}`)];
  return [breaking(`${here}: only ${show(is)}, not ${show(was)}`)];
}

/** Limits, and whether a higher number lets fewer values through. */
const limits: readonly (readonly [string, boolean])[] = [
  ["minimum", true],
  ["exclusiveMinimum", true],
  ["minLength", true],
  ["minItems", true],
  ["minProperties", true],
  ["maximum", false],
  ["exclusiveMaximum", false],
  ["maxLength", false],
  ["maxItems", false],
  ["maxProperties", false],
];
const rules: readonly string[] = ["pattern", "multipleOf", "uniqueItems"];

/** In answers they do not reach the types, and the client does not check them. */
function compareLimits(before: Flat, after: Flat, direction: Direction, here: string): Change[] {
  const isRequest = direction === "request";
  const found = limits.flatMap(([keyword, isLower]) => {
    const [was, is] = [before.keywords[keyword], after.keywords[keyword]];
    if (canonical(was) === canonical(is)) return [];
    const isTighter = typeof is === "number" && (typeof was !== "number" || (isLower ? is > was : is < was));
    return [change(isRequest && isTighter, `${here}: ${keyword} ${show(was)} → ${show(is)}`)];
  });
  const others = rules.flatMap((keyword) => {
    const [was, is] = [before.keywords[keyword], after.keywords[keyword]];
    if (canonical(was) === canonical(is)) return [];
    return [change(isRequest && is !== undefined, `${here}: ${keyword} ${show(was)} → ${show(is)}`)];
  });
  return [...found, ...others];
}

/** Whoever leaves the member out gets something else from now on, perhaps an automatic capture. */
function compareDefaults(before: Flat, after: Flat, direction: Direction, here: string): Change[] {
  const [was, is] = [before.keywords["default"], after.keywords["default"]];
  if (canonical(was) === canonical(is)) return [];
  const isBreaking = direction === "request" && was !== undefined && is !== undefined;
  return [change(isBreaking, `${here}: default ${show(was)} → ${show(is)}`)];
}

function compareDeprecation(before: Flat, after: Flat, here: string): Change[] {
  const [was, is] = [before.keywords["deprecated"] === true, after.keywords["deprecated"] === true];
  if (was === is) return [];
  return [compatible(`${here}: ${is ? "deprecated" : "no longer deprecated"}`)];
}

function show(value: Json | undefined): string {
  return value === undefined ? "none" : text(value);
}
