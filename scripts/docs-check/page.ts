import { constantsOf, type PageConstant } from "./constants.js";
import { isHtml, textOfHtml } from "./html.js";
import { findExamples, type BrokenExample, type PageExample } from "./json-examples.js";
import { isComment, isMemberLine, isSentence, keptHashOf, type KeptHash } from "./kept.js";
import { isMethodOrPath, sectionOf, type Section } from "./sections.js";
import { looksLikeTitle, statusOf, titleOf, type OperationTitle } from "./titles.js";

/** A line of the page that is no example. */
export interface ProseLine {
  readonly line: number;
  readonly text: string;
}

export interface PlacedExample extends PageExample {
  /** The operation whose title stands last before it. */
  readonly after: string | undefined;
}

/** Everything in the vendor's page that the spec can be compared with. */
export interface Page {
  readonly format: "text" | "HTML";
  readonly examples: readonly PlacedExample[];
  readonly broken: readonly BrokenExample[];
  readonly constants: readonly PageConstant[];
  /** Line of the first title, by operation. */
  readonly operations: ReadonlyMap<string, number>;
  readonly unknownTitles: readonly ProseLine[];
  /** What follows each title, once for an operation: the first time. */
  readonly sections: readonly Section[];
  readonly sentences: readonly ProseLine[];
  readonly kept: readonly KeptHash[];
  /** Line of the first title, by status code. */
  readonly statuses: ReadonlyMap<string, number>;
}

export function readPage(source: string, titles: readonly OperationTitle[]): Page {
  const html = isHtml(source);
  const { examples, broken, prose } = findExamples(html ? textOfHtml(source) : source);
  const kept: KeptHash[] = [];
  const told = prose.filter((line) => {
    const hash = keptHashOf(line);
    if (hash !== undefined) kept.push(hash);
    return hash === undefined && !isComment(line.text);
  });
  const operations = new Map<string, number>();
  const statuses = new Map<string, number>();
  const constants: PageConstant[] = [];
  const unknownTitles: ProseLine[] = [];
  const sentences: ProseLine[] = [];
  const placedTitles: { line: number; operationId: string; at: number }[] = [];
  for (const [at, { line, text }] of told.entries()) {
    const status = statusOf(text);
    const operationId = titleOf(text, titles);
    if (operationId !== undefined) {
      placedTitles.push({ line, operationId, at });
      if (!operations.has(operationId)) operations.set(operationId, line);
    } else if (status !== undefined) {
      if (!statuses.has(status)) statuses.set(status, line);
    } else if (!isMethodOrPath(text)) {
      if (looksLikeTitle(text) && !isMemberLine(text)) unknownTitles.push({ line, text: text.trim() });
      if (isSentence(text)) sentences.push({ line, text });
      constants.push(...constantsOf({ line, text }));
    }
  }
  const sections = placedTitles
    .map(({ operationId, line, at }, index) => {
      const lines = told.slice(at + 1, placedTitles[index + 1]?.at);
      return sectionOf(operationId, line, lines);
    })
    .filter(
      ({ operationId }, index, all) => index === all.findIndex((one) => one.operationId === operationId),
    );
  return {
    format: html ? "HTML" : "text",
    examples: withoutRepetitions(examples).map((example) => ({
      ...example,
      after: placedTitles.filter(({ line }) => line <= example.line).at(-1)?.operationId,
    })),
    broken,
    constants,
    operations,
    unknownTitles,
    statuses,
    sections,
    sentences,
    kept,
  };
}

/** A saved page repeats what operations have in common, the text of one does not: both give the same examples. */
function withoutRepetitions(examples: readonly PageExample[]): PageExample[] {
  const first = new Map<string, PageExample>();
  for (const example of examples) {
    const text = JSON.stringify(example.value);
    if (!first.has(text)) first.set(text, example);
  }
  return [...first.values()];
}
