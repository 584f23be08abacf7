import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { pageChecker } from "./docs-check/check.js";
import { describeReport } from "./docs-check/report.js";
import { readSpec, type Spec } from "./spec/document.js";

const specFile = "openapi/purse-payment-api-v2.yaml";

const help = `Compares the vendor's API page with the OpenAPI description.

  npm run docs:check -- FILE          FILE: the page's text, or the page as saved by a browser (HTML)
  npm run docs:check -- --json FILE   print the report as JSON
  npm run docs:check -- --spec SPEC FILE

Exit code: 0 the spec covers the page and the page the spec; 1 they differ; 2 there is no page to compare.
`;
const remedy = "save the vendor's API page as text or HTML and pass its path";

function readSource(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`cannot be read (${error instanceof Error ? error.message : String(error)})`, {
      cause: error,
    });
  }
}

function check(file: string, spec: Spec, asJson: boolean): number {
  const source = readSource(file);
  if (source.trim() === "") throw new Error("is empty");
  const report = pageChecker(spec)(source);
  if (report.counts.examples === 0)
    throw new Error("shows no JSON example, so it is not that page or not all of it");
  console.log(asJson ? JSON.stringify({ file, ...report }, undefined, 2) : describeReport(file, report));
  return report.differences.length === 0 ? 0 : 1;
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean" },
      spec: { type: "string", default: specFile },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    console.log(help);
    return 0;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error(`name one file: ${remedy}`);
  const spec = readSpec(values.spec);
  try {
    return check(file, spec, values.json === true);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}; ${remedy}`, {
      cause: error,
    });
  }
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(`docs:check: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
