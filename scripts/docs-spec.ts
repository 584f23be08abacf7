import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { isRecord } from "./spec/json.js";
import { sourceList, withSourcesTold } from "./spec/told.js";

const specFile = "openapi/purse-payment-api-v2.yaml";
const redocly = "node_modules/@redocly/cli/bin/cli.js";

/** The only thing that the page would load from elsewhere. */
const logo = "https://cdn.redoc.ly/redoc/logo-mini-full.svg";

const help = `Renders the OpenAPI description with Redoc: one page that needs nothing else.

  npm run docs:spec                     write .cache/purse-payment-api-v2.html
  npm run docs:spec -- --output FILE
`;

function main(): void {
  const { values } = parseArgs({
    options: {
      output: { type: "string", default: ".cache/purse-payment-api-v2.html" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    console.log(help);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "docs-spec-"));
  try {
    const told = join(folder, "openapi.json");
    writeFileSync(told, JSON.stringify(toldSpec()));
    mkdirSync(dirname(values.output), { recursive: true });
    execFileSync(
      process.execPath,
      [
        redocly,
        "build-docs",
        told,
        "--inlineBundle",
        "--openapi.disableTelemetry",
        "--openapi.schemasExpansionLevel=2",
        "--output",
        values.output,
      ],
      {
        env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
        stdio: ["ignore", "ignore", "inherit"],
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeFileSync(values.output, readFileSync(values.output, "utf8").replaceAll(logo, "data:image/svg+xml,"));
  console.log(`wrote ${values.output}`);
}

function toldSpec(): unknown {
  const spec: unknown = parse(readFileSync(specFile, "utf8"));
  const told = withSourcesTold(spec);
  if (!isRecord(told) || !isRecord(told["info"])) throw new Error(`${specFile} has no info`);
  const { info } = told;
  return { ...told, info: { ...info, description: `${String(info["description"])}\n${sourceList(spec)}\n` } };
}

try {
  main();
} catch (error) {
  console.error(`docs:spec: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
