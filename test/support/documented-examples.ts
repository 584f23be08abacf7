import { listOperations, readSpec, resolve } from "../../scripts/spec/document.js";
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

/** The first example of an operation's request body. */
export function requestExample(operationId: string): Record<string, unknown> {
  const spec = readSpec(specFile);
  const placed = listOperations(spec).find(({ operation }) => operation.operationId === operationId);
  const media = Object.values(placed?.operation.requestBody?.content ?? {})[0] as
    { examples?: Record<string, { $ref?: string; value?: Record<string, unknown> }> } | undefined; // Examples are no part of what generation reads.
  const [example] = Object.values(media?.examples ?? {});
  const value = example === undefined ? undefined : resolve(spec, example).value;
  if (value === undefined) throw new Error(`${operationId} has no example of a request`);
  return structuredClone(value);
}
