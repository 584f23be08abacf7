import { describe, expect, it } from "vitest";
import { resolve, type Schema } from "../../scripts/spec/document.js";
import { schemaId } from "../../scripts/spec/validator.js";
import { ajv, expectValid, spec } from "./judge.js";

interface Placed {
  readonly place: string;
  readonly direction: "request" | "answer";
  readonly schema: Schema;
  readonly value: unknown;
}

/** Every example beside every schema of the spec. */
function examplesIn(node: unknown, place = "", found: Placed[] = []): Placed[] {
  if (typeof node !== "object" || node === null) return found;
  const { schema, examples } = node as {
    schema?: Schema;
    examples?: Record<string, { $ref?: string; value?: unknown }>;
  };
  if (schema !== undefined && examples !== undefined) {
    const direction = place.includes("/requestBody/") ? "request" : "answer";
    for (const [name, example] of Object.entries(examples)) {
      found.push({ place: `${place} ${name}`, direction, schema, value: resolve(spec, example).value });
    }
  }
  for (const [name, member] of Object.entries(node)) examplesIn(member, `${place}/${name}`, found);
  return found;
}

const { webhooks } = spec as unknown as { webhooks: unknown };
const placed = [
  ...examplesIn(spec.paths),
  ...examplesIn(webhooks, "webhooks"),
  ...examplesIn(spec.components?.["responses"], "responses"),
];

describe("the examples of the spec", () => {
  it("are there, in both directions", () => {
    const count = (direction: string): number => placed.filter((each) => each.direction === direction).length;
    expect(count("request")).toBeGreaterThanOrEqual(10);
    expect(count("answer")).toBeGreaterThanOrEqual(20);
  });

  it("leave out no named example", () => {
    const shared = Object.values(spec.components?.["examples"] ?? {}) as { value: unknown }[];
    const used = placed.map(({ value }) => value);
    expect(shared.filter(({ value }) => !used.includes(value))).toEqual([]);
  });

  it.each(placed)("$place is valid", ({ schema, value }) => {
    expect(value).toBeDefined();
    expectValid(schema, value);
  });

  // A schema that lets everything through would pass all of the above.
  it.each(placed.filter(({ value }) => membersOf(value).length > 0))(
    "$place is not, with a member of another type",
    ({ schema, value }) => {
      const validate = ajv.getSchema(schemaId(schema.$ref ?? ""));
      const known = knownMembers(schema);
      for (const name of membersOf(value).filter((member) => known.includes(member))) {
        expect(validate?.({ ...(value as object), [name]: [[]] }), name).toBe(false);
      }
      if (resolve(spec, schema)["additionalProperties"] === false) {
        expect(validate?.({ ...(value as object), unheard_of: 1 })).toBe(false);
      }
    },
  );
});

function membersOf(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function knownMembers(schema: Schema): string[] {
  return Object.keys(resolve(spec, schema).properties ?? {});
}
