import {
  objectAt,
  overwrite,
  stringsAt,
  without,
  type JsonObject,
} from "../../../scripts/generation/read/json.js";
import { at, memberSchema, operationAt, schemaOf } from "./run.js";

const captures = "/payment/v2/payments/{id}/captures";

interface Alteration {
  what: string;
  alter: (document: JsonObject) => void;
  /** The whole report, without the last line. */
  lines: string[];
  code: 0 | 3;
}

function requireMember(schema: JsonObject, name: string): void {
  schema["required"] = [...stringsAt(schema, "required"), name];
}

function unrequire(schema: JsonObject, name: string): void {
  schema["required"] = stringsAt(schema, "required").filter((other) => other !== name);
}

function addMember(schema: JsonObject, name: string, member: JsonObject): void {
  objectAt(schema, "properties")[name] = member;
}

const sessionCreation = "createClientSession (POST /payment/v2/client-sessions)";
const sessionReading = "getClientSession (GET /payment/v2/client-sessions/{id})";
const sessionAbort = "abortClientSession (POST /payment/v2/client-sessions/{id}/abort)";

/** What a vendor's next version may change, and what is said of it. */
export const alterations: Alteration[] = [
  {
    what: "a new required request member",
    alter: (document) => {
      addMember(schemaOf(document, "CreateClientSessionRequest"), "channel", { type: "string" });
      requireMember(schemaOf(document, "CreateClientSessionRequest"), "channel");
    },
    lines: [sessionCreation, "  BREAKING    request: channel: new required member"],
    code: 3,
  },
  {
    what: "a new optional request member",
    alter: (document) => {
      addMember(schemaOf(document, "CreateClientSessionRequest"), "channel", { type: "string" });
    },
    lines: [sessionCreation, "  compatible  request: channel: new optional member"],
    code: 0,
  },
  {
    what: "a request member required from now on",
    alter: (document) => {
      requireMember(schemaOf(document, "CreateClientSessionRequest"), "customer");
    },
    lines: [sessionCreation, "  BREAKING    request: customer: now required"],
    code: 3,
  },
  {
    what: "a request member that is no longer taken",
    alter: (document) => {
      const schema = schemaOf(document, "CreateClientSessionRequest");
      schema["properties"] = without(objectAt(schema, "properties"), "capture_delay");
    },
    lines: [sessionCreation, "  BREAKING    request: capture_delay: member removed"],
    code: 3,
  },
  {
    what: "a closed list in a request that shrinks, and its default",
    alter: (document) => {
      overwrite(memberSchema(document, "CreateClientSessionRequest", "capture_mode"), {
        type: "string",
        enum: ["AUTOMATIC", "DELAYED"],
        default: "AUTOMATIC",
      });
    },
    lines: [
      sessionCreation,
      "  compatible  request: capture_mode: values added: DELAYED",
      "  BREAKING    request: capture_mode: values removed: MANUAL",
      "  BREAKING    request: capture_mode: default MANUAL → AUTOMATIC",
    ],
    code: 3,
  },
  {
    what: "types, formats and limits of a request",
    alter: (document) => {
      overwrite(memberSchema(document, "CreateClientSessionRequest", "entity_id"), {
        type: ["string", "integer"],
        maxLength: 20,
      });
      const redirection = memberSchema(document, "CreateClientSessionRequest", "shopper_redirection_url");
      overwrite(redirection, without(redirection, "format"));
      memberSchema(document, "CreateClientSessionRequest", "allow_future_usage")["type"] = "string";
    },
    lines: [
      sessionCreation,
      "  compatible  request: entity_id: type string → integer or string",
      "  BREAKING    request: entity_id: maxLength 36 → 20",
      "  compatible  request: shopper_redirection_url: format uri removed",
      "  BREAKING    request: allow_future_usage: type boolean → string",
    ],
    code: 3,
  },
  {
    what: "answer members that go, may be missing, come, or change their type",
    alter: (document) => {
      const schema = schemaOf(document, "ClientSession");
      schema["properties"] = without(objectAt(schema, "properties"), "payment_id");
      unrequire(schema, "widget");
      addMember(schema, "locale", { type: "string" });
      overwrite(memberSchema(document, "ClientSession", "allow_future_usage"), { type: ["boolean", "null"] });
    },
    lines: [sessionCreation, sessionReading, sessionAbort].flatMap((heading) => [
      heading,
      "  BREAKING    answer 200: allow_future_usage: type boolean → boolean or null",
      "  BREAKING    answer 200: widget: no longer required",
      "  BREAKING    answer 200: payment_id: member removed",
      "  compatible  answer 200: locale: new optional member",
    ]),
    code: 3,
  },
  {
    what: "a wider type in an answer",
    alter: (document) => {
      memberSchema(document, "PurseJsonWebKey", "kid")["type"] = ["string", "integer"];
    },
    lines: [
      "getSigningJwks (GET /payment/v2/signing-jwks)",
      "  BREAKING    answer 200: keys[].kid: type string → integer or string",
    ],
    code: 3,
  },
  {
    what: "known values of an answer that come and go",
    alter: (document) => {
      schemaOf(document, "ClientSessionStatus")["x-extensible-enum"] = ["CREATED", "SUBMITTED", "EXPIRED"];
    },
    lines: [sessionCreation, sessionReading, sessionAbort].flatMap((heading) => [
      heading,
      "  compatible  answer 200: status: known values added: EXPIRED",
      "  BREAKING    answer 200: status: known values removed: ABORTED_BY_MERCHANT",
    ]),
    code: 3,
  },
  {
    what: "another path, found by its operationId",
    alter: (document) => {
      const paths = at(document, "paths");
      const item = at(paths, captures);
      overwrite(paths, { ...without(paths, captures), "/payment/v2/payments/{id}/capture": item });
    },
    lines: [
      "capturePayment (POST /payment/v2/payments/{id}/captures)",
      "  compatible  path /payment/v2/payments/{id}/captures → /payment/v2/payments/{id}/capture",
    ],
    code: 0,
  },
  {
    what: "another method",
    alter: (document) => {
      const item = at(document, "paths", "/payment/v2/signing-jwks");
      overwrite(item, { post: at(item, "get") });
    },
    lines: ["getSigningJwks (GET /payment/v2/signing-jwks)", "  BREAKING    method GET → POST"],
    code: 3,
  },
  {
    what: "an operation more",
    alter: (document) => {
      at(document, "paths")["/payment/v2/tokens/{token}"] = {
        delete: {
          parameters: [{ name: "token", in: "path", required: true, schema: { type: "string" } }],
          responses: { "204": { description: "Gone." } },
        },
      };
    },
    lines: [
      "deletePaymentV2TokensToken (DELETE /payment/v2/tokens/{token})",
      "  compatible  operation added; the facade has no method for it yet",
    ],
    code: 0,
  },
  {
    what: "parameters that come and go",
    alter: (document) => {
      operationAt(document, "get", "/payment/v2/payments/{id}")["parameters"] = [
        { $ref: "#/components/parameters/PaymentId" },
        { $ref: "#/components/parameters/CacheControl" },
        { name: "X-Tenant", in: "header", required: true, schema: { type: "string" } },
        { name: "expand", in: "query", schema: { type: "string" } },
      ];
      at(document, "components", "parameters", "CacheControl")["required"] = true;
    },
    lines: [
      "getPayment (GET /payment/v2/payments/{id})",
      "  BREAKING    parameter header cache-control: now required",
      "  BREAKING    parameter header x-tenant: new and required",
      "  compatible  parameter query expand: new and optional",
    ],
    code: 3,
  },
  {
    what: "statuses",
    alter: (document) => {
      const responses = at(operationAt(document, "post", captures), "responses");
      overwrite(responses, {
        "201": at(responses, "200"),
        ...without(responses, "200", "404"),
        "422": { description: "No." },
      });
    },
    lines: [
      "capturePayment (POST /payment/v2/payments/{id}/captures)",
      "  compatible  answer 200: now 201",
      "  compatible  answer 404: removed",
      "  compatible  answer 422: new",
    ],
    code: 0,
  },
  {
    what: "error answers that change alike",
    alter: (document) => {
      const schema = schemaOf(document, "TokenProblem");
      schema["properties"] = without(objectAt(schema, "properties"), "error");
    },
    lines: [
      "createAccessToken (POST /oauth/token)",
      "  BREAKING    answer 400, 401, 404: error: member removed",
    ],
    code: 3,
  },
  {
    what: "security and servers",
    alter: (document) => {
      operationAt(document, "get", "/payment/v2/signing-jwks")["security"] = [
        { purse_oauth2: [] },
        { api_key: [] },
      ];
      document["servers"] = [
        { url: "https://api.purse-sandbox.com" },
        { url: "https://api.purse-secure.com", description: "Production" },
      ];
    },
    lines: [
      "servers",
      "  BREAKING    production: https://api.purse-live.com → https://api.purse-secure.com",
      "getSigningJwks (GET /payment/v2/signing-jwks)",
      "  BREAKING    security: no longer without credentials",
      "  compatible  security: also with api_key",
    ],
    code: 3,
  },
];
