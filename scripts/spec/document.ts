import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { foldOpenLists } from "./known-values.js";

/** The parts of an OpenAPI document that generation reads. */
export interface Spec {
  openapi: string;
  info: { title: string; version: string };
  servers?: { url: string; "x-environment"?: string }[];
  paths: Record<string, Record<string, unknown>>;
  components?: { schemas?: Record<string, Schema>; parameters?: Record<string, Parameter> } & Record<
    string,
    unknown
  >;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  "x-extensible-enum"?: string[];
  [keyword: string]: unknown;
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: string;
}

export interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  security?: Record<string, string[]>[];
  "x-purse-idempotency"?: { honoured: true | "unknown"; operations?: string };
  "x-redirection-parameter"?: string;
  "x-repeatable"?: boolean;
}

export interface PlacedOperation {
  path: string;
  method: string;
  operation: Operation;
}

const methods = ["get", "put", "post", "delete", "patch"];

export function readSpec(file: string): Spec {
  const document = parseDocument(readFileSync(file, "utf8"));
  const [problem] = document.errors;
  if (problem !== undefined) throw new Error(`${file}: not valid YAML: ${problem.message}`);
  return foldOpenLists(document.toJS() as Spec);
}

export function listOperations(spec: Spec): PlacedOperation[] {
  return Object.entries(spec.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => ({ path, method: method.toUpperCase(), operation: item[method] as Operation })),
  );
}

/** Follows a `#/…` reference; other objects come back as they are. */
export function resolve<T extends { $ref?: string }>(spec: Spec, node: T): T {
  if (node.$ref === undefined) return node;
  let target: unknown = spec;
  for (const step of node.$ref.replace(/^#\//, "").split("/")) {
    target = (target as Record<string, unknown> | undefined)?.[
      step.replaceAll("~1", "/").replaceAll("~0", "~")
    ];
  }
  if (target === undefined) throw new Error(`the reference ${node.$ref} leads nowhere`);
  return resolve(spec, target as T);
}

export function requestSchema(operation: Operation): { mediaType: string; schema: Schema } | undefined {
  const [entry] = Object.entries(operation.requestBody?.content ?? {});
  return entry === undefined ? undefined : { mediaType: entry[0], schema: entry[1].schema };
}
