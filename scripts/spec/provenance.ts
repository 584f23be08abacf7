import type { Spec } from "./document.js";
import { isRecord, itemsOf, membersOf, step, valueAt } from "./json.js";
import { asSchema, componentSchemas, withInner, type PlacedSchema } from "./schemas.js";

export const provenances = ["documented", "example", "inferred", "guess"] as const;

export const statementKinds = [
  "operation",
  "parameter",
  "request body",
  "response",
  "response header",
  "schema",
  "property",
  "enum value",
  "security scheme",
  "server",
] as const;
type StatementKind = (typeof statementKinds)[number];

export interface Statement {
  readonly kind: StatementKind;
  readonly pointer: string;
  readonly provenance: unknown;
}

const methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

/** Every statement of the spec, in its order. References state nothing of their own. */
export function listStatements(spec: Spec): Statement[] {
  const schemas = listSchemas(spec);
  return [
    ...itemsOf(spec.servers).map((server, index) => statement("server", step("/servers", index), server)),
    ...["paths", "webhooks"].flatMap((place) => operationStatements(spec, place)),
    ...componentStatements(spec, "securitySchemes", "security scheme"),
    ...componentStatements(spec, "parameters", "parameter"),
    ...componentStatements(spec, "headers", "response header"),
    ...componentStatements(spec, "requestBodies", "request body"),
    ...schemas.filter(statesSomething).map(({ pointer, role, schema }) => ({
      kind: role === "property" ? ("property" as const) : ("schema" as const),
      pointer,
      provenance: schema["x-provenance"],
    })),
    ...schemas.flatMap(valueStatements),
    ...componentStatements(spec, "responses", "response"),
  ];
}

function statement(kind: StatementKind, pointer: string, node: unknown): Statement {
  return { kind, pointer, provenance: isRecord(node) ? node["x-provenance"] : undefined };
}

function isReference(node: unknown): boolean {
  return isRecord(node) && typeof node["$ref"] === "string";
}

function componentStatements(spec: Spec, group: string, kind: StatementKind): Statement[] {
  return statementsIn(spec, step("/components", group), kind);
}

function statementsIn(spec: Spec, pointer: string, kind: StatementKind): Statement[] {
  const node = valueAt(spec, pointer);
  const inner: [string | number, unknown][] = Array.isArray(node)
    ? itemsOf(node).map((item, index) => [index, item])
    : membersOf(node);
  return inner
    .filter(([, item]) => !isReference(item))
    .flatMap(([name, item]) => {
      const place = step(pointer, name);
      return [statement(kind, place, item), ...statementsIn(spec, step(place, "headers"), "response header")];
    });
}

function operationStatements(spec: Spec, group: string): Statement[] {
  return membersOf(valueAt(spec, step("", group))).flatMap(([path, item]) => {
    const place = step(step("", group), path);
    const operations = methods.filter((method) => isRecord(valueAt(item, step("", method))));
    return [
      ...statementsIn(spec, step(place, "parameters"), "parameter"),
      ...operations.flatMap((method) => {
        const pointer = step(place, method);
        const body = valueAt(spec, step(pointer, "requestBody"));
        return [
          statement("operation", pointer, valueAt(spec, pointer)),
          ...statementsIn(spec, step(pointer, "parameters"), "parameter"),
          ...(body === undefined || isReference(body)
            ? []
            : [statement("request body", step(pointer, "requestBody"), body)]),
          ...statementsIn(spec, step(pointer, "responses"), "response"),
        ];
      }),
    ];
  });
}

/** The component schemas, and those written into parameters, which may list values as well. */
function listSchemas(spec: Spec): PlacedSchema[] {
  const inParameters = membersOf(spec.components?.parameters).flatMap(([name, parameter]) => {
    const pointer = step(step(step("/components", "parameters"), name), "schema");
    const schema = asSchema(valueAt(parameter, "/schema"));
    return withInner({ name, pointer, role: "part", schema });
  });
  return [...inParameters, ...componentSchemas(spec)];
}

/** A part (an item, a branch) is a statement of its own only when it describes members. */
function statesSomething({ role, schema }: PlacedSchema): boolean {
  return role !== "part" || schema.properties !== undefined;
}

/** Values of open lists. Closed lists and constants are part of what their property states. */
function valueStatements({ pointer, schema }: PlacedSchema): Statement[] {
  const listed = itemsOf(schema["x-extensible-enum"]).map(String);
  const words = new Map(membersOf(schema["x-enum-provenance"]));
  return listed.map((value) => ({
    kind: "enum value",
    pointer: step(step(pointer, "x-enum-provenance"), value),
    provenance: words.get(value),
  }));
}

/** Faults, each beginning with the pointer to what is wrong. */
export function findFaults(spec: Spec): string[] {
  const statements = listStatements(spec);
  const known: readonly unknown[] = provenances;
  const unstated = statements.flatMap(({ kind, pointer, provenance }) => {
    if (known.includes(provenance)) return [];
    if (provenance === undefined) return [`${pointer}: this ${kind} has no provenance`];
    return [`${pointer}: ${JSON.stringify(provenance)} is none of ${provenances.join(", ")}`];
  });
  return [...unstated, ...findUnlisted(listSchemas(spec)), ...findStray(spec, statements)];
}

function findUnlisted(schemas: readonly PlacedSchema[]): string[] {
  return schemas.flatMap(({ pointer, schema }) => {
    const listed = itemsOf(schema["x-extensible-enum"]).map(String);
    return membersOf(schema["x-enum-provenance"])
      .filter(([value]) => !listed.includes(value))
      .map(
        ([value]) =>
          `${step(step(pointer, "x-enum-provenance"), value)}: x-extensible-enum has no such value`,
      );
  });
}

/** A provenance at a place that is not counted would make the table say less than the spec does. */
function findStray(spec: Spec, statements: readonly Statement[]): string[] {
  const counted = new Set(statements.map(({ pointer }) => pointer));
  return provenancePointers(spec, "")
    .filter((pointer) => !counted.has(pointer))
    .map((pointer) => `${pointer}: has an x-provenance, but is no statement that this script counts`);
}

function provenancePointers(node: unknown, pointer: string): string[] {
  const inner: [string | number, unknown][] = Array.isArray(node)
    ? itemsOf(node).map((item, index) => [index, item])
    : membersOf(node);
  const own = isRecord(node) && typeof node["x-provenance"] === "string" ? [pointer] : [];
  // Examples hold other people's data, in which no word of ours means anything.
  const searched = inner.filter(([name]) => name !== "examples" && name !== "example");
  return [...own, ...searched.flatMap(([name, item]) => provenancePointers(item, step(pointer, name)))];
}
