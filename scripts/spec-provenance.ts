import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readSpec } from "./spec/document.js";
import { countStatements, markdownTable, plainTable, withTable } from "./spec/provenance-table.js";
import { findFaults, listStatements } from "./spec/provenance.js";

const specFile = "openapi/purse-payment-api-v2.yaml";

const help = `Counts what the OpenAPI description states, by kind and by where it comes from.

  npm run spec:provenance                       print the table
  npm run spec:provenance -- --markdown         print it as Markdown
  npm run spec:provenance -- --check FILE       compare it with the one in the file (docs/vendor-api.md)
  npm run spec:provenance -- --write FILE       put it into the file
  npm run spec:provenance -- --spec FILE        count another description

In a file the table is between <!-- provenance --> and <!-- /provenance -->.
Values of closed lists and constants are not counted: they are part of what their property states.
Exit code: 0 in order; 1 a statement without a known provenance, or a stale table; 2 the command is wrong.
`;

function readArguments() {
  return parseArgs({
    options: {
      markdown: { type: "boolean" },
      check: { type: "string" },
      write: { type: "string" },
      spec: { type: "string", default: specFile },
      help: { type: "boolean" },
    },
  }).values;
}

function main(): number {
  const values = readArguments();
  if (values.help === true) {
    console.log(help);
    return 0;
  }
  const spec = readSpec(values.spec);
  const faults = findFaults(spec);
  for (const fault of faults) console.error(fault);
  const rows = countStatements(listStatements(spec));
  const file = values.check ?? values.write;
  if (file === undefined) console.log(values.markdown === true ? markdownTable(rows) : plainTable(rows));
  if (faults.length > 0) return 1;
  return file === undefined ? 0 : updateTable(file, markdownTable(rows), values.write !== undefined);
}

function updateTable(file: string, table: string, mayWrite: boolean): number {
  const text = readFileSync(file, "utf8");
  const updated = withTable(text, table);
  if (updated === undefined) {
    console.error(`${file}: lacks the lines <!-- provenance --> and <!-- /provenance -->`);
    return 2;
  }
  if (updated === text) {
    console.log(`${file}: the table agrees with the spec`);
    return 0;
  }
  if (!mayWrite) {
    console.error(`${file}: the table is stale: npm run spec:provenance -- --write ${file}`);
    return 1;
  }
  writeFileSync(file, updated);
  console.log(`${file}: table written`);
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(`spec:provenance: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
