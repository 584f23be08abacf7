import { InputError, runAll } from "./input-error.js";
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

/** Refuses what is not OpenAPI 3.0 or 3.1. Before {@link checkReferences}, so that a Swagger file is called one. */
export function checkVersion(document: JsonObject): void {
  if (document["swagger"] !== undefined) {
    const remedy = "convert it, for example with `npx swagger2openapi`";
    throw new InputError(`Swagger ${text(document["swagger"])}, not OpenAPI 3`, "/swagger", remedy);
  }
  const version = document["openapi"];
  if (version === undefined) {
    throw new InputError("not an OpenAPI document: `openapi` is missing", "/", "give an OpenAPI document");
  }
  // Unquoted in YAML, `3.1` is a number.
  if (!/^3\.[01](?:\.\d+(?:-[\w.]+)?)?$/.test(typeof version === "object" ? "" : String(version))) {
    throw new InputError(`OpenAPI ${text(version)} is not supported`, "/openapi", "give OpenAPI 3.0 or 3.1");
  }
  if (!isObject(document["paths"]) || Object.keys(document["paths"]).length === 0) {
    throw new InputError("there are no paths", "/paths", "give the description of the payment API");
  }
}

/** Refuses what the rest of the generation could stumble over. After {@link checkReferences}. */
export function checkShape(document: JsonObject): void {
  runAll(sectionChecks(document));
  runAll([
    ...(["paths", "webhooks"] as const).flatMap((section) =>
      operationsOf(document, section).flatMap((placed) =>
        operationChecks(document, placed, pointer(section, placed.path, placed.method)),
      ),
    ),
    ...Object.keys(objectAt(document, "paths")).map((path) => () => {
      // The client joins it to an origin, and must end where it says.
      if (path.startsWith("x-") || (path.startsWith("/") && !/[?#\s]|\/\.{1,2}(?:\/|$)|\/\//.test(path)))
        return;
      const problem = "a path begins with a slash, does not climb, and has no query";
      throw new InputError(problem, pointer("paths", path), "correct it");
    }),
    ...allSchemas(document).flatMap(schemaChecks),
  ]);
}

type Check = () => void;

function sectionChecks(document: JsonObject): Check[] {
  const sections = ["paths", "webhooks", "components"].filter((section) => document[section] !== undefined);
  return [
    ...sections.map((section) => beObject(document[section], pointer(section))),
    ...sections.flatMap((section) =>
      Object.entries(objectAt(document, section))
        .filter(([name]) => !name.startsWith("x-"))
        .map(([name, member]) => beObject(member, pointer(section, name))),
    ),
    ...objectEntries(objectAt(document, "components")).flatMap(([section, entries]) =>
      Object.entries(entries)
        .filter(([, entry]) => section !== "schemas" || typeof entry !== "boolean")
        .flatMap(([name, entry]) => {
          const place = pointer("components", section, name);
          return [beObject(entry, place), ...(section === "schemas" ? [] : contentChecks(entry, place))];
        }),
    ),
  ];
}

function operationChecks(
  document: JsonObject,
  { path, item, method, operation }: Placed,
  place: string,
): Check[] {
  const texts = ["summary", "description", "operationId"].map((word) =>
    be(operation, word, isText, "a text", place),
  );
  const lists = [item, operation].map((holder) => be(holder, "parameters", Array.isArray, "a list", place));
  const parameters = [item, operation].flatMap((holder) =>
    Array.isArray(holder["parameters"]) ? holder["parameters"] : [],
  );
  const body = operation["requestBody"];
  const bodyPlace = `${place}/requestBody`;
  const responses = Object.entries(objectAt(operation, "responses")).filter(
    ([status]) => !status.startsWith("x-"),
  );
  return [
    beObject(item[method], place),
    ...texts,
    ...lists,
    ...parameters.map((parameter, index) =>
      checkParameter(document, parameter, place + pointer("parameters", index)),
    ),
    ...(path.startsWith("/") ? [checkPathParameters(document, path, parameters, `${place}/parameters`)] : []),
    ...(body === undefined ? [] : [beObject(body, bodyPlace), ...contentChecks(body, bodyPlace)]),
    ...(isObject(body) && body["$ref"] === undefined
      ? [beObject(body["content"], `${bodyPlace}/content`)]
      : []),
    beObject(operation["responses"] ?? {}, `${place}/responses`),
    ...responses.flatMap(([status, response]) => {
      const there = place + pointer("responses", status);
      return [beObject(response, there), ...contentChecks(response, there)];
    }),
  ];
}

/** Of a request body, a response or a component that may be one. */
function contentChecks(holder: Json, place: string): Check[] {
  const content = memberOf(holder, "content");
  if (content === undefined) return [];
  return [
    beObject(content, `${place}/content`),
    ...Object.entries(objectAt(holder, "content")).flatMap(([mediaType, media]) => {
      const there = place + pointer("content", mediaType);
      return [
        beObject(media, there),
        be(isObject(media) ? media : {}, "schema", isSchema, "a schema", there),
      ];
    }),
  ];
}

function checkParameter(document: JsonObject, parameter: Json, place: string): Check {
  return () => {
    beObject(parameter, place)();
    const target = isObject(parameter) ? resolveNode(document, parameter) : parameter;
    if (stringAt(target, "name") !== undefined && stringAt(target, "in") !== undefined) return;
    throw new InputError("a parameter without `name` or `in`", place, "give it both");
  };
}

/** Every path parameter that a template names must be described, and the other way round. */
function checkPathParameters(
  document: JsonObject,
  path: string,
  parameters: readonly Json[],
  place: string,
): Check {
  return () => {
    const named = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "");
    if (/[{}]/.test(path.replaceAll(/\{[^{}]+\}/g, "")) || new Set(named).size !== named.length) {
      throw new InputError(
        "a path names each parameter once, as `{name}`",
        place.replace(/\/\w+\/parameters$/, ""),
        "correct it",
      );
    }
    const described = objectsAt({ parameters: [...parameters] }, "parameters")
      .map((parameter) => resolveNode(document, parameter))
      .flatMap((parameter) => (parameter["in"] === "path" ? (stringAt(parameter, "name") ?? []) : []));
    const lacking = named.find((name) => !described.includes(name));
    const spare = described.find((name) => !named.includes(name));
    if (lacking !== undefined)
      throw new InputError(`the path parameter {${lacking}} is not described`, place, "describe it");
    if (spare !== undefined)
      throw new InputError(`the path has no {${spare}}, which is described`, place, "correct either");
  };
}

type Test = (value: Json) => boolean;

const isText: Test = (value) => typeof value === "string";
const isSchema: Test = (value) => isObject(value) || typeof value === "boolean";
const isNumber: Test = (value) => typeof value === "number";
const isCount: Test = (value) => Number.isInteger(value) && Number(value) >= 0;
const isSchemaList: Test = (value) => Array.isArray(value) && value.length > 0 && value.every(isSchema);
const isSchemaMap: Test = (value) => isObject(value) && Object.values(value).every(isSchema);
const typeNames: readonly Json[] = ["string", "number", "integer", "boolean", "array", "object", "null"];

const rules: readonly [words: readonly string[], test: Test, what: string][] = [
  [["description", "title", "format", "pattern", "$ref"], isText, "a text"],
  [["type"], (value) => isListOf(value, typeNames) || typeNames.includes(value), "a type's name"],
  [["properties", "patternProperties", "dependentSchemas"], isSchemaMap, "a map of schemas"],
  [
    ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"],
    isSchema,
    "a schema",
  ],
  [["unevaluatedItems", "unevaluatedProperties"], isSchema, "a schema"],
  [["allOf", "anyOf", "oneOf", "prefixItems"], isSchemaList, "a list of schemas"],
  [["required"], (value) => Array.isArray(value) && value.every(isText), "a list of member names"],
  [["enum"], (value) => Array.isArray(value) && value.length > 0, "a list of values"],
  [
    ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"],
    isCount,
    "a whole number",
  ],
  [["minimum", "maximum", "multipleOf"], isNumber, "a number"],
  [
    ["exclusiveMinimum", "exclusiveMaximum"],
    (value) => isNumber(value) || typeof value === "boolean",
    "a number",
  ],
  [
    ["dependentRequired"],
    (value) => isObject(value) && Object.values(value).every(Array.isArray),
    "a map of lists",
  ],
];

function isListOf(value: Json, names: readonly Json[]): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) => names.includes(entry)) &&
    new Set(value).size === value.length
  );
}

function schemaChecks({ schema, place }: PlacedSchema): Check[] {
  return rules.flatMap(([words, test, what]) => words.map((word) => be(schema, word, test, what, place)));
}

function be(holder: JsonObject, word: string, isRight: Test, what: string, place: string): Check {
  return () => {
    const value = memberOf(holder, word);
    if (value === undefined || isRight(value)) return;
    throw new InputError(`\`${word}\` is not ${what}`, place + pointer(word), "correct it there");
  };
}

function beObject(value: Json | undefined, place: string): Check {
  return () => {
    if (!isObject(value)) throw new InputError("not an object", place, "correct it there");
  };
}

function text(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}
