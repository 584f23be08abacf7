/** The candidate that a name was most likely changed to, if any is likely at all. */
export function similarName(name: string, candidates: readonly string[]): string | undefined {
  const scored = candidates.map((candidate) => ({ candidate, score: likeness(name, candidate) }));
  const [best] = scored.filter(({ score }) => score >= 0.5).sort((a, b) => b.score - a.score);
  return best?.candidate;
}

/** From 0 to 1, by the words that both have: `merchant_reference` and `reference` share one of two. */
export function likeness(first: string, second: string): number {
  const [ours, theirs] = [wordsOf(first), wordsOf(second)];
  const shared = [...ours].filter((word) => theirs.has(word)).length;
  return shared / Math.max(ours.size, theirs.size, 1);
}

function wordsOf(name: string): Set<string> {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return new Set(words.filter((word) => word !== "").map((word) => word.replace(/(?:ations?|e?s)$/, "")));
}
