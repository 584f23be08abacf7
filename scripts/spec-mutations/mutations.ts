import { isRecord, itemsOf, step, valueAt } from "../spec/json.js";

/** A deliberate mistake in the description. */
export interface Mutation {
  readonly what: string;
  /** Changes a copy of the description. */
  readonly apply: (spec: unknown) => void;
}

const payments = "/payment/v2/payments";
const sessions = "/payment/v2/client-sessions";

function objectAt(spec: unknown, ...path: readonly string[]): Record<string, unknown> {
  const node = valueAt(spec, path.reduce<string>(step, ""));
  if (!isRecord(node)) throw new Error(`the spec has no object at ${path.join(" ")}`);
  return node;
}

function schema(spec: unknown, name: string): Record<string, unknown> {
  return objectAt(spec, "components", "schemas", name);
}

function properties(spec: unknown, name: string): Record<string, unknown> {
  return objectAt(spec, "components", "schemas", name, "properties");
}

function drop(node: Record<string, unknown>, name: string): void {
  if (!Object.hasOwn(node, name)) throw new Error(`there is no ${name} to take away`);
  Reflect.deleteProperty(node, name);
}

/** Together with its label, as a deliberate change would. */
function dropResponse(spec: unknown, path: string, method: string, status: string): void {
  drop(objectAt(spec, "paths", path, method, "responses"), status);
  drop(objectAt(spec, "paths", path, method, "x-response-provenance"), status);
}

function makeOptional(spec: unknown, name: string, member: string): void {
  const node = schema(spec, name);
  if (!itemsOf(node["required"]).includes(member)) throw new Error(`${name}.${member} is optional already`);
  node["required"] = itemsOf(node["required"]).filter((other) => other !== member);
  drop(objectAt(node, "x-required-provenance"), member);
}

export const mutations: readonly Mutation[] = [
  {
    what: "a session has no 403",
    apply: (spec) => {
      dropResponse(spec, sessions, "post", "403");
    },
  },
  {
    what: "a refund has no 409",
    apply: (spec) => {
      dropResponse(spec, `${payments}/{id}/refunds`, "post", "409");
    },
  },
  {
    what: "a void has no 409",
    apply: (spec) => {
      dropResponse(spec, `${payments}/{id}/voids`, "post", "409");
    },
  },
  {
    what: "a payment requires nothing",
    apply: (spec) => {
      drop(schema(spec, "Payment"), "required");
      drop(schema(spec, "Payment"), "x-required-provenance");
    },
  },
  {
    what: "a payment has no redirection",
    apply: (spec) => {
      drop(properties(spec, "Payment"), "redirection");
    },
  },
  {
    what: "a customer has no e-mail address",
    apply: (spec) => {
      drop(properties(spec, "Customer"), "email");
    },
  },
  {
    what: "a value is misspelt",
    apply: (spec) => {
      const list = schema(spec, "AuthorizationStatus");
      const spell = (value: unknown): unknown => (value === "REFUSED" ? "REFUSSED" : value);
      list["x-extensible-enum"] = itemsOf(list["x-extensible-enum"]).map(spell);
      const labels = objectAt(list, "x-enum-provenance");
      list["x-enum-provenance"] = Object.fromEntries(
        Object.entries(labels).map(([value, label]) => [spell(value), label]),
      );
    },
  },
  {
    what: "a session's amount is optional",
    apply: (spec) => {
      makeOptional(spec, "CreateClientSessionRequest", "amount");
    },
  },
  {
    what: "the default of future usage is turned round",
    apply: (spec) => {
      objectAt(properties(spec, "CreateClientSessionRequest"), "allow_future_usage")["default"] = true;
    },
  },
  {
    what: "a conflict has another media type",
    apply: (spec) => {
      const answer = objectAt(spec, "components", "responses", "IdempotencyConflict");
      answer["content"] = { "application/json": valueAt(answer, "/content/application~1problem+json") };
    },
  },
  {
    what: "captures have another path",
    apply: (spec) => {
      const paths = objectAt(spec, "paths");
      paths[`${payments}/{id}/capture`] = paths[`${payments}/{id}/captures`];
      drop(paths, `${payments}/{id}/captures`);
    },
  },
  {
    what: "a payment is read by POST",
    apply: (spec) => {
      const item = objectAt(spec, "paths", `${payments}/{id}`);
      item["post"] = item["get"];
      drop(item, "get");
    },
  },
  {
    what: "an amount is a text",
    apply: (spec) => {
      schema(spec, "MinorUnits")["type"] = "string";
    },
  },
  {
    what: "a session of nothing is refused",
    apply: (spec) => {
      schema(spec, "MinorUnits")["minimum"] = 1;
    },
  },
  {
    what: "an order takes any member",
    apply: (spec) => {
      drop(schema(spec, "OrderRequest"), "additionalProperties");
      drop(schema(spec, "OrderRequest"), "x-constraint-provenance");
    },
  },
  {
    what: "a list that may grow is closed",
    apply: (spec) => {
      const list = schema(spec, "OperationStatus");
      list["enum"] = list["x-extensible-enum"];
      drop(list, "x-extensible-enum");
      drop(list, "x-enum-provenance");
    },
  },
  {
    what: "captures take no idempotency key",
    apply: (spec) => {
      const operation = objectAt(spec, "paths", `${payments}/{id}/captures`, "post");
      operation["parameters"] = itemsOf(operation["parameters"]).slice(0, 1);
      drop(objectAt(operation, "x-parameter-provenance"), "x-idempotency-key");
    },
  },
  {
    what: "a payment needs no token",
    apply: (spec) => {
      objectAt(spec, "paths", payments, "post")["security"] = [{}];
    },
  },
  {
    what: "a guess passes for documented",
    apply: (spec) => {
      objectAt(spec, "paths", sessions, "post", "x-response-provenance")["401"] = "documented";
    },
  },
  {
    what: "a documented sample is another one",
    apply: (spec) => {
      objectAt(spec, "components", "examples", "PaymentRead", "value")["amount"] = 4300;
    },
  },
];
