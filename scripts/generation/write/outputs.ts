import { checkOutput } from "./check-output.js";
import type { Spec } from "../read/spec.js";
import { generateEnums, generateOperations, generateRedirection } from "./tables.js";
import { generateTypes } from "./types.js";
import { generateValidators } from "./validators.js";

const banner = "// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.\n\n";

/** Texts by file name. */
export type Outputs = ReadonlyMap<string, string>;

/** Everything in generated/, in memory. */
export async function generateOutputs(spec: Spec): Promise<Outputs> {
  const validators = await generateValidators(spec);
  const outputs = new Map([
    ["schema.ts", banner + (await generateTypes(spec))],
    ["operations.ts", banner + generateOperations(spec)],
    ["redirection.ts", banner + generateRedirection(spec)],
    ["enums.ts", banner + generateEnums(spec)],
    ["request-validators.js", banner + validators.code],
    ["request-validators.d.ts", banner + validators.declarations],
  ]);
  for (const [name, text] of outputs) checkOutput(name, text);
  return outputs;
}
