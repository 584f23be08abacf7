import { checkOutput } from "./check-output.js";
import { foldOpenLists } from "../../spec/known-values.js";
import { listOperations, type Spec } from "../../spec/document.js";
import { generateEnums, generateOperations, generateRedirection } from "./tables.js";
import { generateTypes } from "./types.js";
import { generateValidators } from "./validators.js";

const banner = "// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.\n\n";

/** Texts by file name. */
export type Outputs = ReadonlyMap<string, string>;

/**
 * Everything in generated/, in memory.
 *
 * @param committed what `src/` was written for; says what the description itself no longer says.
 */
export async function generateOutputs(description: Spec, committed: Spec = description): Promise<Outputs> {
  const [spec, base] = [foldOpenLists(description), foldOpenLists(committed)];
  const facade = new Set(listOperations(base).map(({ operation }) => operation.operationId));
  const validators = await generateValidators(spec, facade);
  const outputs = new Map([
    ["schema.ts", banner + (await generateTypes(spec))],
    ["operations.ts", banner + generateOperations(spec, base)],
    ["redirection.ts", banner + generateRedirection(spec, base)],
    ["enums.ts", banner + generateEnums(spec)],
    ["request-validators.js", banner + validators.code],
    ["request-validators.d.ts", banner + validators.declarations],
  ]);
  for (const [name, text] of outputs) checkOutput(name, text);
  return outputs;
}
