import { canonical, type Json } from "../read/json.js";
import { referredName } from "../read/openapi-walk.js";
import { breakingIf, type Say } from "./change.js";
import type { Place, Walk } from "./compare-schemas.js";
import type { Choice, View } from "./said.js";
import { asObject, type Views } from "./view.js";

/** What alternatives are compared with. */
export interface ChoiceContext {
  views: { before: Views; after: Views };
  isRequest: boolean;
  place: Place;
  say: Say;
  descend: Walk;
}

/**
 * Compares `oneOf` and `anyOf`, each alternative with the one most like it.
 *
 * @returns whether that was all there is to compare: one schema became several, or several became one.
 */
export function compareChoices(context: ChoiceContext, ours: Json, theirs: Json): boolean {
  const { views, isRequest, place, say, descend } = context;
  const [before, after] = [views.before.of(ours), views.after.of(theirs)];
  const [was, is] = [before.choices[0], after.choices[0]];
  if (was === undefined && is !== undefined && isEmpty(after)) {
    say(breakingIf(!isRequest), `now one of ${String(is.parts.length)} alternatives`);
    descend(
      ours,
      likest(is.parts, (part) => likeness(views, ours, part)),
      place,
    );
    return true;
  }
  if (is === undefined && was !== undefined && isEmpty(before)) {
    say(breakingIf(isRequest), `no longer one of ${String(was.parts.length)} alternatives`);
    descend(
      likest(was.parts, (part) => likeness(views, part, theirs)),
      theirs,
      place,
    );
    return true;
  }
  for (let index = 0; index < Math.max(before.choices.length, after.choices.length); index += 1) {
    comparePair(context, before.choices[index], after.choices[index]);
  }
  return false;
}

function isEmpty({ members, values, limits, required, rest }: View): boolean {
  const words = [...rest.keys()].filter((word) => word !== "discriminator" && word !== "null as a choice");
  return members.size + limits.size + required.size + words.length === 0 && values === undefined;
}

function comparePair(context: ChoiceContext, was: Choice | undefined, is: Choice | undefined): void {
  const { isRequest, place, say, descend } = context;
  // The first alternatives where there were none narrow what a request may be.
  if (was === undefined) {
    say(isRequest ? "breaking" : "review", `now also one of ${String(is?.parts.length)} alternatives`);
    return;
  }
  if (is === undefined) {
    say(breakingIf(!isRequest), `no longer also one of ${String(was.parts.length)} alternatives`);
    return;
  }
  const pairs = pairUp(context.views, was.parts, is.parts);
  const added = is.parts.filter((part) => !pairs.some(([, theirs]) => theirs === part));
  const gone = was.parts.filter((part) => !pairs.some(([ours]) => ours === part));
  for (const [ours, theirs] of pairs) {
    const number = String(was.parts.indexOf(ours) + 1);
    descend(ours, theirs, { ...place, path: `${place.path}(${number})` });
  }
  if (added.length > 0) say(breakingIf(!isRequest), `alternative added: ${added.map(nameOf).join(", ")}`);
  if (gone.length > 0) say(breakingIf(isRequest), `alternative removed: ${gone.map(nameOf).join(", ")}`);
  if (was.keyword === is.keyword) return;
  const isLooser = is.keyword === "anyOf";
  say(isLooser || !isRequest ? "compatible" : "review", `${was.keyword} → ${is.keyword}`);
}

function nameOf(part: Json): string {
  const node = asObject(part);
  return referredName(node) ?? canonical(node).slice(0, 60);
}

/** The most similar first, each at most once, in no particular order of the lists. */
function pairUp(views: ChoiceContext["views"], were: readonly Json[], are: readonly Json[]): [Json, Json][] {
  const scored = were.flatMap((ours) =>
    are.map((theirs) => ({ ours, theirs, score: likeness(views, ours, theirs) })),
  );
  const pairs: [Json, Json][] = [];
  for (const { ours, theirs, score } of scored.sort((a, b) => b.score - a.score)) {
    if (score < 0.4 || pairs.some(([first, second]) => first === ours || second === theirs)) continue;
    pairs.push([ours, theirs]);
  }
  return pairs;
}

function likest(parts: readonly Json[], score: (part: Json) => number): Json {
  return [...parts].sort((a, b) => score(b) - score(a))[0] ?? {};
}

function likeness(views: ChoiceContext["views"], ours: Json, theirs: Json): number {
  const [first, second] = [asObject(ours), asObject(theirs)];
  if (canonical(first) === canonical(second)) return 4;
  const name = referredName(first);
  if (name !== undefined && name === referredName(second)) return 3;
  const [was, is] = [views.before.of(ours), views.after.of(theirs)];
  const sharesType =
    was.types === undefined || is.types === undefined || [...was.types].some((type) => is.types?.has(type));
  if (!sharesType) return 0;
  const names = [...was.members.keys()];
  const all = new Set([...names, ...is.members.keys()]);
  const shared = names.filter((member) => is.members.has(member));
  // A member with one value is what variants are told apart by.
  const isOther = shared.some((member) => {
    const [one, other] = [
      views.before.of(was.members.get(member) ?? {}),
      views.after.of(is.members.get(member) ?? {}),
    ];
    return one.values?.length === 1 && other.values?.length === 1 && one.values[0] !== other.values[0];
  });
  return isOther ? 0.1 : all.size === 0 ? 1 : shared.length / all.size;
}
