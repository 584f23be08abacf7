import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readSpec } from "./generation/spec.js";
import { generateEnums, generateOperations } from "./generation/tables.js";
import { generateTypes } from "./generation/types.js";
import { generateValidators } from "./generation/validators.js";

const help = `Writes generated/ from the OpenAPI description.

  npm run generate              write the files
  npm run generate -- --check   write nothing; exit 1 and name the files that differ
`;

const specFile = "openapi/purse-payment-api-v2.yaml";
const outputFolder = "generated";
const banner = "// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.\n\n";

async function generateAll(): Promise<Map<string, string>> {
  const spec = readSpec(specFile);
  const validators = await generateValidators(spec);
  return new Map([
    ["schema.ts", banner + (await generateTypes(specFile))],
    ["operations.ts", banner + generateOperations(spec)],
    ["enums.ts", banner + generateEnums(spec)],
    ["request-validators.js", banner + validators.code],
    ["request-validators.d.ts", banner + validators.declarations],
  ]);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean" } } });
  if (values.help === true) {
    console.log(help);
    return 0;
  }
  const files = await generateAll();
  if (values.check === true) {
    const stale = [...files].filter(([name, text]) => readOrEmpty(join(outputFolder, name)) !== text);
    for (const [name] of stale)
      console.error(`${outputFolder}/${name} is not what ${specFile} gives: npm run generate`);
    if (stale.length === 0) console.log(`${outputFolder}/ agrees with ${specFile}`);
    return stale.length === 0 ? 0 : 1;
  }
  mkdirSync(outputFolder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(outputFolder, name), text);
  console.log(`wrote ${[...files.keys()].join(", ")} to ${outputFolder}/`);
  return 0;
}

process.exitCode = await main();
