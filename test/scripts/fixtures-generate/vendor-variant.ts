import {
  clone,
  isObject,
  objectAt,
  objectEntries,
  overwrite,
  stringsAt,
  without,
  type Json,
  type JsonObject,
} from "../../../scripts/generation/read/json.js";
import { allSchemas, operationsOf, referredName } from "../../../scripts/generation/read/openapi-walk.js";

/** The committed description as the vendor might publish it: OpenAPI 3.0, without anything that is ours. */
export function toVendorFile(committed: JsonObject): JsonObject {
  const document = clone(committed);
  const answerSchemas = schemasOfAnswers(document);
  for (const { schema } of allSchemas(document)) {
    const values = stringsAt(schema, "x-extensible-enum");
    if (values.length > 0) schema["enum"] = values;
  }
  inlineSimpleSchemas(document);
  stripExtensions(document);
  for (const [, parameter] of objectEntries(objectAt(objectAt(document, "components"), "parameters"))) {
    if (parameter["in"] === "path") parameter["name"] = "uuid";
  }
  const paths = objectAt(document, "paths");
  overwrite(paths, without(paths, "/oauth/token"));
  for (const { operation, method, path } of operationsOf(document)) {
    overwrite(operation, without(operation, "security"));
    // One of them has none at all.
    if (path.endsWith("/voids")) overwrite(operation, without(operation, "operationId"));
    else operation["operationId"] = `${method}_${path.replaceAll(/\W+/g, "_")}`;
  }
  for (const { schema } of allSchemas(document)) downgrade(schema, answerSchemas);
  const { components, ...rest } = without(document, "webhooks", "tags", "security");
  return withSuffixedReferences({
    ...rest,
    openapi: "3.0.3",
    info: { title: "Payment", version: "2.7.1" },
    servers: [
      { url: "https://api.purse-sandbox.com/payment", description: "Sandbox" },
      { url: "https://api.purse-live.com/payment/", description: "Live" },
    ],
    security: [{ BearerAuth: [] }],
    paths: Object.fromEntries(
      Object.entries(paths).map(([path, item]) => [
        path.replace(/^\/payment/, "").replace("{id}", "{uuid}"),
        item,
      ]),
    ),
    components: renamed(components),
  });
}

/** Schemas that the file writes out at every use: lists of values, amounts, currencies. */
function inlineSimpleSchemas(document: JsonObject): void {
  const schemas = objectAt(objectAt(document, "components"), "schemas");
  const isSimple = (schema: JsonObject): boolean => schema["properties"] === undefined;
  const simple = new Map(objectEntries(schemas).filter(([, schema]) => isSimple(schema)));
  for (const { schema } of allSchemas(document)) {
    const target = simple.get(referredName(schema) ?? "");
    if (target !== undefined) {
      overwrite(schema, { ...without(clone(target), "description"), ...without(schema, "$ref") });
    }
  }
  overwrite(schemas, without(schemas, ...simple.keys(), "RedirectionClaims"));
}

function stripExtensions(node: Json): void {
  if (Array.isArray(node)) node.forEach(stripExtensions);
  if (!isObject(node)) return;
  overwrite(node, without(node, ...Object.keys(node).filter((name) => /^x-(?!idempotency-key)/.test(name))));
  Object.values(node).forEach(stripExtensions);
}

/** To the words of OpenAPI 3.0. */
function downgrade(schema: JsonObject, answers: ReadonlySet<JsonObject>): void {
  if (schema["$ref"] !== undefined && Object.keys(schema).length > 1) {
    overwrite(schema, { ...without(schema, "$ref"), allOf: [{ $ref: schema["$ref"] }] });
  }
  if (typeof schema["const"] === "string")
    overwrite(schema, { ...without(schema, "const"), enum: [schema["const"]] });
  const types = stringsAt(schema, "type");
  if (types.length > 0) {
    overwrite(schema, { ...without(schema, "type"), oneOf: types.map((type) => ({ type })) });
  }
  if (schema["format"] === "uuid") schema["example"] = "9a14962c-bdcf-49d1-8673-e75dfb48013f";
  if (answers.has(schema)) schema["nullable"] = true;
}

/** Members of answers that may as well be null. */
function schemasOfAnswers(document: JsonObject): Set<JsonObject> {
  const schemas = objectAt(objectAt(document, "components"), "schemas");
  const members = [
    ...["Card.country_code", "Card.fingerprint", "OperationTransaction.partner_status_description"],
    "Payment.authentication",
  ];
  return new Set(
    members.map((member) => {
      const [name = "", property = ""] = member.split(".");
      return objectAt(objectAt(objectAt(schemas, name), "properties"), property);
    }),
  );
}

/** Every schema gets a suffix, and the security schemes other names. */
function renamed(components: Json | undefined): JsonObject {
  const all = isObject(components) ? components : {};
  return {
    ...all,
    schemas: Object.fromEntries(
      Object.entries(objectAt(all, "schemas")).map(([name, value]) => [`${name}Dto`, value]),
    ),
    securitySchemes: { BearerAuth: { type: "http", scheme: "bearer" } },
  };
}

/** After {@link renamed}: the references to what it renamed. */
function withSuffixedReferences(document: JsonObject): JsonObject {
  const text = JSON.stringify(document).replaceAll(
    /"#\/components\/schemas\/(\w+)"/g,
    '"#/components/schemas/$1Dto"',
  );
  return JSON.parse(text) as JsonObject; // What stringify wrote.
}
