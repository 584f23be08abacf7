import { describe, expect, it } from "vitest";
import { resolve, readSpec, type Schema } from "../../scripts/generation/spec.js";
import { createAjv, schemaId } from "../../scripts/generation/validators.js";
import { specFile } from "../support/prism.js";

interface Placed {
  place: string;
  schema: Schema;
  value: unknown;
}

const spec = readSpec(specFile);

/** Every example beside every schema of the spec, wherever it stands. */
function examplesIn(node: unknown, place = "", found: Placed[] = []): Placed[] {
  if (typeof node !== "object" || node === null) return found;
  const { schema, examples } = node as {
    schema?: Schema;
    examples?: Record<string, { $ref?: string; value?: unknown }>;
  };
  if (schema !== undefined && examples !== undefined) {
    for (const [name, example] of Object.entries(examples)) {
      found.push({ place: `${place} ${name}`, schema, value: resolve(spec, example).value });
    }
  }
  for (const [name, member] of Object.entries(node)) examplesIn(member, `${place}/${name}`, found);
  return found;
}

describe("the examples of the spec", () => {
  const ajv = createAjv(spec);
  const placed = examplesIn(spec.paths).concat(examplesIn(spec.components?.["responses"], "responses"));

  it("are there", () => {
    expect(placed.length).toBeGreaterThanOrEqual(28);
  });

  it.each(placed)("$place", ({ schema, value }) => {
    expect(value).toBeDefined();
    const reference = schema.$ref;
    if (reference === undefined)
      throw new Error("a media type's schema must be a reference to a named schema");
    const validate = ajv.getSchema(schemaId(reference));
    const valid = validate?.(value);
    expect(validate?.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });
});
