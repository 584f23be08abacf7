import { STATUS_CODES } from "node:http";
import { listOperations, type Spec } from "../spec/document.js";
import { valueAt } from "../spec/json.js";
import { listResponses } from "../spec/operations.js";
import type { Difference } from "./difference.js";
import { operationsFromElsewhere } from "./elsewhere.js";
import type { Page } from "./page.js";
import type { Section } from "./sections.js";

/** Methods, paths and statuses of each operation, where the page tells them. */
export function operationDifferences(spec: Spec, page: Page): Difference[] {
  const sections = new Map(page.sections.map((section) => [section.operationId, section]));
  return [
    ...page.sections.flatMap((section) => changedPath(spec, section)),
    ...gonePaths(spec, page.sections),
    ...page.sections.flatMap((section) => unknownStatuses(spec, page, section)),
    ...goneStatuses(spec, page, sections),
  ];
}

function placedOperation(spec: Spec, operationId: string) {
  return listOperations(spec).find(({ operation }) => operation.operationId === operationId);
}

/** The page may speak of paths from where the service is; names of path parameters do not matter. */
function isSamePath(ours: string, theirs: string): boolean {
  const plain = (path: string): string => path.replaceAll(/\{[^}]*\}/g, "{}").replace(/\/$/, "");
  return plain(ours) === plain(theirs) || plain(ours) === `/payment${plain(theirs)}`;
}

function changedPath(spec: Spec, { operationId, path: shown }: Section): Difference[] {
  const placed = placedOperation(spec, operationId);
  if (shown === undefined || placed === undefined) return [];
  if (placed.method === shown.method && isSamePath(placed.path, shown.path)) return [];
  return [
    {
      kind: "path-change",
      subject: operationId,
      detail: `${shown.method} ${shown.path} in the page, ${placed.method} ${placed.path} in the spec`,
      places: [{ line: shown.line }],
    },
  ];
}

/** A page that shows paths shows those of all operations of its own whose path is documented. */
function gonePaths(spec: Spec, sections: readonly Section[]): Difference[] {
  if (!sections.some(({ path }) => path !== undefined)) return [];
  return listOperations(spec)
    .filter(({ operation }) => valueAt(operation, "/x-path-provenance") === "documented")
    .filter(({ operation: { operationId } }) => !operationsFromElsewhere.includes(operationId))
    .filter(({ operation }) =>
      sections.every(
        (section) => section.operationId !== operation.operationId || section.path === undefined,
      ),
    )
    .map(({ operation, method, path }) => ({
      kind: "path-gone",
      subject: operation.operationId,
      detail: `${method} ${path}`,
      places: [],
    }));
}

/** What is under the title before it because its own title has gone is not new there. */
function unknownStatuses(spec: Spec, page: Page, { operationId, statuses }: Section): Difference[] {
  const known = listResponses(spec)
    .filter(
      (response) =>
        response.operationId === operationId ||
        (response.provenance === "documented" && !page.operations.has(response.operationId)),
    )
    .map(({ status }) => status);
  return [...statuses]
    .filter(([status]) => !known.includes(status))
    .map(([status, line]) => ({
      kind: "unknown-response",
      subject: `${operationId} ${titleOf(status)}`,
      detail: "",
      places: [{ line }],
    }));
}

/**
 * A title under another operation documents that one. Pages whose titles of answers are under no operation are compared
 * as a whole. Titles of successful answers come in too many words to be told from other lines.
 */
function goneStatuses(spec: Spec, page: Page, sections: ReadonlyMap<string, Section>): Difference[] {
  const documented = listResponses(spec).filter(({ provenance }) => provenance === "documented");
  const isSorted = page.sections.some(({ statuses }) => statuses.size > 0);
  return documented
    .filter(({ status }) => Number(status) >= 400)
    .filter(({ operationId }) => !isSorted || sections.has(operationId))
    .filter(({ operationId, status }) =>
      isSorted ? sections.get(operationId)?.statuses.has(status) !== true : !page.statuses.has(status),
    )
    .map(({ operationId, status }) => ({
      kind: "response-gone",
      subject: `${operationId} ${titleOf(status)}`,
      detail: "",
      places: [],
    }));
}

function titleOf(status: string): string {
  return `${status} ${STATUS_CODES[status] ?? ""}`.trim();
}
