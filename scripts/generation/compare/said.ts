import type { Json } from "../read/json.js";

/** What a schema says, however it is said: references followed, `allOf` taken together, "or null" among the types. */
export interface View {
  /** Undefined when the schema does not say. */
  types: ReadonlySet<string> | undefined;
  /** Of `enum`, `const` or an open list, without null. */
  values: readonly string[] | undefined;
  isOpen: boolean;
  members: ReadonlyMap<string, Json>;
  required: ReadonlySet<string>;
  limits: ReadonlyMap<string, Bound>;
  choices: readonly Choice[];
  /** Every other keyword with all that is said by it, so that nothing can be left out of a comparison. */
  rest: ReadonlyMap<string, readonly Json[]>;
}

export interface Bound {
  value: number;
  isExclusive: boolean;
}

export interface Choice {
  keyword: string;
  parts: readonly Json[];
}

/** By the keyword that a limit is shown by: whether a higher number lets fewer values through. */
export const limitKeywords: ReadonlyMap<string, boolean> = new Map([
  ...["minimum", "minLength", "minItems", "minProperties"].map((name) => [name, true] as const),
  ...["maximum", "maxLength", "maxItems", "maxProperties"].map((name) => [name, false] as const),
]);

export function isTighter(word: string, bound: Bound, than: Bound): boolean {
  if (bound.value === than.value) return bound.isExclusive && !than.isExclusive;
  return limitKeywords.get(word) === true ? bound.value > than.value : bound.value < than.value;
}
