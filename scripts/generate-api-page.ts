import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as operationTable from "../generated/operations.js";
import type { OperationEntry } from "../generated/operations.js";
import { describeOperations } from "./api-page/operations.js";
import { endKey, renderPage } from "./api-page/page.js";
import { probeMethod } from "./api-page/probe.js";
import { listOperations, readSpec } from "./spec/document.js";

const specFile = "openapi/purse-payment-api-v2.yaml";
const pageFile = "docs/api.md";

const help = `Writes ${pageFile} from the OpenAPI description: every operation, its method, its members and its errors.

  npm run docs:api                write the page
  npm run docs:api -- --check     write nothing; exit 1 when the page is stale

Each method is called with each documented answer, so the page says what the client does. An operation without a method
in scripts/api-page/methods.ts, or with one that performs another operation, fails.

Exit codes: 0 done; 1 stale, or the table of methods is wrong; 2 wrong arguments.
`;

function entriesById(): ReadonlyMap<string, OperationEntry> {
  return new Map(
    Object.values(operationTable).flatMap((entry) =>
      typeof entry === "object" && "operationId" in entry ? [[entry.operationId, entry]] : [],
    ),
  );
}

async function writePage(): Promise<string> {
  const spec = readSpec(specFile);
  const operations = describeOperations(spec, listOperations(spec));
  const ends = new Map<string, string | undefined>();
  for (const operation of operations) {
    for (const response of operation.responses) {
      const key = endKey(operation.operationId, response.status);
      ends.set(key, await probeMethod(spec, operation, response));
    }
  }
  return renderPage({ spec, operations, entries: entriesById(), ends });
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function main(isCheck: boolean): Promise<number> {
  const page = await writePage();
  if (!isCheck) {
    writeFileSync(pageFile, page);
    console.log(`wrote ${pageFile}`);
    return 0;
  }
  const isFresh = readOrEmpty(pageFile) === page;
  if (isFresh) console.log(`${pageFile} agrees with ${specFile}`);
  else console.error(`${pageFile} is stale: npm run docs:api`);
  return isFresh ? 0 : 1;
}

async function run(): Promise<number> {
  let values: { check: boolean; help: boolean };
  try {
    ({ values } = parseArgs({
      options: { check: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
    }));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return 2;
  }
  if (values.help) {
    console.log(help);
    return 0;
  }
  try {
    return await main(values.check);
  } catch (error) {
    console.error(`docs:api: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

process.exitCode = await run();
