export const differenceKinds = {
  "undeclared-member": "members that the spec does not declare",
  "unknown-value": "values that the spec does not list",
  "type-change": "values of another type than the spec's",
  "broken-rule": "examples that break a rule of the spec",
  "changed-example": "examples that no longer are as the spec has them",
  "new-example": "examples that the spec does not have",
  "unplaced-example": "examples that fit no schema of the spec",
  "broken-example": "examples that are no valid JSON",
  "unknown-constant": "constants that the spec does not know",
  "unknown-title": "titles that read like operations the spec does not have",
  "unknown-response": "responses that the spec does not have",
  "path-change": "operations whose method or path is another one",
  "member-change": "members of requests of which something else is said",
  "new-sentence": "sentences that the spec was not written from",
  "sentence-change": "sentences whose meaning is put otherwise in the spec",
  "operation-gone": "documented operations without a title in the page",
  "response-gone": "documented responses without a title in the page",
  "path-gone": "documented paths that the page no longer shows",
  "member-gone": "documented required members that the page no longer shows",
  "sentence-gone": "sentences that the page no longer has, in our words",
  "example-gone": "documented examples that the page no longer shows",
  "value-gone": "documented values that the page no longer shows",
} as const;
type DifferenceKind = keyof typeof differenceKinds;

export interface Place {
  /** Line of the page's text, from 1. */
  readonly line: number;
  /** Operation, direction and JSON Pointer into the example. */
  readonly at?: string;
}

export interface Difference {
  readonly kind: DifferenceKind;
  /** What differs, by the name it has in the spec. */
  readonly subject: string;
  readonly detail: string;
  /** Empty for what the page no longer shows. */
  readonly places: readonly Place[];
}

/** One difference for all places where the same thing differs. */
export function grouped(differences: readonly Difference[]): Difference[] {
  const groups = new Map<string, Difference>();
  for (const difference of differences) {
    const key = `${difference.kind} ${difference.subject}`;
    const known = groups.get(key);
    groups.set(
      key,
      known === undefined ? difference : { ...known, places: [...known.places, ...difference.places] },
    );
  }
  const order = Object.keys(differenceKinds);
  return [...groups.values()].sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind));
}

/** A value as JSON, short enough for a line. */
export function shortJson(value: unknown): string {
  return short(value === undefined ? "nothing" : JSON.stringify(value));
}

export function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
