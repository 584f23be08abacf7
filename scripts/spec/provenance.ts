import type { Spec } from "./document.js";
import { attachedStatements, findUnattached } from "./attached.js";
import { isRecord, itemsOf, membersOf, step, valueAt } from "./json.js";
import { asSchema, componentSchemas, withInner, type PlacedSchema } from "./schemas.js";
import { provenances, type Statement, type StatementKind } from "./statement.js";

const methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

/** Every statement of the spec, in its order. A reference states nothing of its own; that it stands there does. */
export function listStatements(spec: Spec): Statement[] {
  const schemas = listSchemas(spec);
  return [
    ...itemsOf(spec.servers).map((server, index) => statement("server", step("/servers", index), server)),
    ...["paths", "webhooks"].flatMap((place) => operationStatements(spec, place)),
    ...componentStatements(spec, "securitySchemes", "security scheme"),
    ...componentStatements(spec, "parameters", "shared parameter"),
    ...componentStatements(spec, "headers", "response header"),
    ...componentStatements(spec, "requestBodies", "request body"),
    ...schemas
      .filter(statesSomething)
      .map(({ pointer, role, schema }) =>
        statement(role === "property" ? "property" : "schema", pointer, schema),
      ),
    ...schemas.flatMap(({ pointer, schema }) => attachedStatements(spec, pointer, schema)),
    ...componentStatements(spec, "responses", "shared response"),
  ];
}

function statement(kind: StatementKind, pointer: string, node: unknown): Statement {
  const { "x-provenance": provenance, "x-source": source } = isRecord(node) ? node : {};
  return { kind, pointer, provenance, source };
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

/** The operations and webhooks, with where they are written down. */
function listPlaces(spec: Spec, group: string): string[] {
  return membersOf(valueAt(spec, step("", group))).flatMap(([path, item]) => {
    const place = step(step("", group), path);
    return methods
      .filter((method) => isRecord(valueAt(item, step("", method))))
      .map((method) => step(place, method));
  });
}

function operationStatements(spec: Spec, group: string): Statement[] {
  const shared = membersOf(valueAt(spec, step("", group))).flatMap(([path]) =>
    statementsIn(spec, step(step(step("", group), path), "parameters"), "parameter"),
  );
  const own = listPlaces(spec, group).flatMap((pointer) => {
    const body = valueAt(spec, step(pointer, "requestBody"));
    return [
      statement("operation", pointer, valueAt(spec, pointer)),
      ...statementsIn(spec, step(pointer, "parameters"), "parameter"),
      ...(body === undefined || isReference(body)
        ? []
        : [statement("request body", step(pointer, "requestBody"), body)]),
      ...attachedStatements(spec, pointer, valueAt(spec, pointer)),
    ];
  });
  return [...shared, ...own];
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

/** A part (an item, a branch) is a statement of its own only when it describes members that it does not add to others. */
function statesSomething({ role, schema, pointer }: PlacedSchema): boolean {
  return role !== "part" || (schema.properties !== undefined && !/\/allOf\/\d+$/.test(pointer));
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
  const holders = [
    ...["paths", "webhooks"].flatMap((group) => listPlaces(spec, group)),
    ...listSchemas(spec).map(({ pointer }) => pointer),
  ];
  return [
    ...unstated,
    ...holders.flatMap((pointer) => findUnattached(spec, pointer, valueAt(spec, pointer))),
    ...findStray(spec, statements),
    ...findUnsourced(spec, statements),
  ];
}

/** A provenance at a place that is not counted would make the table say less than the spec does. */
function findStray(spec: Spec, statements: readonly Statement[]): string[] {
  const counted = new Set(statements.map(({ pointer }) => pointer));
  return keywordPointers(spec, "x-provenance", "")
    .filter((pointer) => !counted.has(pointer))
    .map((pointer) => `${pointer}: has an x-provenance, but is no statement that this script counts`);
}

/** A statement names its source by a key of `x-sources`; what is attached to it shares its source. */
function findUnsourced(spec: Spec, statements: readonly Statement[]): string[] {
  const titles = new Map(membersOf(valueAt(spec, "/x-sources")));
  const own = statements.filter(({ isAttached }) => isAttached !== true);
  const unknown = own.flatMap(({ kind, pointer, source }) => {
    if (source === undefined) return [`${pointer}: this ${kind} names no source`];
    return typeof source === "string" && titles.has(source)
      ? []
      : [`${pointer}: x-sources has no ${JSON.stringify(source)}`];
  });
  const used = new Set(own.map(({ source }) => source));
  const notes = keywordPointers(spec, "x-provenance-note", "").map(
    (pointer) => `${pointer}: has an x-provenance-note, which no renderer shows: say it in the description`,
  );
  const unused = [...titles.keys()].filter((key) => !used.has(key));
  return [...unknown, ...notes, ...unused.map((key) => `/x-sources/${key}: no statement names it`)];
}

function keywordPointers(node: unknown, keyword: string, pointer: string): string[] {
  const inner: [string | number, unknown][] = Array.isArray(node)
    ? itemsOf(node).map((item, index) => [index, item])
    : membersOf(node);
  const own = isRecord(node) && typeof node[keyword] === "string" ? [pointer] : [];
  // Examples hold other people's data, in which no word of ours means anything.
  const searched = inner.filter(([name]) => name !== "examples" && name !== "example");
  return [...own, ...searched.flatMap(([name, item]) => keywordPointers(item, keyword, step(pointer, name)))];
}
