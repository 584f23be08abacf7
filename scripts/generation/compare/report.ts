import { printable } from "../read/input-error.js";
import type { Change, Word } from "./change.js";

const shownWords: Readonly<Record<Word, string>> = {
  breaking: "BREAKING  ",
  review: "review    ",
  compatible: "compatible",
};
const order: readonly Word[] = ["breaking", "review", "compatible"];
const longestList = 400;

/** The changes by schema or operation, the worst first, each once. */
export function reportLines(changes: readonly Change[]): string[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) groups.set(change.heading, [...(groups.get(change.heading) ?? []), change]);
  const rank = (group: readonly Change[]): number =>
    Math.min(...group.map(({ word }) => order.indexOf(word)));
  const lines = [...groups]
    .sort(([, a], [, b]) => rank(a) - rank(b))
    .flatMap(([heading, group]) => [
      printable(heading, 120),
      ...group
        .sort((a, b) => order.indexOf(a.word) - order.indexOf(b.word))
        .map((change) =>
          printable(`  ${shownWords[change.word]}  ${change.text}${where(change)}`, longestList),
        ),
    ]);
  return [...lines, ...summary(changes)];
}

function where({ direction, places }: Change): string {
  const parts = [
    ...(direction === undefined ? [] : [direction === "request" ? "in requests" : "in answers"]),
    ...(places === undefined || places === 1 ? [] : [`in ${String(places)} places`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function summary(changes: readonly Change[]): string[] {
  if (changes.length === 0) return ["no changes"];
  const counts = order.map(
    (word) => `${String(changes.filter((change) => change.word === word).length)} ${shownWords[word].trim()}`,
  );
  return [`${String(changes.length)} change${changes.length === 1 ? "" : "s"}: ${counts.join(", ")}`];
}
