import { isRequestOptionName } from "../../../src/options.js";
import { idempotencyKeyHeaderPattern, maxAgeHeaderPattern } from "../read/facade-facts.js";
import {
  listOperations,
  requestSchema,
  resolve,
  type Operation,
  type PlacedOperation,
  type Schema,
  type Spec,
} from "../../spec/document.js";

/** Lists whose values callers look up rather than loop over: as types alone they add nothing to the bundle. */
const listsInTypesOnly: readonly string[] = ["Partner", "PaymentMethod"];

const minorUnits = "#/components/schemas/MinorUnits";

/** The small tables the facade needs at run time, so that nothing in the spec is typed a second time by hand. */
export function generateOperations(spec: Spec, base: Spec): string {
  // The client sends nothing else; types exist for every operation all the same.
  const placed = listOperations(spec).filter(({ method }) => method === "GET" || method === "POST");
  const committed = listOperations(base);
  const lists = committed.flatMap(({ operation }) => operation["x-purse-idempotency"]?.operations ?? []);
  return [
    "/** The members of a payment that list operations made with an idempotency key. */",
    `export type OperationList = ${lists.map(literal).join(" | ")};`,
    "",
    "/** What the client needs to know of an operation to send it. */",
    "export interface OperationEntry {",
    "  readonly operationId: string;",
    '  readonly method: "GET" | "POST";',
    "  readonly path: string;",
    "  /** Changes nothing, even if the method is POST: may be sent again when its outcome is unknown. */",
    "  readonly isRead: boolean;",
    "  /** `optional`: tried without a token first. `client`: the credentials themselves. */",
    '  readonly authentication: "token" | "optional" | "client";',
    "  /** Whether the service is known to honour the key, and where the payment lists what the key made. */",
    '  readonly idempotency: "none" | "honoured" | "unconfirmed";',
    "  readonly operationList?: OperationList;",
    "  /** Members the request body must have. */",
    "  readonly requiredMembers: readonly string[];",
    "  /** Members of the request body that are called like an option of a call; elsewhere such a name is a mistake. */",
    "  readonly optionLikeMembers?: readonly string[];",
    "  readonly takesEntityId: boolean;",
    "  /** Members of the request body that can have one value only. */",
    "  readonly constantMembers: Readonly<Record<string, string>>;",
    "}",
    "",
    ...placed.map(
      (entry) =>
        `export const ${entry.operation.operationId}: OperationEntry = ${object(describe(spec, entry))};\n`,
    ),
    `export const apiKeyHeader = ${literal(apiKeyHeader(spec))};`,
    `export const idempotencyKeyHeader = ${literal(headerOf(spec, placed, "POST", idempotencyKeyHeaderPattern) ?? headerOf(base, committed, "POST", idempotencyKeyHeaderPattern) ?? "")};`,
    `export const maxAgeHeader = ${literal(headerOf(spec, placed, "GET", maxAgeHeaderPattern) ?? headerOf(base, committed, "GET", maxAgeHeaderPattern) ?? "")};`,
    "",
    "/** Members of request bodies that hold amounts in minor units. */",
    `export const minorUnitMembers: readonly string[] = ${array(minorUnitMembers(spec, placed))};`,
    "",
    "/** Origins by environment. */",
    `export const environments = ${object(environments(spec))} as const;`,
    "",
  ].join("\n");
}

/** Apart from the operations, so that verifying redirections does not load them. */
export function generateRedirection(spec: Spec, base: Spec): string {
  const name = literal(redirectionParameter([...listOperations(spec), ...listOperations(base)]));
  return `/** The query parameter that a signed token comes in. */\nexport const redirectionParameter = ${name};\n`;
}

/** The known values of every open list in the spec, as a const array and as a closed type. */
export function generateEnums(spec: Spec): string {
  const lists = Object.entries(spec.components?.schemas ?? {}).flatMap(([name, schema]) => {
    const labels = schema["x-enum-provenance"] as Readonly<Record<string, unknown>> | undefined; // As the spec's scripts check.
    // What is only inferred completes in an editor, and is no value to loop over.
    const values = schema["x-extensible-enum"]?.filter((value) => labels?.[value] !== "inferred");
    return values === undefined ? [] : [{ name, values }];
  });
  return lists
    .map(({ name, values }) =>
      listsInTypesOnly.includes(name)
        ? `/** The values of \`${name}\` known when this was generated; the service may send others. */\n` +
          `export type Known${name} = ${values.map(literal).join(" | ")};\n`
        : [
            `/** The values of \`${name}\` known when this was generated; the service may send others. */`,
            `export const ${camel(name)}Values = ${array(values)} as const;`,
            `export type Known${name} = (typeof ${camel(name)}Values)[number];`,
            "",
          ].join("\n"),
    )
    .join("\n");
}

function describe(spec: Spec, { path, method, operation }: PlacedOperation): Record<string, unknown> {
  const request = requestSchema(operation);
  const schema = request === undefined ? undefined : wholeOf(spec, request.schema);
  const idempotency = operation["x-purse-idempotency"];
  const optionLikeMembers = Object.keys(schema?.properties ?? {}).filter(isRequestOptionName);
  return {
    operationId: operation.operationId,
    method,
    path,
    isRead: method === "GET" || operation["x-repeatable"] === true,
    authentication: authentication(operation),
    idempotency:
      idempotency === undefined ? "none" : idempotency.honoured === true ? "honoured" : "unconfirmed",
    ...(idempotency?.operations === undefined ? {} : { operationList: idempotency.operations }),
    requiredMembers: [...new Set(schema?.required)],
    ...(optionLikeMembers.length === 0 ? {} : { optionLikeMembers }),
    takesEntityId: schema?.properties?.["entity_id"] !== undefined,
    constantMembers: constantMembers(schema),
  };
}

/** With what its `allOf` adds, at any depth. */
function wholeOf(spec: Spec, node: Schema): Schema {
  const schema = resolve(spec, node);
  const parts = (schema.allOf ?? []).map((part) => wholeOf(spec, part));
  return parts.length === 0
    ? schema
    : {
        required: [...parts, schema].flatMap((part) => part.required ?? []),
        properties: Object.assign({}, ...[...parts, schema].map((part) => part.properties ?? {})) as Record<
          string,
          Schema
        >, // `Object.assign` with a list gives any.
      };
}

function constantMembers(schema: Schema | undefined): Record<string, string> {
  const members = Object.entries(schema?.properties ?? {});
  return Object.fromEntries(
    members.flatMap(([name, { const: value }]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

function authentication(operation: Operation): "token" | "optional" | "client" {
  const security = operation.security ?? [];
  if (security.some((alternative) => "client_basic" in alternative)) return "client";
  return security.some((alternative) => Object.keys(alternative).length === 0) ? "optional" : "token";
}

function apiKeyHeader(spec: Spec): string {
  const schemes = spec.components?.["securitySchemes"] as Record<
    string,
    { type: string; in?: string; name?: string }
  >;
  const scheme = Object.values(schemes).find(
    ({ type, in: place }) => type === "apiKey" && place === "header",
  );
  return required(scheme?.name, "an apiKey security scheme in a header");
}

function headerOf(
  spec: Spec,
  placed: readonly PlacedOperation[],
  method: string,
  pattern: RegExp,
): string | undefined {
  return placed
    .filter((entry) => entry.method === method)
    .flatMap(({ operation }) => operation.parameters ?? [])
    .map((parameter) => resolve(spec, parameter))
    .find((parameter) => parameter.in === "header" && pattern.test(parameter.name))?.name;
}

function redirectionParameter(placed: readonly PlacedOperation[]): string {
  const names = placed.flatMap(({ operation }) => operation["x-redirection-parameter"] ?? []);
  return required(names[0], "x-redirection-parameter on the operation that lists the signing keys");
}

function minorUnitMembers(spec: Spec, placed: readonly PlacedOperation[]): string[] {
  const names = new Set<string>();
  const seen = new Set<Schema>();
  const visit = (node: Schema): void => {
    const schema = resolve(spec, node);
    if (seen.has(schema)) return;
    seen.add(schema);
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      if (member.$ref === minorUnits || member.allOf?.some(({ $ref }) => $ref === minorUnits))
        names.add(name);
      visit(member);
    }
    for (const part of [
      schema.items,
      ...(schema.allOf ?? []),
      ...(schema.anyOf ?? []),
      ...(schema.oneOf ?? []),
    ]) {
      if (part !== undefined) visit(part);
    }
  };
  for (const { operation } of placed) {
    const request = requestSchema(operation);
    if (request !== undefined) visit(request.schema);
  }
  return [...names].sort();
}

function environments(spec: Spec): Record<string, string> {
  const named = (spec.servers ?? []).flatMap((server) =>
    server["x-environment"] === undefined ? [] : [[server["x-environment"], server.url] as const],
  );
  return Object.fromEntries(named);
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the spec lacks ${what}`);
  return value;
}

function camel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function literal(value: string): string {
  return JSON.stringify(value);
}

function array(values: readonly string[]): string {
  return `[${values.map(literal).join(", ")}]`;
}

function object(members: Record<string, unknown>): string {
  const lines = Object.entries(members).map(([name, value]) => {
    return `  ${name}: ${Array.isArray(value) ? array(value as string[]) : JSON.stringify(value)},`;
  });
  return `{\n${lines.join("\n")}\n}`;
}
