import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { objectAt, stringsAt, without, type JsonObject } from "../../scripts/generation/read/json.js";
import { mutate, seeded } from "../../scripts/check-regeneration/mutate.js";
import { isSilent } from "../../scripts/check-regeneration/silent.js";
import { readInput } from "../../scripts/generation/read/read-input.js";
import { compareWith } from "../../scripts/generation/write/from-file.js";
import {
  at,
  committedDocument,
  committedSpec,
  filesIn,
  newFolder,
  root,
  runOn,
  schemaOf,
} from "./fixtures-generate/run.js";

function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** Valid, and each of it once refused, lost or not compiled. */
function oddDocument(): JsonObject {
  const document = committedDocument();
  document["openapi"] = "3.1";
  const schemas = at(document, "components", "schemas");
  const parent = {
    type: "object",
    properties: { kind: { type: "string" } },
    oneOf: [reference("child.one"), reference("child-two")],
    discriminator: {
      propertyName: "kind",
      mapping: { one: "#/components/schemas/child.one", two: "child-two" },
    },
  };
  Object.assign(schemas, {
    "odd.parent": parent,
    "child.one": {
      allOf: [reference("odd.parent"), { type: "object", properties: { a: { type: "string" } } }],
    },
    "child-two": {
      allOf: [reference("odd.parent"), { type: "object", properties: { b: { type: "string" } } }],
    },
    "Null base": { type: ["object", "null"], properties: { a: { type: "string" } } },
    class: { type: "string" },
    Anything: true,
  });
  Object.assign(at(schemaOf(document, "OperationRequest"), "properties"), {
    pair: { type: "array", prefixItems: [{ type: "string" }], items: false },
    tagged: {
      type: "object",
      properties: { xa: { type: "string" } },
      patternProperties: { "^x": { type: "string" } },
    },
    code: { type: "string", pattern: "^[\\w.]+\\-$" },
    parent: reference("odd.parent"),
    base: { allOf: [reference("Null base"), { required: ["a"] }] },
    word: reference("class"),
    any: reference("Anything"),
  });
  const paths = at(document, "paths");
  const voids = Object.keys(paths).find((path) => path.endsWith("/voids")) ?? "";
  at(document, "components")["pathItems"] = { Voids: objectAt(paths, voids) };
  paths[voids] = { $ref: "#/components/pathItems/Voids" };
  paths["/payment/v2/odd-things"] = {
    get: { operationId: "list-odd.things", responses: { "200": { description: "All." } } },
  };
  return document;
}

describe("--from takes what is valid, however odd", { timeout: 120_000 }, () => {
  test("names, tuples, patterns, shared paths and families of schemas: it compiles, and says what was renamed", async () => {
    const run = await runOn(oddDocument());
    expect(run.err).toEqual([]);
    expect(run.code).toBe(0);
    const said = run.out.join("\n");
    for (const renamed of [
      "odd.parent → OddParent",
      "child-two → ChildTwo",
      "Null base → NullBase",
      "list-odd.things → listOddThings",
    ]) {
      expect(said).toContain(renamed);
    }
    const types = filesIn(run.outputFolder)["schema.ts"] ?? "";
    expect(types).toContain("export type OddParent");
    const validators = filesIn(run.outputFolder)["request-validators.js"] ?? "";
    expect(validators).toContain("^[\\\\w.]+\\\\-$");
  });

  test("names that one conversion makes of two are refused, all of them", async () => {
    const document = committedDocument();
    Object.assign(at(document, "components", "schemas"), {
      "a.b": {},
      "a-b": {},
      AB: {},
      a_b: {},
      "c.d": {},
      "c-d": {},
      CD: {},
      c_d: {},
    });
    const run = await runOn(document);
    expect([run.code, run.err.length, run.err.at(-1)]).toEqual([1, 5, "nothing was written"]);
  });

  test("a merge key of YAML is merged", () => {
    const file = join(newFolder(), "merged.yaml");
    writeFileSync(
      file,
      "limit: &limit { type: integer, minimum: 3 }\nnarrow: { <<: *limit, maximum: 100 }\n",
    );
    expect(readInput(file)["narrow"]).toEqual({ type: "integer", minimum: 3, maximum: 100 });
  });

  test("what is committed, written down anew, gives the committed text", async () => {
    const normalisedFile = join(newFolder(), "again.yaml");
    const turned: unknown = JSON.parse(JSON.stringify(committedDocument()));
    const run = await runOn(JSON.stringify(turned), { normalisedFile });
    expect([run.code, run.out[0]]).toEqual([0, "no changes"]);
    expect(readFileSync(normalisedFile, "utf8")).toBe(readFileSync(committedSpec, "utf8"));
  });

  test("a member more changes its own lines of the committed text and no others", async () => {
    const normalisedFile = join(newFolder(), "more.yaml");
    const document = committedDocument();
    at(schemaOf(document, "Payment"), "properties")["added"] = { type: "string" };
    expect((await runOn(document, { normalisedFile })).code).toBe(0);
    const [before, after] = [committedSpec, normalisedFile].map((file) =>
      readFileSync(file, "utf8").split("\n"),
    );
    expect(after?.length).toBe((before?.length ?? 0) + 2);
    expect(before?.filter((line) => after?.includes(line) !== true)).toEqual([]);
  });

  test("a description that lacks an operation of the client is reported to the end, with what of src/ rests on it", async () => {
    const document = committedDocument();
    const paths = at(document, "paths");
    document["paths"] = without(paths, ...Object.keys(paths).filter((path) => path.endsWith("/voids")));
    const run = await runOn(document);
    expect(run.code).toBe(3);
    expect(run.out).toContain("  BREAKING    operation removed");
    expect(run.out.some((line) => line.startsWith("src/ no longer compiles"))).toBe(true);
    expect(run.out.at(-1)).toMatch(/^ {2}\d\. npm run change/);
  });

  test("types that do not compile are refused before anything is written", async () => {
    const document = committedDocument();
    Object.assign(at(document, "components", "schemas"), {
      A: { allOf: [reference("B")] },
      B: { allOf: [reference("A")] },
    });
    at(schemaOf(document, "Payment"), "properties")["circle"] = reference("A");
    const run = await runOn(document);
    expect(run.code).toBe(1);
    expect(run.err[0]).toMatch(/errors of types in what it gives: generated\/schema\.ts.+circularly/);
    expect(() => filesIn(run.outputFolder)).toThrow("ENOENT");
  });
});

describe("--from is never silent", { timeout: 120_000 }, () => {
  test("after a random change either something is said or nothing is changed", async () => {
    const committed = committedDocument();
    for (let seed = 1; seed <= 15; seed += 1) {
      const altered = committedDocument();
      const what = mutate(altered, seeded(seed));
      expect([seed, what, await isSilent(root, altered, committed)]).toEqual([seed, what, false]);
    }
  });

  test("a word that no rule knows is noticed even where other things did not change", () => {
    const document = committedDocument();
    const schema = schemaOf(document, "OperationRequest");
    schema["required"] = stringsAt(schema, "required");
    schema["contentWords"] = 3;
    expect(compareWith(document, committedDocument()).changes.map(({ word }) => word)).toEqual(["review"]);
  });
});
