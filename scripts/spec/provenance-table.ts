import { provenances, statementKinds, type Statement } from "./statement.js";

/** Counts by kind and provenance, with sums at the right and at the bottom; kinds that do not occur are left out. */
export function countStatements(statements: readonly Statement[]): string[][] {
  const columns = [...provenances, undefined];
  const count = (kind: string | undefined): string[] =>
    columns.map((word) =>
      String(
        statements.filter(
          (entry) =>
            (kind === undefined || entry.kind === kind) && (word === undefined || entry.provenance === word),
        ).length,
      ),
    );
  const kinds = statementKinds.filter((kind) => statements.some((entry) => entry.kind === kind));
  return [
    ["statement", ...provenances, "all"],
    ...kinds.map((kind) => [kind, ...count(kind)]),
    ["all", ...count(undefined)],
  ];
}

export function plainTable(rows: readonly (readonly string[])[]): string {
  const widths = widthsOf(rows);
  return rows.map((row) => padded(row, widths).join("  ").trimEnd()).join("\n");
}

/** As prettier writes tables, so that formatting the file changes nothing. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = widthsOf(rows).map((width) => Math.max(width, 3));
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  const [head = [], ...body] = rows.map((row) => padded(row, widths));
  return [head, rule, ...body].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const columns = rows[0] ?? [];
  return columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
}

/** Names to the left, numbers to the right. */
function padded(row: readonly string[], widths: readonly number[]): string[] {
  return row.map((cell, column) => {
    const width = widths[column] ?? 0;
    return column === 0 ? cell.padEnd(width) : cell.padStart(width);
  });
}

const opening = "<!-- provenance -->";
const closing = "<!-- /provenance -->";

/** The text with the table between the two markers; `undefined` when it lacks them. */
export function withTable(text: string, table: string): string | undefined {
  const start = text.indexOf(opening);
  const end = text.indexOf(closing, start);
  if (start < 0 || end < 0) return undefined;
  return `${text.slice(0, start)}${opening}\n\n${table}\n\n${text.slice(end)}`;
}
