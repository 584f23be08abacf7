import { describe, expect, it } from "vitest";
import { readSpec, type Schema } from "../../scripts/spec/document.js";
import { specFile } from "../support/prism.js";
import { createExplorer } from "./explorer.js";

const schemas = readSpec(specFile).components?.schemas ?? {};
const explorer = createExplorer("src/index.ts");
const exported = new Set(explorer.exportedNames().map(({ name }) => name));

describe("a type claims a member where the spec requires it, and nowhere else", () => {
  const objects = Object.entries(schemas).filter(
    ([name, { properties }]) => exported.has(name) && properties,
  );

  it("of many types", () => {
    expect(objects.length).toBeGreaterThan(50);
  });

  it.each(objects)("%s", (name, schema: Schema) => {
    expect([...explorer.requiredMembers(name)].sort()).toEqual([...(schema.required ?? [])].sort());
  });
});
