import { readSpec } from "../../scripts/generation/spec.js";
import { specFile } from "./prism.js";

/** The value of an example that stands under `components/examples` of the spec. */
export function documentedExample(name: string): Record<string, unknown> {
  const examples = readSpec(specFile).components?.["examples"] as Record<
    string,
    { value: Record<string, unknown> }
  >;
  const example = examples[name];
  if (example === undefined) throw new Error(`the spec has no example ${name}`);
  return structuredClone(example.value);
}
