import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { objectAt, overwrite, type JsonObject } from "../../scripts/generation/read/json.js";
import { expectRefusal, type Refusal } from "./fixtures-generate/refusal.js";
import {
  at,
  committedDocument,
  memberSchema,
  operationAt,
  runOn,
  schemaOf,
} from "./fixtures-generate/run.js";

function altered(alter: (document: JsonObject) => void): JsonObject {
  const document = committedDocument();
  alter(document);
  return document;
}

function withReference(reference: string): JsonObject {
  return altered((document) => {
    overwrite(memberSchema(document, "Payment", "order"), { $ref: reference });
  });
}

function withSchemas(schemas: JsonObject): JsonObject {
  return altered((document) => {
    Object.assign(at(document, "components", "schemas"), schemas);
  });
}

function withPath(path: string, operation: JsonObject = { responses: {} }): JsonObject {
  return altered((document) => {
    at(document, "paths")[path] = { get: operation };
  });
}

const order = "/components/schemas/Payment/properties/order/$ref";

const refusals: readonly Refusal[] = [
  [
    "__proto__ as a key",
    '{"openapi":"3.1.0","__proto__":{}}',
    /^the name "__proto__" means.+ \(\/__proto__\); rename/,
  ],
  [
    "a file reference",
    withReference("other.yaml#/Order"),
    /^\$ref "other.yaml#\/Order" leads out of the file/,
  ],
  ["an absolute file", withReference("file:///etc/passwd"), /^\$ref "file:.+it was not followed.+; bundle/],
  ["a parent folder", withReference("../../etc/passwd"), /^\$ref .+ leads out of the file/],
  [
    "a dangling reference",
    withReference("#/components/schemas/No"),
    `$ref "#/components/schemas/No" leads nowhere (${order}); define it or correct the name`,
  ],
  ["an inherited name", withReference("#/components/schemas/toString"), /^\$ref .+ leads nowhere/],
  [
    "references in a circle",
    withSchemas({ A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } }),
    '$ref "#/components/schemas/B" goes round in a circle (/components/schemas/A/$ref); name a definition',
  ],
  [
    "a reference to itself",
    withSchemas({ A: { $ref: "#/components/schemas/A" } }),
    /^\$ref .+ goes round in a circle/,
  ],
  [
    "a circle through a part",
    withSchemas({
      A: {
        type: "object",
        properties: { b: { type: "array", items: { $ref: "#/components/schemas/A/properties/b" } } },
      },
    }),
    /goes round in a circle through a part of a component/,
  ],
  ["$id", withSchemas({ A: { $id: "https://example.org/a", type: "object" } }), /^\$id is not supported/],
  [
    "a mapping that leads out",
    withSchemas({ A: { type: "object", discriminator: { propertyName: "t", mapping: { b: "b.yaml" } } } }),
    /^\$ref "b.yaml" leads out of the file/,
  ],
  [
    "a schema name that is code",
    withSchemas({ "A;alert(1)//": {} }),
    /^the component name .+ is not of letters/,
  ],
  [
    "a parameter component that is code",
    altered((document) => {
      at(document, "components", "parameters")["x']; alert(1); //"] = { name: "a", in: "query" };
    }),
    /^the component name .+ is not of letters/,
  ],
  [
    "an operationId twice",
    withPath("/a", { operationId: "getPayment", responses: {} }),
    /^the operationId "getPayment" stands twice, first at \/paths/,
  ],
  [
    "half a parameter in a path",
    withPath("/a/{id"),
    /^a path names each parameter once, as `\{name\}` \(\/paths\/~1a~1\{id\); correct it$/,
  ],
  ["an empty parameter", withPath("/a/{}"), /^a path names each parameter once/],
  ["a parameter twice", withPath("/a/{id}/{id}"), /^a path names each parameter once/],
  ["a path that climbs", withPath("/a/../b"), /^a path begins with a slash, does not climb/],
  ["a path with a query", withPath("/a?b=c"), /^a path begins with a slash, .+ no query/],
  ["a path without a slash", withPath("a"), /^a path begins with a slash/],
  ["a parameter that is not described", withPath("/a/{b}"), /^the path parameter \{b\} is not described/],
  [
    "no parameter's name",
    withPath("/a", { parameters: [{ in: "query" }], responses: {} }),
    "a parameter without `name` or `in` (/paths/~1a/get/parameters/0); give it both",
  ],
  [
    "a type that does not exist",
    withSchemas({ A: { type: "text" } }),
    "`type` is not a type's name (/components/schemas/A/type); correct it there",
  ],
  [
    "properties that are a list",
    withSchemas({ A: { properties: [] } }),
    /^`properties` is not a map of schemas/,
  ],
  [
    "a null body",
    withPath("/a", { requestBody: null }),
    "not an object (/paths/~1a/get/requestBody); correct it there",
  ],
  [
    "a wrong pattern",
    altered((document) => (memberSchema(document, "CreatePaymentRequest", "entity_id")["pattern"] = "(")),
    /^"\(" is no regular expression of JavaScript \(\/components\/schemas\/CreatePaymentRequest\/properties\/entity_id\/pattern\)/,
  ],
  [
    "a reference that is no text",
    altered((document) => {
      overwrite(memberSchema(document, "Payment", "order"), { $ref: ["#/components/schemas/Order"] });
    }),
    `$ref is not a text (${order}); correct it there`,
  ],
  [
    "a limit that is no number",
    withSchemas({ A: { minLength: "x" } }),
    /^`minLength` is not a whole number \(.+\); correct it there$/,
  ],
  [
    "a media type without anything",
    withPath("/a", { responses: { "200": { description: "", content: { "application/json": null } } } }),
    /^not an object \(\/paths\/~1a\/get\/responses\/200\/content\/application~1json\); correct it there$/,
  ],
  [
    "a server without https",
    altered((document) => (document["servers"] = [{ url: "http://api.purse-sandbox.com" }])),
    '"http://api.purse-sandbox.com" is not an https origin (/servers); correct it',
  ],
  [
    "servers of different paths",
    altered(
      (document) => (document["servers"] = [{ url: "https://a.example/x" }, { url: "https://b.example/y" }]),
    ),
    /^the servers have different paths: \/x, \/y/,
  ],
];

describe(
  "--from refuses a hostile or broken description, and leaves generated/ as it is",
  { timeout: 120_000 },
  () => {
    test.each(refusals)("%s", async (_what, content, message) => {
      await expectRefusal(content, message);
    });

    test("a reference to an address, without asking for it", async () => {
      let requests = 0;
      const server = createServer((_request, response) => {
        requests += 1;
        response.end("{}");
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo; // Of a server that listens on a port.
      const run = await runOn(withReference(`http://127.0.0.1:${String(port)}/order.json`));
      await new Promise((resolve) => server.close(resolve));
      expect([run.code, requests]).toEqual([1, 0]);
      expect(run.err[0]).toContain("leads out of the file; it was not followed");
    });
  },
);

describe("--from takes what only looks odd", { timeout: 120_000 }, () => {
  test("recursion, odd member names and texts that would end a comment", async () => {
    const evil = "*/ export const pwned = process.exit(7); /*\n*/ import 'node:fs'; //\r\u2028`${alert(1)}`";
    const document = withSchemas({
      Tree: {
        type: "object",
        properties: { children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
      },
    });
    Object.assign(objectAt(schemaOf(document, "Payment"), "properties"), {
      tree: { $ref: "#/components/schemas/Tree", description: evil },
      constructor: { type: "string", title: evil, example: evil, default: evil },
      "a'];b": { type: "string", enum: [evil, "'"], description: evil },
      $ref: { type: "string" },
    });
    memberSchema(document, "OperationRequest", "merchant_reference")["enum"] = [evil, "x"];
    operationAt(document, "get", "/payment/v2/payments/{id}")["summary"] = evil;
    const run = await runOn(document);
    expect([run.code, run.err]).toEqual([3, []]);
    expect(run.out.every((line) => !/[\n\r\u2028]/.test(line))).toBe(true);
    const validators: unknown = await import(join(run.outputFolder, "request-validators.js"));
    expect(Object.keys(validators as object).sort()).toEqual([
      ...["AbortClientSessionRequest", "CreateClientSessionRequest", "CreatePaymentLinkRequest"],
      ...["CreatePaymentRequest", "ListEligibleSolutionsRequest", "OperationRequest", "TokenRequest"],
    ]);
  });
});
