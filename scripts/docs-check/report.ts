import type { Report } from "./check.js";
import { differenceKinds, type Difference } from "./difference.js";

/** The report for people: differences by kind, then what was compared. */
export function describeReport(file: string, { format, counts, differences }: Report): string {
  const kinds = [...new Set(differences.map(({ kind }) => kind))];
  const sections = kinds.map((kind) => {
    const entries = differences.filter((difference) => difference.kind === kind);
    return [`${differenceKinds[kind]} (${String(entries.length)})`, ...entries.map(describe), ""].join("\n");
  });
  const outcome =
    differences.length === 0
      ? "full coverage, in both directions"
      : `${String(differences.length)} ${differences.length === 1 ? "difference" : "differences"}`;
  const hasLines = differences.some(({ places }) => places.length > 0);
  return [
    ...sections,
    ...(format === "HTML" && hasLines ? ["Lines are those of the text taken from the HTML.", ""] : []),
    `${file} (${format}): ${outcome}`,
    `  examples    ${String(counts.examples)} different ones; ${of(counts.documentedExamples)} documented ones found`,
    `  repairs     ${of(counts.repairs)} declared ones applied`,
    `  members     ${String(counts.members)} in the examples, ${String(counts.values)} of them from lists of values`,
    `  constants   ${String(counts.constants)} outside the examples`,
    `  operations  ${of(counts.operations)} documented ones have a title`,
    `  responses   ${of(counts.responses)} documented status codes have a title`,
  ].join("\n");
}

function of([part, whole]: readonly [number, number]): string {
  return `${String(part)} of ${String(whole)}`;
}

function describe({ subject, detail, places }: Difference): string {
  const [first, ...others] = places;
  const where =
    first === undefined ? "" : `line ${String(first.line)}${first.at === undefined ? "" : `, ${first.at}`}`;
  const more = others.length === 0 ? "" : ` (and ${String(others.length)} more)`;
  const what = detail === "" ? subject : `${subject}: ${detail}`;
  return [`  ${what}`, ...(where === "" ? [] : [`      ${where}${more}`])].join("\n");
}
