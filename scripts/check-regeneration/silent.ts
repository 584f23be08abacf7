import { join } from "node:path";
import { InputError } from "../generation/read/input-error.js";
import { clone, type JsonObject } from "../generation/read/json.js";
import type { Spec } from "../spec/document.js";
import { differingFiles } from "../generation/write/differing-files.js";
import { compareWith } from "../generation/write/from-file.js";
import { generateOutputs } from "../generation/write/outputs.js";

/**
 * Whether a description would change generated/ without a word.
 *
 * @param root the folder of the repository.
 */
export async function isSilent(root: string, altered: JsonObject, committed: JsonObject): Promise<boolean> {
  try {
    const { changes, document } = compareWith(clone(altered), committed);
    if (changes.length > 0) return false;
    // The checks leave nothing that would not be a Spec.
    const outputs = await generateOutputs(document as unknown as Spec, committed as unknown as Spec);
    const differing = differingFiles(join(root, "generated"), outputs);
    return differing.some(({ word }) => word === "review");
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
