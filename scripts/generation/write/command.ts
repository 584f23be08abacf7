import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { exitCodes, generateFrom } from "./from-file.js";
import { generateOutputs } from "./outputs.js";
import { readSpec } from "../../spec/document.js";
import { readOrEmpty, writeFiles } from "./write-files.js";

const help = `Writes generated/ from the OpenAPI description.

  npm run generate                     write the files
  npm run generate -- --check          write nothing; exit 1 and name the files that differ
  npm run generate -- --from FILE      write them from an OpenAPI file of the vendor's (3.0 or 3.1, YAML or JSON)
                                       and say what it changes for callers, line by line

  --output FOLDER     write there, or compare with it, instead of generated/
  --dry-run           with --from: only say what changes
  --normalised SPEC   with --from: also write FILE in the form of openapi/purse-payment-api-v2.yaml, with our paths,
                      operation ids, schema names and extensions; openapi/ is replaced by that

--from writes only generated/, all of it or nothing, and reads nothing but FILE: references that lead out of it are
refused.

Exit codes: 0 done, no changes or compatible ones only; 1 refused, failed or, with --check, stale: nothing was written;
2 wrong arguments; 3 done, with breaking changes; 4 done, none breaking, with some to review by hand. With 3 and 4 the
files were written all the same.
`;

const root = fileURLToPath(new URL("../../../", import.meta.url));
const specFile = "openapi/purse-payment-api-v2.yaml";

interface Arguments {
  check: boolean;
  help: boolean;
  from: string | undefined;
  isDryRun: boolean;
  normalised: string | undefined;
  output: string | undefined;
}

/** @throws Error that says what is wrong with them. */
function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      from: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      normalised: { type: "string" },
      output: { type: "string" },
    },
  });
  const { check, from, normalised, output, "dry-run": isDryRun } = values;
  for (const [name, value] of Object.entries({ from, normalised, output })) {
    if (value === "") throw new Error(`--${name} needs a name`);
  }
  if (from !== undefined && check) throw new Error("--check and --from exclude each other");
  if (from === undefined && isDryRun) throw new Error("--dry-run is for --from");
  if (from === undefined && normalised !== undefined) throw new Error("--normalised is for --from");
  if (isDryRun && normalised !== undefined) throw new Error("--dry-run and --normalised exclude each other");
  return { check, help: values.help, from, isDryRun, normalised, output };
}

async function generateFromCommitted(folder: string, shownFolder: string, isCheck: boolean): Promise<number> {
  const files = await generateOutputs(readSpec(join(root, specFile)));
  if (isCheck) {
    const stale = [...files].filter(([name, text]) => readOrEmpty(join(folder, name)) !== text);
    for (const [name] of stale)
      console.error(`${shownFolder}/${name} is not what ${specFile} gives: npm run generate`);
    if (stale.length === 0) console.log(`${shownFolder}/ agrees with ${specFile}`);
    return stale.length === 0 ? exitCodes.fine : exitCodes.failed;
  }
  writeFiles(folder, files);
  console.log(`wrote ${[...files.keys()].join(", ")} to ${shownFolder}/`);
  return exitCodes.fine;
}

/** @returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let given: Arguments;
  try {
    given = readArguments(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return exitCodes.misused;
  }
  if (given.help) {
    console.log(help);
    return exitCodes.fine;
  }
  const folder = given.output ?? join(root, "generated");
  const shownFolder = given.output ?? "generated";
  if (given.from === undefined) return await generateFromCommitted(folder, shownFolder, given.check);
  return await generateFrom({
    file: given.from,
    root,
    committedSpec: join(root, specFile),
    outputFolder: folder,
    shownFolder,
    isDryRun: given.isDryRun,
    normalisedFile: given.normalised,
  });
}
