import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { pageChecker } from "./docs-check/check.js";
import { readSpec, type Spec } from "./spec/document.js";
import { alterations } from "./spec-mutations/alterations.js";
import { mutations } from "./spec-mutations/mutations.js";
import { differencesOf, listingOf } from "./spec/listing.js";
import { findFaults } from "./spec/provenance.js";

const specFile = "openapi/purse-payment-api-v2.yaml";
const listing = readFileSync("openapi/statements.txt", "utf8");
const page = readFileSync("openapi/vendor-page.txt", "utf8");

const help = `Makes deliberate mistakes and says what notices them: in the OpenAPI description, and in the kept text of the
vendor's documentation (openapi/vendor-page.txt).

  npm run spec:mutations

Exit code: 0 all were noticed; 1 one was not.
`;

/** Each check, and how much it finds wrong with a description. */
const checks: Readonly<Record<string, (spec: Spec) => number>> = {
  statements: (spec) => differencesOf(listing, listingOf(spec)).length,
  labels: (spec) => findFaults(spec).length,
  page: (spec) => pageChecker(spec)(page).differences.length,
};

/** A description so broken that a check cannot read it is noticed, too. */
function found(check: (spec: Spec) => number, spec: Spec): string {
  try {
    return String(check(spec));
  } catch {
    return "fails";
  }
}

function tryMutations(): number {
  const names = Object.keys(checks);
  console.log(["mistake in the description".padEnd(48), ...names.map((name) => name.padStart(10))].join(" "));
  let unnoticed = 0;
  for (const { what, apply } of mutations) {
    const spec = structuredClone(readSpec(specFile));
    apply(spec);
    const results = Object.values(checks).map((check) => found(check, spec));
    if (results.every((result) => result === "0")) unnoticed += 1;
    console.log([what.padEnd(48), ...results.map((result) => result.padStart(10))].join(" "));
  }
  return unnoticed;
}

function tryAlterations(): number {
  const check = pageChecker(readSpec(specFile));
  console.log(`\n${"change of the kept text".padEnd(48)} differences`);
  let unnoticed = 0;
  for (const { what, apply } of alterations) {
    const altered = apply(page);
    if (altered === page) throw new Error(`${what}: changes nothing`);
    const { differences } = check(altered);
    if (differences.length === 0) unnoticed += 1;
    const kinds = [...new Set(differences.map(({ kind }) => kind))].join(", ");
    console.log(`${what.padEnd(48)} ${String(differences.length).padStart(11)} ${kinds}`);
  }
  return unnoticed;
}

function main(): number {
  const { values } = parseArgs({ options: { help: { type: "boolean" } } });
  if (values.help === true) {
    console.log(help);
    return 0;
  }
  const before = pageChecker(readSpec(specFile))(page).differences.length;
  if (before > 0 || differencesOf(listing, listingOf(readSpec(specFile))).length > 0)
    throw new Error(
      "the description does not agree with what is kept: npm run spec:statements, npm run docs:check",
    );
  const unnoticed = tryMutations() + tryAlterations();
  const all = mutations.length + alterations.length;
  console.log(`\n${String(all - unnoticed)} of ${String(all)} noticed`);
  return unnoticed === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(`spec:mutations: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
