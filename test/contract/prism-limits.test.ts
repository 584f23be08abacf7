import { describe, expect, it } from "vitest";
import prismCore from "@stoplight/prism-core";
import prismHttp from "@stoplight/prism-http";
import { createAjv } from "../../scripts/spec/validator.js";
import { spec } from "./judge.js";

/**
 * What Prism lets through although JSON Schema 2020-12 does not. When one of these fails, Prism has learnt it, and its
 * line in the README can go.
 */
const ignored = [
  {
    keyword: "unevaluatedProperties",
    schema: { type: "object", properties: { a: {} }, unevaluatedProperties: false },
    value: { b: 1 },
  },
  {
    keyword: "dependentRequired",
    schema: { type: "object", dependentRequired: { a: ["b"] } },
    value: { a: 1 },
  },
  {
    keyword: "minContains",
    schema: { type: "array", contains: { const: 1 }, minContains: 2 },
    value: [1],
  },
  { keyword: "prefixItems", schema: { type: "array", prefixItems: [{ type: "string" }] }, value: [1] },
] as const;

/** Asks a mock of one operation whether it takes the value as a body. */
async function isAcceptedByPrism(schema: object, value: unknown): Promise<boolean> {
  const operations = await prismHttp.getHttpOperationsFromSpec({
    openapi: "3.1.0",
    info: { title: "One operation", version: "1" },
    paths: {
      "/": {
        post: {
          requestBody: { required: true, content: { "application/json": { schema } } },
          responses: { 200: { description: "ok" } },
        },
      },
    },
  });
  const instance = prismHttp.createInstance(
    {
      isProxy: false,
      validateRequest: true,
      validateResponse: true,
      checkSecurity: true,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
    { logger: prismCore.createLogger("limits", { level: "silent" }) },
  );
  const request = {
    method: "post" as const,
    url: { path: "/" },
    headers: { "content-type": "application/json" },
    body: value,
  };
  const result = await instance.request(request, operations)();
  return "right" in result && result.right.validations.input.length === 0;
}

describe("what Prism ignores", () => {
  it.each(ignored)("$keyword, which Ajv sees", async ({ schema, value }) => {
    expect(await isAcceptedByPrism(schema, value)).toBe(true);
    expect(createAjv(spec, { strict: false }).validate(schema, value)).toBe(false);
  });

  it("but not a wrong type, so the comparison means something", async () => {
    expect(await isAcceptedByPrism({ type: "string" }, 1)).toBe(false);
  });

  it("is nowhere in the spec that Prism serves", () => {
    const text = JSON.stringify([spec.paths, spec.components]);
    for (const { keyword } of ignored) expect(text).not.toContain(`"${keyword}":`);
  });
});
