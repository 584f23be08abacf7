import { STATUS_CODES } from "node:http";
import type { Spec } from "../spec/document.js";
import { createAjv } from "../spec/validator.js";
import { listResponses } from "../spec/operations.js";
import { grouped, short, shortJson, type Difference } from "./difference.js";
import { listCandidates, type Candidate } from "./documented.js";
import { examineExample } from "./examples.js";
import { matchExamples, type Match } from "./matching.js";
import { readPage, type Page } from "./page.js";
import { keptExamples, sentenceDifferences } from "./kept.js";
import { memberDifferences } from "./members.js";
import { operationDifferences } from "./operations.js";
import { listRepairs } from "./repairs.js";
import { listTitles, type OperationTitle } from "./titles.js";
import { listValueLists } from "./values.js";
import { goneValues, unknownConstants } from "./words.js";

/** How much was found and compared; the first of two numbers is what the page has of what the spec has. */
interface Counts {
  readonly examples: number;
  readonly documentedExamples: readonly [number, number];
  readonly repairs: readonly [number, number];
  readonly members: number;
  readonly values: number;
  readonly constants: number;
  readonly operations: readonly [number, number];
  readonly responses: readonly [number, number];
}

export interface Report {
  readonly format: Page["format"];
  readonly counts: Counts;
  readonly differences: readonly Difference[];
}

/** Compares the vendor's page with the spec, in both directions. What is read of the spec serves for many pages. */
export function pageChecker(spec: Spec): (source: string) => Report {
  const knowledge = {
    spec,
    titles: listTitles(spec),
    candidates: listCandidates(spec),
    ajv: createAjv(spec),
    lists: listValueLists(spec),
    repairs: listRepairs(spec),
  };
  return (source) => checkPage(knowledge, readPage(source, knowledge.titles));
}

interface Knowledge {
  readonly spec: Spec;
  readonly titles: readonly OperationTitle[];
  readonly candidates: readonly Candidate[];
  readonly ajv: ReturnType<typeof createAjv>;
  readonly lists: ReturnType<typeof listValueLists>;
  readonly repairs: ReturnType<typeof listRepairs>;
}

function checkPage({ spec, titles, candidates, ajv, lists, repairs }: Knowledge, page: Page): Report {
  const documented = titles.filter(({ isDocumented }) => isDocumented);
  const kept = keptExamples(spec, page, candidates);
  const examples = [...page.examples, ...kept.examples];
  const { matches, unplaced } = matchExamples(spec, ajv, candidates, examples);
  const examined = matches.map((match) => examineExample(spec, ajv, lists, repairs, match));
  const shown = examined.flatMap((entry) => entry.shown);
  const expected = expectedStatuses(spec);
  return {
    format: page.format,
    counts: {
      examples: examples.length,
      documentedExamples: [
        matches.filter(({ documented }) => documented !== undefined).length,
        candidates.flatMap(({ documented }) => documented).length,
      ],
      repairs: [sum(examined.map((entry) => entry.repairs)), repairs.length],
      members: sum(examined.map(({ members }) => members)),
      values: shown.length,
      constants: page.constants.length,
      operations: [
        documented.filter(({ operationId }) => page.operations.has(operationId)).length,
        documented.length,
      ],
      responses: [expected.filter((status) => page.statuses.has(status)).length, expected.length],
    },
    differences: grouped([
      ...examined.flatMap(({ differences }) => differences),
      ...unreadExamples(page, unplaced),
      ...unknownConstants(spec, lists, page.constants),
      ...page.unknownTitles.map(({ line, text }) => found("unknown-title", text, line)),
      ...unknownStatuses(spec, page),
      ...operationDifferences(spec, page),
      ...memberDifferences(spec, page),
      ...sentenceDifferences(spec, page),
      ...kept.differences,
      ...goneOperations(documented, page),
      ...goneExamples(candidates, matches),
      ...goneValues(spec, lists, shown, page.constants),
    ]),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function found(kind: Difference["kind"], subject: string, line: number, detail = ""): Difference {
  return { kind, subject, detail, places: [{ line }] };
}

function unreadExamples(page: Page, unplaced: Page["examples"]): Difference[] {
  return [
    ...unplaced.map(({ line, value, after }) =>
      found(
        "unplaced-example",
        shortJson(value),
        line,
        after === undefined ? "" : `after the title of ${after}`,
      ),
    ),
    ...page.broken.map(({ line, text, why }) => found("broken-example", short(text), line, why)),
  ];
}

function statusesOf(spec: Spec, isWanted: (provenance: unknown) => boolean): string[] {
  const wanted = listResponses(spec).filter(({ provenance }) => isWanted(provenance));
  return [...new Set(wanted.map(({ status }) => status))].sort();
}

function expectedStatuses(spec: Spec): string[] {
  return statusesOf(spec, (provenance) => provenance === "documented");
}

function unknownStatuses(spec: Spec, page: Page): Difference[] {
  const known = statusesOf(spec, () => true);
  const told = page.sections.flatMap(({ statuses }) => [...statuses.keys()]);
  return [...page.statuses]
    .filter(([status]) => !known.includes(status) && !told.includes(status))
    .map(([status, line]) => found("unknown-response", titleOfStatus(status), line));
}

function titleOfStatus(status: string): string {
  return `${status} ${STATUS_CODES[status] ?? ""}`.trim();
}

function goneOperations(titles: readonly OperationTitle[], page: Page): Difference[] {
  return titles
    .filter(({ operationId }) => !page.operations.has(operationId))
    .map(({ operationId }) => ({ kind: "operation-gone", subject: operationId, detail: "", places: [] }));
}

function goneExamples(candidates: readonly Candidate[], matches: readonly Match[]): Difference[] {
  const seen = new Set(matches.map(({ documented }) => documented));
  return candidates
    .flatMap(({ documented }) => documented)
    .filter((documented) => !seen.has(documented))
    .map(({ name, value }) => ({
      kind: "example-gone",
      subject: name,
      detail: shortJson(value),
      places: [],
    }));
}
