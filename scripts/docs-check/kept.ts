import { createHash } from "node:crypto";
import type { Spec } from "../spec/document.js";
import { isRecord, itemsOf, replacedAt, valueAt } from "../spec/json.js";
import type { Difference } from "./difference.js";
import type { Candidate } from "./documented.js";
import type { Page, PlacedExample, ProseLine } from "./page.js";
import { listRepairs } from "./repairs.js";

/**
 * The text kept in the repository names the vendor's sentences and samples by their hashes: enough to notice that one
 * has changed, without keeping the vendor's page.
 */
export interface KeptHash {
  readonly line: number;
  readonly kind: "example" | "sentence";
  readonly hash: string;
  /** Of an example. */
  readonly name: string;
  /** Our own words for a sentence. */
  readonly words: string;
}

const kept = /^(example|sentence)\s+(?:([\w ]+?)\s+)?sha256:([0-9a-f]{16})(?:\s+(.*))?$/;
const comment = /^\/\/(?:\s|$)/;
const fewestWords = 2;

export function keptHashOf({ line, text }: ProseLine): KeptHash | undefined {
  const [, kind, name = "", hash = "", words = ""] = kept.exec(text.trim()) ?? [];
  if (kind !== "example" && kind !== "sentence") return undefined;
  return { line, kind, hash, name, words: words.trim() };
}

export function isComment(text: string): boolean {
  return comment.test(text.trim());
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Of a sentence however it is spaced, quoted or ended. */
export function sentenceHash(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/["'`“”‘’]/g, "")
    .replaceAll(/\s+/g, " ");
  return hashOf(plain.trim().replace(/[.:]+$/, ""));
}

/** The example as the page shows it, its members in one order. */
export function exampleHash(spec: Spec, name: string, value: unknown): string {
  return hashOf(JSON.stringify(inOrder(asShown(spec, name, value))));
}

/** With the faults of the page that the spec repairs. */
function asShown(spec: Spec, name: string, value: unknown): unknown {
  return listRepairs(spec)
    .filter(({ example }) => example === name)
    .reduce((whole, { member, shown }) => replacedAt(whole, member, shown), value);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => [name, inOrder(member)]),
  );
}

/** Sentences of the page that the spec was written from, by hash and in our own words. */
function listSentences(spec: Spec): { hash: string; says: string }[] {
  return itemsOf(valueAt(spec, "/x-page-sentences")).flatMap((entry) =>
    isRecord(entry) ? [{ hash: String(entry["sha256"]), says: String(entry["says"]) }] : [],
  );
}

const memberLine =
  /^\s*[a-z][a-z0-9_]*[\s:,]+(?:required|optional|default|enum|string|integer|object|boolean|array)\b/i;

/** Whether a line begins with the name of a member and says what kind of member it is. */
export function isMemberLine(text: string): boolean {
  return /^\s*[a-z]/.test(text) && memberLine.test(text);
}

export function isSentence(text: string): boolean {
  return !isMemberLine(text) && text.trim().split(/\s+/).length >= fewestWords;
}

/** Sentences that have gone, come or changed. A page that has none of them is not the one they were taken from. */
export function sentenceDifferences(spec: Spec, page: Page): Difference[] {
  const known = listSentences(spec);
  const told = page.kept.filter(({ kind }) => kind === "sentence");
  const seen = new Map([
    ...page.sentences.map(({ line, text }) => [sentenceHash(text), { line, text }] as const),
    ...told.map(({ line, hash, words }) => [hash, { line, text: words }] as const),
  ]);
  if (!known.some(({ hash }) => seen.has(hash))) return [];
  const gone = known.filter(({ hash }) => !seen.has(hash));
  const other = told.flatMap(({ line, hash, words }): Difference[] => {
    const ours = known.find((sentence) => sentence.hash === hash);
    if (ours === undefined || ours.says === words) return [];
    return [
      { kind: "sentence-change", subject: words, detail: `"${ours.says}" in the spec`, places: [{ line }] },
    ];
  });
  // A browser saves buttons and menus along with the text.
  const come =
    page.format === "HTML" ? [] : [...seen].filter(([hash]) => !known.some((one) => one.hash === hash));
  return [
    ...gone.map(({ says }): Difference => ({ kind: "sentence-gone", subject: says, detail: "", places: [] })),
    ...come.map(([, { line, text }]): Difference => ({
      kind: "new-sentence",
      subject: text.trim().slice(0, 100),
      detail: "",
      places: [{ line }],
    })),
    ...other,
  ];
}

/** Examples that the page names by hash, as the page shows them, and those whose hash is another one. */
export function keptExamples(
  spec: Spec,
  page: Page,
  candidates: readonly Candidate[],
): { examples: PlacedExample[]; differences: Difference[] } {
  const documented = candidates.flatMap((candidate) => candidate.documented);
  const named = page.kept
    .filter(({ kind }) => kind === "example")
    .map((kept) => ({ ...kept, ours: documented.find(({ name }) => name === kept.name) }));
  return {
    examples: named.flatMap(({ line, name, ours }) => {
      const value = ours === undefined ? undefined : asShown(spec, name, ours.value);
      return isRecord(value) ? [{ line, value, after: ours?.body.operationId }] : [];
    }),
    differences: named.flatMap(({ line, name, hash, ours }): Difference[] => {
      const at = { subject: name, places: [{ line }] };
      if (ours === undefined) return [{ ...at, kind: "new-example", detail: "named by its hash" }];
      if (exampleHash(spec, name, ours.value) === hash) return [];
      return [{ ...at, kind: "changed-example", detail: "its hash is another one" }];
    }),
  };
}
