import { constantsOf, type PageConstant } from "./constants.js";
import { isHtml, textOfHtml } from "./html.js";
import { findExamples, type BrokenExample, type PageExample } from "./json-examples.js";
import { looksLikeTitle, statusOf, titleOf, type OperationTitle } from "./titles.js";

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
  readonly unknownTitles: readonly { readonly line: number; readonly text: string }[];
  /** Line of the first title, by status code. */
  readonly statuses: ReadonlyMap<string, number>;
}

export function readPage(source: string, titles: readonly OperationTitle[]): Page {
  const html = isHtml(source);
  const { examples, broken, prose } = findExamples(html ? textOfHtml(source) : source);
  const operations = new Map<string, number>();
  const statuses = new Map<string, number>();
  const constants: PageConstant[] = [];
  const unknownTitles: { line: number; text: string }[] = [];
  const placedTitles: { line: number; operationId: string }[] = [];
  for (const { line, text } of prose) {
    const status = statusOf(text);
    const operationId = titleOf(text, titles);
    if (operationId !== undefined) {
      placedTitles.push({ line, operationId });
      if (!operations.has(operationId)) operations.set(operationId, line);
    } else if (status !== undefined) {
      if (!statuses.has(status)) statuses.set(status, line);
    } else {
      if (looksLikeTitle(text)) unknownTitles.push({ line, text: text.trim() });
      constants.push(...constantsOf({ line, text }));
    }
  }
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
