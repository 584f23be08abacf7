import {
  isObject,
  objectAt,
  objectsAt,
  overwrite,
  resolveNode,
  stringsAt,
  without,
  type JsonObject,
} from "../../../scripts/generation/read/json.js";
import { operationsOf, type Placed } from "../../../scripts/generation/read/openapi-walk.js";
import { at, schemaOf } from "./run.js";

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

type Word = "breaking" | "review" | "compatible" | "nothing" | "refused";

export interface OperationChange {
  what: string;
  word: Word;
  change: (document: JsonObject) => void;
  /** Part of a line of the report, or of the refusal. */
  line?: string;
}

function row(
  what: string,
  word: Word,
  change: (document: JsonObject) => void,
  line?: string,
): OperationChange {
  return { what, word, change, ...(line === undefined ? {} : { line }) };
}

/** By its id, on any path. */
function placed(document: JsonObject, id: string): Placed {
  const found = operationsOf(document).find(({ operation }) => operation["operationId"] === id);
  if (found === undefined) throw new Error(`the committed description has no ${id}`);
  return found;
}

function capture(document: JsonObject): JsonObject {
  return placed(document, "capturePayment").operation;
}

function body(document: JsonObject): JsonObject {
  return resolveNode(document, at(capture(document), "requestBody"));
}

/** Of an answer, in the operation itself: a shared one is written out there. */
function answer(document: JsonObject, status: string): JsonObject {
  const responses = at(capture(document), "responses");
  const own = structuredClone(resolveNode(document, objectAt(responses, status)));
  responses[status] = own;
  return own;
}

function move(document: JsonObject, id: string, path: string): void {
  const { path: old, item } = placed(document, id);
  const paths = at(document, "paths");
  overwrite(paths, { ...without(paths, old), [path]: item });
}

function parameter(document: JsonObject, pattern: RegExp, id = "capturePayment"): JsonObject {
  const { operation } = placed(document, id);
  const own = objectsAt(operation, "parameters").map((entry) =>
    structuredClone(resolveNode(document, entry)),
  );
  operation["parameters"] = own;
  const found = own.find(({ name }) => typeof name === "string" && pattern.test(name));
  if (found === undefined) throw new Error(`no parameter ${String(pattern)}`);
  return found;
}

function addParameter(document: JsonObject, entry: JsonObject): void {
  const operation = capture(document);
  operation["parameters"] = [...objectsAt(operation, "parameters"), entry];
}

function scheme(document: JsonObject, type: string): JsonObject {
  const schemes = Object.values(at(document, "components", "securitySchemes"));
  const found = schemes.filter(isObject).find((candidate) => candidate["type"] === type);
  if (found === undefined) throw new Error(`no scheme of type ${type}`);
  return found;
}

function flow(document: JsonObject): JsonObject {
  return at(scheme(document, "oauth2"), "flows", "clientCredentials");
}

function json(holder: JsonObject): JsonObject {
  return at(holder, "content", "application/json");
}

const text = { type: "string" };

export const operationChanges: readonly OperationChange[] = [
  row(
    "an operation removed",
    "breaking",
    (d) => {
      const { path } = placed(d, "voidPayment");
      d["paths"] = without(at(d, "paths"), path);
    },
    "operation removed",
  ),
  row(
    "an operation that looks like one that is gone",
    "breaking",
    (d) => {
      const { path, item } = placed(d, "voidPayment");
      const other = { post: { ...at(item, "post"), operationId: "cancelPayment" } };
      d["paths"] = { ...without(at(d, "paths"), path), [path.replace("voids", "cancellations")]: other };
    },
    "/cancellations looks like voidPayment",
  ),
  row(
    "a path changed",
    "breaking",
    (d) => {
      move(d, "capturePayment", "/payment/v2/payments/{id}/capture");
    },
    "/captures → /payment/v2/payments/{id}/capture",
  ),
  row(
    "a base path",
    "breaking",
    (d) =>
      (d["servers"] = objectsAt(d, "servers").map((server) => ({
        ...server,
        url: `${textOf(server["url"])}/v3`,
      }))),
  ),
  row(
    "a method changed",
    "breaking",
    (d) => {
      const { item } = placed(d, "getSigningJwks");
      overwrite(item, { post: at(item, "get") });
    },
    "method GET → POST",
  ),
  row(
    "a method that the client does not send",
    "refused",
    (d) => {
      const { item } = placed(d, "getSigningJwks");
      overwrite(item, { put: at(item, "get") });
    },
    "the client sends GET and POST only",
  ),
  row(
    "an operation more",
    "compatible",
    (d) => {
      at(d, "paths")["/payment/v2/tokens"] = { get: { responses: { "200": { description: "All." } } } };
    },
    "operation added",
  ),
  row("an operation deprecated", "compatible", (d) => (capture(d)["deprecated"] = true), "deprecated"),
  row("an operation's id", "nothing", (d) => (capture(d)["operationId"] = "payment-capture.v2")),
  row("a path parameter's name", "nothing", (d) => {
    const { path } = placed(d, "capturePayment");
    parameter(d, /^id$/)["name"] = "payment_id";
    move(d, "capturePayment", path.replace("{id}", "{payment_id}"));
  }),

  row(
    "a production host",
    "breaking",
    (d) => {
      d["servers"] = objectsAt(d, "servers").map((server) =>
        server["x-environment"] === "production" ? { ...server, url: "https://api.example.org" } : server,
      );
    },
    "https://api.example.org",
  ),
  row(
    "a host without encryption",
    "refused",
    (d) => {
      d["servers"] = objectsAt(d, "servers").map((server) => ({
        ...server,
        url: textOf(server["url"]).replace("https", "http"),
      }));
    },
    "is not an https origin",
  ),
  row(
    "a host of a path",
    "refused",
    (d) => (placed(d, "capturePayment").item["servers"] = [{ url: "https://api.example.org" }]),
    "for this path only",
  ),
  row(
    "a host of an operation",
    "refused",
    (d) => (capture(d)["servers"] = [{ url: "https://api.example.org" }]),
    "for this path only",
  ),
  row(
    "a base path of an operation",
    "breaking",
    (d) => (capture(d)["servers"] = [{ url: `${textOf(objectsAt(d, "servers")[0]?.["url"])}/other` }]),
  ),
  row(
    "the same host for an operation",
    "nothing",
    (d) => (capture(d)["servers"] = structuredClone(objectsAt(d, "servers"))),
  ),
  row(
    "a host that is left out",
    "review",
    (d) => (d["servers"] = objectsAt(d, "servers").slice(0, 1)),
    "is kept",
  ),
  row(
    "a host more",
    "compatible",
    (d) => (d["servers"] = [...objectsAt(d, "servers"), { url: "https://eu.example.org" }]),
    "left aside",
  ),

  row("a header's name for the key", "breaking", (d) => (scheme(d, "apiKey")["name"] = "x-key"), "x-key"),
  row("a key in the query", "breaking", (d) => (scheme(d, "apiKey")["in"] = "query")),
  row(
    "the address of tokens",
    "breaking",
    (d) => (flow(d)["tokenUrl"] = "https://example.org/token"),
    "tokenUrl",
  ),
  row("a scope that is described", "breaking", (d) => (flow(d)["scopes"] = { pay: "Pay." }), "scopes"),
  row("a flow more", "compatible", (d) => {
    at(scheme(d, "oauth2"), "flows")["password"] = { tokenUrl: "https://example.org/token", scopes: {} };
  }),
  row(
    "another flow",
    "breaking",
    (d) => (scheme(d, "oauth2")["flows"] = { password: structuredClone(flow(d)) }),
  ),
  row("another kind of scheme", "breaking", (d) => {
    overwrite(scheme(d, "oauth2"), { type: "http", scheme: "bearer" });
  }),
  row(
    "scopes that an operation asks for",
    "breaking",
    (d) => {
      capture(d)["security"] = objectsAt(capture(d), "security").map((way) =>
        Object.fromEntries(
          Object.entries(way).map(([name, scopes]) => [name, name === "purse_oauth2" ? ["pay"] : scopes]),
        ),
      );
    },
    "scope asked for",
  ),
  row(
    "a way to authenticate that goes",
    "breaking",
    (d) => (capture(d)["security"] = objectsAt(capture(d), "security").slice(1)),
    "no longer with",
  ),
  row(
    "a way to authenticate more",
    "compatible",
    (d) => (capture(d)["security"] = [...objectsAt(capture(d), "security"), { api_key: [] }]),
    "also with",
  ),
  row(
    "no word of authentication",
    "review",
    (d) => {
      overwrite(capture(d), without(capture(d), "security"));
    },
    "is kept",
  ),
  row("no authentication", "breaking", (d) => (capture(d)["security"] = []), "no longer with"),

  row(
    "a required parameter more",
    "breaking",
    (d) => {
      addParameter(d, { name: "x-tenant", in: "header", required: true, schema: text });
    },
    "new and required",
  ),
  row(
    "an optional parameter more",
    "compatible",
    (d) => {
      addParameter(d, { name: "expand", in: "query", schema: text });
    },
    "new and optional",
  ),
  row(
    "a parameter that is required now",
    "breaking",
    (d) => (parameter(d, /idempot/)["required"] = true),
    "required now",
  ),
  row(
    "the idempotency key no longer described",
    "breaking",
    (d) => {
      parameter(d, /idempot/);
      capture(d)["parameters"] = objectsAt(capture(d), "parameters").filter(
        ({ in: place }) => place === "path",
      );
    },
    "the client still sends it",
  ),
  row(
    "the idempotency key under another name",
    "breaking",
    (d) => (parameter(d, /idempot/)["name"] = "Idempotency-Key"),
  ),
  row(
    "a header's name in capitals",
    "review",
    (d) => (parameter(d, /idempot/)["name"] = "X-Idempotency-Key"),
  ),
  row(
    "a parameter that is shorter",
    "breaking",
    (d) => (objectAt(parameter(d, /^id$/), "schema")["maxLength"] = 10),
    "maxLength",
  ),
  row("a parameter of another style", "breaking", (d) => (parameter(d, /^id$/)["style"] = "matrix"), "style"),
  row("the style that holds anyway", "nothing", (d) => (parameter(d, /^id$/)["style"] = "simple")),
  row("a parameter that explodes", "breaking", (d) => (parameter(d, /^id$/)["explode"] = true), "explode"),
  row(
    "a parameter of JSON",
    "breaking",
    (d) => {
      const header = parameter(d, /idempot/);
      overwrite(header, { ...without(header, "schema"), content: { "application/json": { schema: text } } });
    },
    "application/json",
  ),
  row(
    "a parameter deprecated",
    "compatible",
    (d) => (parameter(d, /idempot/)["deprecated"] = true),
    "deprecated",
  ),
  row(
    "a word of a parameter that is unknown",
    "review",
    (d) => (parameter(d, /idempot/)["secret"] = true),
    "secret",
  ),

  row(
    "a body that need not be sent",
    "compatible",
    (d) => (body(d)["required"] = false),
    "no longer required",
  ),
  row(
    "a body no more",
    "breaking",
    (d) => {
      overwrite(capture(d), without(capture(d), "requestBody"));
    },
    "no body any more",
  ),
  row(
    "a body of another media type",
    "breaking",
    (d) => (body(d)["content"] = { "application/xml": json(body(d)) }),
    "no longer application/json",
  ),
  row(
    "a second media type of a request",
    "compatible",
    (d) => (at(body(d), "content")["application/xml"] = { schema: text }),
  ),
  row("the vendor's JSON listed first", "compatible", (d) => {
    body(d)["content"] = { "application/vnd.purse+json": json(body(d)), "application/json": json(body(d)) };
  }),
  row(
    "a media type with its character set",
    "review",
    (d) => (body(d)["content"] = { "application/json; charset=utf-8": json(body(d)) }),
  ),
  row(
    "an encoding of a body",
    "review",
    (d) => (json(body(d))["encoding"] = { amount: { contentType: "text/plain" } }),
  ),
  row("callbacks", "review", (d) => (capture(d)["callbacks"] = { paid: {} }), "callbacks"),

  row(
    "a good answer that is JSON no longer",
    "breaking",
    (d) => {
      answer(d, "200")["content"] = { "text/plain": { schema: text } };
    },
    "no longer application/json",
  ),
  row(
    "a good answer without a body",
    "breaking",
    (d) => {
      overwrite(answer(d, "200"), { description: "Done." });
    },
    "no body any more",
  ),
  row(
    "JSON under another name",
    "compatible",
    (d) => {
      const good = answer(d, "200");
      good["content"] = { "application/vnd.purse+json": json(good) };
    },
    "media type",
  ),
  row(
    "a second media type of an answer",
    "review",
    (d) => (at(answer(d, "200"), "content")["text/csv"] = { schema: text }),
  ),
  row(
    "a good answer of another status",
    "compatible",
    (d) => {
      const responses = at(capture(d), "responses");
      overwrite(responses, { ...without(responses, "200"), "201": objectAt(responses, "200") });
    },
    "now 201",
  ),
  row(
    "a good answer more",
    "review",
    (d) => (at(capture(d), "responses")["202"] = answer(d, "200")),
    "answer 202: new",
  ),
  row(
    "no good answer",
    "breaking",
    (d) => (capture(d)["responses"] = without(at(capture(d), "responses"), "200")),
    "answer 200: removed",
  ),
  row(
    "the answer that recovery begins with",
    "breaking",
    (d) => {
      capture(d)["responses"] = without(at(capture(d), "responses"), "409");
    },
    "answer 409: removed",
  ),
  row(
    "another refusal that goes",
    "compatible",
    (d) => {
      capture(d)["responses"] = without(at(capture(d), "responses"), "404");
    },
    "answer 404: removed",
  ),
  row(
    "a refusal more",
    "compatible",
    (d) => (at(capture(d), "responses")["422"] = { description: "No." }),
    "answer 422: new",
  ),
  row(
    "refusals under one roof",
    "compatible",
    (d) => {
      const responses = at(capture(d), "responses");
      overwrite(responses, { ...without(responses, "404"), "4XX": objectAt(responses, "404") });
    },
    "now 4XX",
  ),
  row(
    "a header of an answer",
    "compatible",
    (d) => (answer(d, "200")["headers"] = { "x-request-id": { schema: text } }),
  ),
  row(
    "links of an answer",
    "review",
    (d) => (answer(d, "200")["links"] = { next: { operationId: "getPayment" } }),
  ),

  row(
    "claims of the redirection",
    "review",
    (d) => {
      const claims = schemaOf(d, "RedirectionClaims");
      claims["required"] = stringsAt(claims, "required").slice(1);
    },
    "no longer required",
  ),
  row(
    "a claim that goes",
    "breaking",
    (d) => {
      const claims = schemaOf(d, "RedirectionClaims");
      claims["properties"] = Object.fromEntries(Object.entries(at(claims, "properties")).slice(1));
    },
    "member removed",
  ),
  row(
    "a webhook that is gone",
    "review",
    (d) => (d["webhooks"] = without(at(d, "webhooks"), "paymentChanged")),
    "not described",
  ),
  row("a webhook's body", "breaking", (d) => {
    const event = at(d, "webhooks", "paymentChanged", "post", "requestBody", "content", "application/json");
    event["schema"] = text;
  }),
  row(
    "a webhook more",
    "compatible",
    (d) => {
      at(d, "webhooks")["refunded"] = { post: { requestBody: { content: {} }, responses: {} } };
    },
    "described now",
  ),
  row(
    "a schema that nothing uses",
    "nothing",
    (d) => (at(d, "components", "schemas")["Spare"] = { type: "object" }),
  ),
  row(
    "an extension of the vendor's",
    "review",
    (d) => (schemaOf(d, "Payment")["x-masked"] = true),
    "x-masked",
  ),
  row("a schema under another name", "nothing", (d) => {
    const renamed: unknown = JSON.parse(
      JSON.stringify(d).replaceAll('/schemas/Payment"', '/schemas/payment.resource-v2"'),
    );
    if (isObject(renamed)) overwrite(d, renamed);
    const schemas = at(d, "components", "schemas");
    overwrite(schemas, { ...without(schemas, "Payment"), "payment.resource-v2": at(schemas, "Payment") });
  }),
  row(
    "a request written out in place",
    "nothing",
    (d) => (json(body(d))["schema"] = structuredClone(schemaOf(d, "OperationRequest"))),
  ),
  row(
    "a known value of a status",
    "review",
    (d) => {
      const status = schemaOf(d, "OperationStatus");
      for (const list of [status, ...objectsAt(status, "anyOf")]) {
        for (const word of ["x-extensible-enum", "enum"]) {
          if (Array.isArray(list[word])) list[word] = [...list[word], "EXPIRED"];
        }
      }
    },
    "EXPIRED",
  ),
  row("order of schemas, members and words", "nothing", (d) => {
    const turned: unknown = JSON.parse(JSON.stringify(d), (name, value: unknown) =>
      isObject(value) && name !== "paths" && name !== "content"
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    if (isObject(turned)) overwrite(d, turned);
  }),
];
