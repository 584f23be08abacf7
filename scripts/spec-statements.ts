import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readSpec } from "./spec/document.js";
import { differencesOf, listingOf } from "./spec/listing.js";

const specFile = "openapi/purse-payment-api-v2.yaml";
const listing = "openapi/statements.txt";

const help = `Lists every statement of the OpenAPI description, and compares the list with ${listing}.

  npm run spec:statements               compare; exit 1 and print the lines that differ
  npm run spec:statements -- --write    write the list, after a change that is meant
  npm run spec:statements -- --spec FILE
`;

function main(): number {
  const { values } = parseArgs({
    options: {
      write: { type: "boolean" },
      spec: { type: "string", default: specFile },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    console.log(help);
    return 0;
  }
  const current = listingOf(readSpec(values.spec));
  if (values.write === true) {
    writeFileSync(listing, current);
    console.log(`wrote ${listing}`);
    return 0;
  }
  const differences = differencesOf(readFileSync(listing, "utf8"), current);
  for (const line of differences) console.error(line);
  if (differences.length === 0) console.log(`${listing} agrees with ${values.spec}`);
  return differences.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(`spec:statements: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
