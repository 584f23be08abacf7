import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as enums from "../../generated/enums.js";
import { foldOpenLists, unfoldOpenLists } from "../../scripts/spec/known-values.js";
import { readSpec } from "../../scripts/spec/document.js";
import { specFile } from "../support/prism.js";

const written: unknown = parse(readFileSync(specFile, "utf8"));

const open = {
  type: "string",
  description: "Where it is.",
  anyOf: [
    {
      title: "Known value",
      type: "string",
      enum: ["A", "B"],
      "x-enumDescriptions": { A: "Here.", B: "There." },
      "x-enum-provenance": { A: "documented", B: "example" },
    },
    { title: "Any other value", type: "string" },
  ],
};

describe("an open list", () => {
  it("is one schema within the scripts, and two branches for renderers", () => {
    const folded = foldOpenLists(open);
    expect(folded).toEqual({
      type: "string",
      description: "Where it is.",
      "x-extensible-enum": ["A", "B"],
      "x-enumDescriptions": { A: "Here.", B: "There." },
      "x-enum-provenance": { A: "documented", B: "example" },
    });
    expect(unfoldOpenLists(folded)).toEqual(open);
  });

  it.each([
    ["a choice of two texts", { anyOf: [{ type: "string", format: "uri" }, { type: "string" }] }],
    ["known numbers", { anyOf: [{ enum: [1, 2] }, { type: "string" }] }],
    ["a closed list or a bounded text", { anyOf: [{ enum: ["A"] }, { type: "string", maxLength: 3 }] }],
    ["three branches", { anyOf: [{ enum: ["A"] }, { type: "string" }, { type: "null" }] }],
    ["data that looks like one", { examples: [{ anyOf: [{ enum: ["A"] }, { type: "string" }] }] }],
  ])("is not %s", (_what, schema) => {
    expect(foldOpenLists(schema)).toEqual(schema);
  });

  it("with null stays as it is, because the branches would refuse it", () => {
    const schema = { type: ["string", "null"], "x-extensible-enum": ["A"] };
    expect(unfoldOpenLists(schema)).toEqual(schema);
  });
});

describe("the description", () => {
  it("is written so that renderers show its lists", () => {
    const text = readFileSync(specFile, "utf8");
    expect(text).not.toContain("x-extensible-enum:");
    expect(unfoldOpenLists(readSpec(specFile))).toEqual(written);
  });

  it("gives as arrays what is documented or shown, and not what is inferred", () => {
    expect(enums.accountAgeIndicatorValues).toEqual(["MORE_60_DAYS"]);
    expect(enums.clientSessionStatusValues).toEqual(["CREATED", "SUBMITTED", "ABORTED_BY_MERCHANT"]);
    expect(Object.keys(enums)).not.toContain("partnerValues");
  });
});
