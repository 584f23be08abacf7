import { canonical, isObject, resolveNode, stringAt, type Json, type JsonObject } from "../read/json.js";
import { isDocumentation } from "../read/openapi-walk.js";
import { breakingIf, sayTo, type Change, type Direction, type Say } from "./change.js";
import { compareChoices } from "./compare-choices.js";
import { compareRest, compareValues, typesDiffer } from "./compare-values.js";
import { peel } from "./peel.js";
import { similarName } from "./similar.js";
import type { View } from "./said.js";
import { asObject, createViews, type Views } from "./view.js";

/** Two descriptions that are compared. */
export interface Pair {
  before: JsonObject;
  after: JsonObject;
}

/** One pair of schemas in one direction: its own changes, and what is inside. */
export interface Step {
  changes: Change[];
  inside: Set<Step>;
}

export interface Place {
  heading: string;
  path: string;
}

export type Walk = (before: Json, after: Json, place: Place) => Step;

export interface Comparison {
  views: { before: Views; after: Views };
  /** @param withNull false when the difference in null was told already. */
  walk(before: Json, after: Json, direction: Direction, place: Place): Step;
}

type Met = (before: JsonObject, after: JsonObject) => void;

/** Compares schemas member by member, each pair once, however the schemas are cut. */
export function createComparison(documents: Pair, met: Met = () => undefined): Comparison {
  const views = { before: createViews(documents.before), after: createViews(documents.after) };
  const steps = new Map<JsonObject, Map<JsonObject, Map<string, Step>>>();
  const expanders = [expander(documents.before), expander(documents.after)] as const;

  function walk(before: Json, after: Json, direction: Direction, place: Place, withNull = true): Step {
    met(asObject(before), asObject(after));
    const ours = peel(documents.before, asObject(before));
    const theirs = peel(documents.after, asObject(after));
    const name = ours.name ?? (ours.isPeeled ? theirs.name : undefined);
    const isCut = (ours.isPeeled || theirs.isPeeled) && ours.name !== undefined;
    if (isCut) return wrapped(before, after, direction, place, [ours.node, theirs.node], ours.name);
    const here = name === undefined ? place : { heading: name, path: "" };
    const known = steps.get(ours.node) ?? new Map<JsonObject, Map<string, Step>>();
    steps.set(ours.node, known);
    const kinds = known.get(theirs.node) ?? new Map<string, Step>();
    known.set(theirs.node, kinds);
    const kind = `${direction} ${String(withNull)}`;
    const done = kinds.get(kind);
    if (done !== undefined) return done;
    const step: Step = { changes: [], inside: new Set() };
    kinds.set(kind, step);
    const descend: Walk = (first, second, there) => {
      const inner = walk(first, second, direction, there);
      step.inside.add(inner);
      return inner;
    };
    const [was, is] = [views.before.of(ours.node), views.after.of(theirs.node)];
    const pair = withNull ? ([was, is] as const) : ([sansNull(was), sansNull(is)] as const);
    const changes: Change[] = [];
    const say = sayTo(changes, here.heading, prefixOf(here));
    const isRequest = direction === "request";
    if (!compareChoices({ views, isRequest, place: here, say, descend }, ours.node, theirs.node)) {
      compareViews(pair, isRequest, here, say, descend);
    }
    step.changes = changes.map((change) => ({ ...change, direction }));
    return step;
  }

  /** Null is told at the place, and the rest at the schema that the place refers to. */
  function wrapped(
    before: Json,
    after: Json,
    direction: Direction,
    place: Place,
    inner: readonly [JsonObject, JsonObject],
    name = "",
  ): Step {
    const step: Step = { changes: [], inside: new Set() };
    const [was, is] = [views.before.of(before), views.after.of(after)];
    const [had, has] = [was, is].map(({ types }) => types?.has("null") === true);
    if (had !== has && typesDiffer(was, is, true)) {
      const say = sayTo(step.changes, place.heading, prefixOf(place));
      say(
        breakingIf((direction === "request") === (had === true)),
        has === true ? "may be null now" : "null no more",
      );
    }
    for (const change of step.changes) change.direction = direction;
    step.inside.add(walk(...inner, direction, { heading: name, path: "" }, false));
    return step;
  }

  function compareViews(
    [before, after]: readonly [View, View],
    isRequest: boolean,
    place: Place,
    say: Say,
    descend: Walk,
  ): void {
    compareValues(before, after, isRequest, say);
    const bothTake = (type: string): boolean =>
      [before, after].every(({ types }) => types?.has(type) !== false);
    if (bothTake("object")) compareMembers(before, after, isRequest, place, say, descend);
    compareInner([before, after], isRequest, place, say, descend);
    compareRest([before, after], expanders, walkedWords, isRequest, say);
  }

  function compareInner(
    [before, after]: readonly [View, View],
    isRequest: boolean,
    place: Place,
    say: Say,
    descend: Walk,
  ): void {
    for (const [word, sign, others] of inner) {
      const [were, are] = [before.rest.get(word), after.rest.get(word)];
      const [was, is] = [kindOf(were), kindOf(are)];
      if (was === "typed" && is === "typed") {
        const there = { ...place, path: place.path + sign };
        descend(views.before.together(were ?? []), views.after.together(are ?? []), there);
      } else if (was === is) continue;
      else if (is === "none") say(breakingIf(isRequest || was === "typed"), `${others} are refused now`);
      else if (is === "typed" && was !== "none")
        say(isRequest ? "breaking" : "review", `${others} have a type now`);
      else if (was === "typed") say(breakingIf(!isRequest), `${others} have no described type any more`);
      else say("compatible", `${others} are ${is === "unsaid" ? "not mentioned any more" : "allowed now"}`);
    }
  }

  return { views, walk: (before, after, direction, place) => walk(before, after, direction, place) };
}

const inner = [
  ["items", "[]", "entries"],
  ["additionalProperties", ".*", "other members"],
] as const;
const walkedWords: ReadonlySet<string> = new Set(inner.map(([word]) => word));

/** What is said of entries or of other members. */
function kindOf(said: readonly Json[] | undefined): "unsaid" | "none" | "any" | "typed" {
  if (said === undefined) return "unsaid";
  if (said.includes(false)) return "none";
  return said.every((schema) => schema === true || canonical(schema) === "{}") ? "any" : "typed";
}

function compareMembers(
  before: View,
  after: View,
  isRequest: boolean,
  place: Place,
  say: Say,
  descend: Walk,
): void {
  const added = [...after.members.keys()].filter((name) => !before.members.has(name));
  const renamed = new Map<string, string>();
  for (const [name, schema] of before.members) {
    const other = after.members.get(name);
    if (other === undefined) {
      const like = similarName(
        name,
        added.filter((candidate) => !renamed.has(candidate)),
      );
      if (like !== undefined) renamed.set(like, name);
      say("breaking", `${name}: member removed${like === undefined ? "" : ` (${name} → ${like}?)`}`);
      if (like !== undefined) descend(schema, after.members.get(like) ?? {}, inside(place, like));
    } else descend(schema, other, inside(place, name));
  }
  for (const name of new Set([...before.required, ...after.required])) {
    const [was, is] = [before.required.has(name), after.required.has(name)];
    const isKnown = before.members.has(name) && after.members.has(name);
    const isNew = !before.members.has(name) && after.members.has(name);
    const isGone = before.members.has(name) && !after.members.has(name);
    if (was === is || isNew || isGone) continue;
    const where = isKnown ? "" : ", though it is no described member";
    if (is) say(breakingIf(isRequest), `${name}: required now${where}`);
    else say(isRequest ? "compatible" : "review", `${name}: no longer required${where}`);
  }
  for (const name of added) {
    const isRequired = after.required.has(name);
    say(breakingIf(isRequest && isRequired), `${name}: new ${isRequired ? "required" : "optional"} member`);
  }
}

function inside({ heading, path }: Place, name: string): Place {
  return { heading, path: path === "" ? name : `${path}.${name}` };
}

function prefixOf({ path }: Place): string {
  return path === "" ? "" : `${path}: `;
}

function sansNull(view: View): View {
  return view.types === undefined
    ? view
    : { ...view, types: new Set([...view.types].filter((type) => type !== "null")) };
}

/** Writes out what a value refers to, so that texts of it can be compared; a circle ends at its name. */
function expander(document: JsonObject): (value: Json) => Json {
  const expand = (value: Json, within: readonly string[]): Json => {
    if (Array.isArray(value)) return value.map((entry) => expand(entry, within));
    if (!isObject(value)) return value;
    const reference = stringAt(value, "$ref");
    if (reference !== undefined && !within.includes(reference)) {
      return expand(resolveNode(document, { $ref: reference }), [...within, reference]);
    }
    const said = Object.entries(value).filter(([word]) => !isDocumentation(word));
    return Object.fromEntries(said.map(([word, entry]) => [word, expand(entry, within)]));
  };
  return (value) => expand(value, []);
}
