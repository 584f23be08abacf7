import { canonical, type Json, type JsonObject } from "../read/json.js";
import { isTighter, type Bound, type View } from "./said.js";

/** What two schemas say together. */
export function merge(first: View, second: View, together: (schemas: readonly Json[]) => JsonObject): View {
  const members = new Map(first.members);
  for (const [name, schema] of second.members) {
    const known = members.get(name);
    members.set(name, known === undefined ? schema : together([known, schema]));
  }
  const limits = new Map(first.limits);
  for (const [word, bound] of second.limits) tighten(limits, word, bound);
  const rest = new Map(first.rest);
  for (const [word, values] of second.rest) {
    const all = [...(rest.get(word) ?? []), ...values];
    // Of defaults the outermost counts, which comes last.
    rest.set(
      word,
      word === "default" ? values : [...new Map(all.map((value) => [canonical(value), value])).values()],
    );
  }
  const lists = [first, second].filter(({ values }) => values !== undefined);
  const [one, other] = lists;
  return {
    types: intersect(first.types, second.types),
    values: other === undefined ? one?.values : one?.values?.filter((value) => other.values?.includes(value)),
    isOpen: lists.length > 0 && lists.every(({ isOpen }) => isOpen),
    members,
    required: new Set([...first.required, ...second.required]),
    limits,
    choices: [...first.choices, ...second.choices],
    rest,
  };
}

function intersect(first: View["types"], second: View["types"]): View["types"] {
  if (first === undefined || second === undefined) return first ?? second;
  const integer = (type: string): boolean =>
    type === "integer" && (first.has("number") || second.has("number"));
  return new Set(
    [...first, ...second].filter((type) => (first.has(type) && second.has(type)) || integer(type)),
  );
}

/** Of whole numbers, more than 0 is at least 1. */
export function settled(view: View): View {
  const { types } = view;
  if (types?.has("integer") !== true || [...types].some((type) => type !== "integer" && type !== "null"))
    return view;
  const limits = new Map(
    [...view.limits].map(([word, { value, isExclusive }]) => {
      if (word === "minimum")
        return [word, { value: isExclusive ? Math.floor(value) + 1 : Math.ceil(value), isExclusive: false }];
      if (word === "maximum")
        return [word, { value: isExclusive ? Math.ceil(value) - 1 : Math.floor(value), isExclusive: false }];
      return [word, { value, isExclusive }];
    }),
  );
  const rest = new Map(
    [...view.rest].filter(([word, values]) => word !== "multipleOf" || canonical([...values]) !== "[1]"),
  );
  return { ...view, limits, rest };
}

export function tighten(limits: Map<string, Bound>, word: string, bound: Bound): void {
  const known = limits.get(word);
  if (known === undefined || isTighter(word, bound, known)) limits.set(word, bound);
}
