import type { Spec } from "../spec/document.js";
import { isRecord, itemsOf, replacedAt, sameJson, valueAt } from "../spec/json.js";

/** An entry of the spec's `x-example-repairs`: what the page shows and what the spec writes instead. */
interface Repair {
  readonly example: string;
  readonly member: string;
  readonly shown: unknown;
  readonly written: unknown;
}

export function listRepairs(spec: Spec): Repair[] {
  return itemsOf(valueAt(spec, "/x-example-repairs")).map((entry) => {
    if (!isRecord(entry) || typeof entry["example"] !== "string" || typeof entry["member"] !== "string")
      throw new Error("an entry of x-example-repairs lacks its example or its member");
    const { example, member, shown, written } = entry;
    return { example, member, shown, written };
  });
}

/** An example of the page as the spec would write it. Nothing changes that is not declared for this very example. */
export function repair(
  value: unknown,
  example: string,
  repairs: readonly Repair[],
): { value: unknown; applied: number } {
  const fitting = repairs.filter(
    (entry) => entry.example === example && sameJson(valueAt(value, entry.member), entry.shown),
  );
  const repaired = fitting.reduce((whole, { member, written }) => replacedAt(whole, member, written), value);
  return { value: repaired, applied: fitting.length };
}
