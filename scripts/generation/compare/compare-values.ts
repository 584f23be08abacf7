import { canonical, isObject, type Json } from "../read/json.js";
import { breakingIf, type Say } from "./change.js";
import { isTighter, type Bound, type View } from "./said.js";
import { shown } from "./view.js";

/** What a schema says of the value itself: type, values, limits. */
export function compareValues(before: View, after: View, isRequest: boolean, say: Say): void {
  compareTypes(before, after, isRequest, say);
  compareLists(before, after, isRequest, say);
  for (const word of new Set([...before.limits.keys(), ...after.limits.keys()])) {
    const [was, is] = [before.limits.get(word), after.limits.get(word)];
    if (was?.value === is?.value && was?.isExclusive === is?.isExclusive) continue;
    const isTightened = is !== undefined && (was === undefined || isTighter(word, is, was));
    // In answers limits do not reach the types, and the client does not check them.
    say(breakingIf(isRequest && isTightened), `${word} ${showBound(was)} → ${showBound(is)}`);
  }
}

export function typesDiffer(before: View, after: View, withNull: boolean): boolean {
  return nameTypes(before, withNull) !== nameTypes(after, withNull);
}

function nameTypes({ types }: View, withNull = true): string {
  if (types === undefined) return "anything";
  const named = [...types]
    .filter((type) => type !== "null" && !(type === "integer" && types.has("number")))
    .sort();
  return [...named, ...(types.has("null") && withNull ? ["null"] : [])].join(" or ") || "nothing";
}

function compareTypes(before: View, after: View, isRequest: boolean, say: Say): void {
  if (!typesDiffer(before, after, true)) return;
  const [wide, narrow] = isRequest ? [after.types, before.types] : [before.types, after.types];
  say(breakingIf(!takes(wide, narrow)), `type ${nameTypes(before)} → ${nameTypes(after)}`);
}

/** Whether every value of the one set of types is of the other. */
function takes(wide: View["types"], narrow: View["types"]): boolean {
  if (wide === undefined || narrow === undefined) return wide === undefined;
  return [...narrow].every((type) => wide.has(type) || (type === "integer" && wide.has("number")));
}

function compareLists(before: View, after: View, isRequest: boolean, say: Say): void {
  const [were, are] = [before.values ?? [], after.values ?? []];
  const wasClosed = before.values !== undefined && !before.isOpen;
  const isClosed = after.values !== undefined && !after.isOpen;
  const kind = isClosed ? "value" : "known value";
  if (!wasClosed && isClosed && isRequest) say("breaking", `only ${are.join(", ")} from now on`);
  // Answers are read as open lists anyway.
  if (wasClosed && !isClosed && isRequest) say("compatible", "its list of values is now open");
  const added = are.filter((value) => !were.includes(value));
  if (added.length > 0 && (isRequest ? wasClosed || !isClosed : before.values !== undefined)) {
    say(isRequest ? "compatible" : "review", `${kind} added: ${added.join(", ")}`);
  } else if (added.length > 0 && !isRequest) say("compatible", `values known now: ${added.join(", ")}`);
  const gone = were.filter((value) => !are.includes(value));
  if (gone.length > 0 && !(isRequest && wasClosed && !isClosed)) {
    say("breaking", `${kind} removed: ${gone.join(", ")}`);
  }
}

/** Words that narrow what is taken, and how an answer that has them otherwise is to be seen. */
const narrowing: ReadonlyMap<string, "review" | "compatible"> = new Map([
  ...["pattern", "multipleOf", "uniqueItems"].map((word) => [word, "compatible"] as const),
  ...["not", "if", "then", "else", "contains", "minContains", "maxContains", "prefixItems"].map(
    (word) => [word, "review"] as const,
  ),
  ...["dependentRequired", "dependentSchemas", "dependencies", "propertyNames"].map(
    (word) => [word, "review"] as const,
  ),
  ...["patternProperties", "unevaluatedItems", "unevaluatedProperties"].map(
    (word) => [word, "review"] as const,
  ),
]);

/**
 * Every other keyword: what it said and says now. One that is not understood is for a person to look at.
 *
 * @param expand writes out what is referred to, so that a change behind a reference is one here.
 */
export function compareRest(
  [before, after]: readonly [View, View],
  expand: readonly [(value: Json) => Json, (value: Json) => Json],
  walked: ReadonlySet<string>,
  isRequest: boolean,
  say: Say,
): void {
  for (const word of new Set([...before.rest.keys(), ...after.rest.keys()])) {
    if (walked.has(word)) continue;
    const [were, are] = [before, after].map((view, index) =>
      (view.rest.get(word) ?? [])
        .map((value) => canonical(expand[index === 0 ? 0 : 1](value)))
        .flatMap((text) => clauses(word, text)),
    ) as [string[], string[]]; // As many as there are views.
    const appears = are.filter((text) => !were.includes(text));
    const vanishes = were.filter((text) => !are.includes(text));
    if (appears.length === 0 && vanishes.length === 0) continue;
    const text = `${word} ${show(vanishes)} → ${show(appears)}`;
    const inAnswers = narrowing.get(word);
    if (inAnswers !== undefined) say(isRequest ? breakingIf(appears.length > 0) : inAnswers, text);
    else if (word === "format") {
      const isOther = appears.length > 0 && vanishes.length > 0;
      say(breakingIf(isOther || (isRequest && appears.length > 0)), text);
    } else if (word === "default") {
      // A caller who leaves the member out gets something else from now on, perhaps an automatic capture.
      const words = vanishes.length === 0 ? "compatible" : appears.length > 0 ? "breaking" : "review";
      say(isRequest ? words : "compatible", text);
    } else if (word === "readOnly" || word === "writeOnly") {
      say(breakingIf(appears.length > 0 && isRequest === (word === "readOnly")), text);
    } else if (word === "null as a choice")
      say(breakingIf(isRequest === appears.length > 0 ? false : true), "null among the alternatives");
    else if (word === "deprecated")
      say("compatible", appears.length > 0 ? "deprecated" : "no longer deprecated");
    else say("review", `${text}; look at it by hand`);
  }
}

/** One that says several things says them one by one. */
function clauses(word: string, text: string): string[] {
  if (!["dependentRequired", "patternProperties", "dependentSchemas", "dependencies"].includes(word))
    return [text];
  const value = JSON.parse(text) as Json; // Written by JSON.stringify.
  if (!isObject(value)) return [text];
  return Object.entries(value).flatMap(([name, entry]) =>
    Array.isArray(entry)
      ? entry.map((other) => `${name}: ${shown(other)}`)
      : [`${name}: ${JSON.stringify(entry)}`],
  );
}

function show(texts: readonly string[]): string {
  const text = texts.join(" and ").replaceAll(/^"|"$/g, "");
  return texts.length === 0 ? "none" : text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function showBound(bound: Bound | undefined): string {
  if (bound === undefined) return "none";
  return bound.isExclusive ? `excluding ${String(bound.value)}` : String(bound.value);
}
