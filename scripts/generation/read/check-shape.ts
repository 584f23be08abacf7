import { InputError } from "./input-error.js";
import {
  isObject,
  memberOf,
  objectAt,
  objectEntries,
  objectsAt,
  pointer,
  resolveNode,
  stringAt,
  type Json,
  type JsonObject,
} from "./json.js";
import { allSchemas, operationsOf, type Placed, type PlacedSchema } from "./openapi-walk.js";

const typeNames: readonly string[] = ["string", "number", "integer", "boolean", "array", "object", "null"];

const counts: readonly string[] = [
  ...["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"],
];

/** Refuses what is not OpenAPI 3.0 or 3.1. Before {@link checkReferences}, so that a Swagger file is called one. */
export function checkVersion(document: JsonObject): void {
  if (document["swagger"] !== undefined) {
    throw new InputError(
      `Swagger ${text(document["swagger"])}, not OpenAPI 3`,
      "/swagger",
      "convert it, for example with `npx swagger2openapi`",
    );
  }
  const version = document["openapi"];
  if (version === undefined) {
    throw new InputError("not an OpenAPI document: `openapi` is missing", "/", "give an OpenAPI document");
  }
  if (typeof version !== "string" || !/^3\.[01]\.\d+(?:-[\w.]+)?$/.test(version)) {
    throw new InputError(`OpenAPI ${text(version)} is not supported`, "/openapi", "give OpenAPI 3.0 or 3.1");
  }
  if (!isObject(document["paths"]) || Object.keys(document["paths"]).length === 0) {
    throw new InputError("there are no paths", "/paths", "give the description of the payment API");
  }
}

/** Refuses what the rest of the generation could stumble over. After {@link checkReferences}. */
export function checkShape(document: JsonObject): void {
  for (const section of ["paths", "webhooks", "components"]) {
    if (document[section] === undefined) continue;
    expectObject(document[section], pointer(section));
    for (const [name, member] of Object.entries(objectAt(document, section))) {
      if (!name.startsWith("x-")) expectObject(member, pointer(section, name));
    }
  }
  for (const [section, entries] of objectEntries(objectAt(document, "components"))) {
    for (const [name, entry] of Object.entries(entries)) {
      expectObject(entry, pointer("components", section, name));
      if (section !== "schemas") checkContent(entry, pointer("components", section, name));
    }
  }
  for (const section of ["paths", "webhooks"] as const) {
    for (const placed of operationsOf(document, section)) {
      checkOperation(document, placed, pointer(section, placed.path, placed.method));
    }
  }
  for (const path of Object.keys(objectAt(document, "paths"))) checkTemplate(path);
  allSchemas(document).forEach(checkSchema);
}

function checkOperation(document: JsonObject, { item, method, operation }: Placed, place: string): void {
  expectObject(item[method], place);
  for (const keyword of ["summary", "description", "operationId"]) {
    const value = operation[keyword];
    if (value === undefined || typeof value === "string") continue;
    throw new InputError(`\`${keyword}\` is not a text`, place + pointer(keyword), "correct it there");
  }
  for (const holder of [item, operation]) {
    const parameters = holder["parameters"];
    if (parameters !== undefined && !Array.isArray(parameters)) {
      throw new InputError("not a list", `${place}/parameters`, "correct it there");
    }
    parameters?.forEach((parameter, index) => {
      checkParameter(document, parameter, place + pointer("parameters", index));
    });
  }
  const body = operation["requestBody"];
  if (body !== undefined) {
    expectObject(body, `${place}/requestBody`);
    checkContent(body, `${place}/requestBody`);
    if (stringAt(body, "$ref") === undefined) {
      expectObject(memberOf(body, "content"), `${place}/requestBody/content`);
    }
  }
  expectObject(operation["responses"] ?? {}, `${place}/responses`);
  for (const [status, response] of Object.entries(objectAt(operation, "responses"))) {
    if (status.startsWith("x-")) continue;
    expectObject(response, place + pointer("responses", status));
    checkContent(response, place + pointer("responses", status));
  }
}

/** Of a request body, a response or a component that may be one. */
function checkContent(holder: Json, place: string): void {
  const content = memberOf(holder, "content");
  if (content === undefined) return;
  expectObject(content, `${place}/content`);
  for (const [mediaType, media] of Object.entries(objectAt(holder, "content"))) {
    const there = place + pointer("content", mediaType);
    expectObject(media, there);
    if (memberOf(media, "schema") !== undefined) expectObject(memberOf(media, "schema"), `${there}/schema`);
  }
}

function checkParameter(document: JsonObject, parameter: Json, place: string): void {
  expectObject(parameter, place);
  const target = isObject(parameter) ? resolveNode(document, parameter) : parameter;
  if (stringAt(target, "name") === undefined || stringAt(target, "in") === undefined) {
    throw new InputError("a parameter without `name` or `in`", place, "give it both");
  }
}

function checkTemplate(path: string): void {
  const place = pointer("paths", path);
  if (!path.startsWith("/")) throw new InputError("a path must begin with a slash", place, "correct it");
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "");
  const rest = path.replaceAll(/\{[\w.-]+\}/g, "-");
  // One parameter fills one whole segment: the client puts ids in by segment.
  const isPlain =
    /^[\w./~:@-]+$/.test(rest) && path.split("/").every((step) => /^(?:[^{}]*|\{[^{}]+\})$/.test(step));
  const isSafe = !/(?:^|\/)\.{1,2}(?:\/|$)|\/\//.test(path);
  if (!isPlain || !isSafe || new Set(names).size !== names.length) {
    throw new InputError(
      "a path template must be of plain segments and whole `{name}` segments, each name once",
      place,
      "correct it",
    );
  }
}

function checkSchema({ schema, place }: PlacedSchema): void {
  const expect = (keyword: string, isRight: (value: Json) => boolean, what: string): void => {
    const value = schema[keyword];
    if (value === undefined || isRight(value)) return;
    throw new InputError(`\`${keyword}\` is not ${what}`, place + pointer(keyword), "correct it there");
  };
  const isType = (value: Json): boolean => typeof value === "string" && typeNames.includes(value);
  const isTypeList = (value: Json): boolean =>
    Array.isArray(value) && value.length > 0 && value.every(isType) && new Set(value).size === value.length;
  const isSchema = (value: Json): boolean => isObject(value) || typeof value === "boolean";
  const isSchemaMap = (value: Json): boolean => isObject(value) && Object.values(value).every(isSchema);
  const isSchemaList = (value: Json): boolean =>
    Array.isArray(value) && value.length > 0 && value.every(isSchema);
  expect("$ref", (value) => typeof value === "string", "a text");
  expect("type", (value) => isType(value) || isTypeList(value), "a type's name");
  expect("properties", isSchemaMap, "a map of schemas");
  expect("items", isSchema, "a schema");
  expect("additionalProperties", isSchema, "a schema or a boolean");
  for (const keyword of ["allOf", "anyOf", "oneOf"]) expect(keyword, isSchemaList, "a list of schemas");
  expect("required", isTextList, "a list of member names");
  expect("enum", (value) => Array.isArray(value) && value.length > 0, "a list of values");
  for (const keyword of counts) {
    expect(keyword, (value) => Number.isInteger(value) && Number(value) >= 0, "a whole number");
  }
  for (const keyword of ["minimum", "maximum"])
    expect(keyword, (value) => typeof value === "number", "a number");
  for (const keyword of ["description", "title", "format", "pattern"]) {
    expect(keyword, (value) => typeof value === "string", "a text");
  }
}

function isTextList(value: Json): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function expectObject(value: Json | undefined, place: string): void {
  if (!isObject(value)) throw new InputError("not an object", place, "correct it there");
}

/** Every path parameter that a template names must be described, and the other way round. */
export function checkPathParameters(document: JsonObject): void {
  for (const { path, method, item, operation } of operationsOf(document)) {
    const described = [...objectsAt(item, "parameters"), ...objectsAt(operation, "parameters")]
      .map((parameter) => resolveNode(document, parameter))
      .filter((parameter) => parameter["in"] === "path")
      .map((parameter) => stringAt(parameter, "name") ?? "");
    const named = [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? "");
    const lacking = named.find((name) => !described.includes(name));
    const spare = described.find((name) => !named.includes(name));
    const place = pointer("paths", path, method, "parameters");
    if (lacking !== undefined) {
      throw new InputError(`the path parameter {${lacking}} is not described`, place, "describe it");
    }
    if (spare !== undefined) {
      throw new InputError(`the path has no {${spare}}, which is described`, place, "correct either");
    }
  }
}

function text(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}
