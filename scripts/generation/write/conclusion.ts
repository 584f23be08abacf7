import { printable } from "../read/input-error.js";
import type { Change } from "../compare/change.js";
import type { FromOptions } from "./from-file.js";

const mostErrors = 6;

/** What was done, what of `src/` no longer compiles, and what to do next, in the order of work. */
export function conclusion(
  { file, isDryRun, shownFolder, normalisedFile }: FromOptions,
  changes: readonly Change[],
  errors: readonly string[],
): string[] {
  const has = (word: string): boolean => changes.some((change) => change.word === word);
  const spec = "openapi/purse-payment-api-v2.yaml";
  const steps = [
    ...(has("review") ? ['read every line marked "review": only a person can judge it'] : []),
    ...(has("breaking")
      ? ['for every line marked "BREAKING", find what of src/ and of the guides rests on it']
      : []),
    ...(isDryRun && changes.length > 0
      ? [
          `npm run generate -- --from ${file} --normalised ${spec}   (replaces the description, writes ${shownFolder}/)`,
        ]
      : normalisedFile === undefined && changes.length > 0
        ? [`replace ${spec}: npm run generate -- --from ${file} --normalised ${spec}`]
        : []),
    ...(errors.length > 0 ? ["npm run types, and correct src/ until it compiles"] : []),
    ...(changes.length > 0
      ? [
          "npm run docs:api; npm run spec:provenance -- --write docs/vendor-api.md",
          "npm test",
          "npm run change, with what callers must know",
        ]
      : []),
  ];
  return [
    isDryRun
      ? "dry run: the files can be generated and compile; nothing was written"
      : `wrote ${shownFolder}/${normalisedFile === undefined ? "" : ` and ${normalisedFile}`}`,
    ...(errors.length === 0 ? [] : [`src/ no longer compiles with them, ${String(errors.length)} errors:`]),
    ...errors.slice(0, mostErrors).map((error) => `  ${printable(error, 160)}`),
    ...(errors.length > mostErrors ? [`  and ${String(errors.length - mostErrors)} more`] : []),
    ...(steps.length === 0 ? [] : ["next:"]),
    ...steps.map((step, index) => `  ${String(index + 1)}. ${step}`),
  ];
}
