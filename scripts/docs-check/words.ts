import { requestSchema, listOperations, type Spec } from "../spec/document.js";
import { isRecord, valueAt } from "../spec/json.js";
import { headerNames } from "../spec/operations.js";
import { asSchema, componentSchemas, partsOf, type NamedSchema } from "../spec/schemas.js";
import type { PageConstant } from "./constants.js";
import type { Difference } from "./difference.js";
import { headersFromElsewhere, isFromElsewhere } from "./elsewhere.js";
import { listBooleanDefaults, type ValueList } from "./values.js";

/** Constants of the page that stand nowhere in the spec. */
export function unknownConstants(
  spec: Spec,
  lists: readonly ValueList[],
  constants: readonly PageConstant[],
): Difference[] {
  const isKnown = knowledgeOf(spec, lists);
  return constants
    .filter((constant) => !isKnown(constant))
    .map(({ line, kind, text }) => ({
      kind: "unknown-constant",
      subject: text,
      detail: kind,
      places: [{ line }],
    }));
}

function knowledgeOf(spec: Spec, lists: readonly ValueList[]): (constant: PageConstant) => boolean {
  const schemas = componentSchemas(spec);
  const values = new Set(lists.flatMap((list) => list.values.map(({ value }) => value)));
  const members = new Set(schemas.map(({ name }) => name.slice(name.lastIndexOf(".") + 1)));
  for (const name of Object.keys(spec.components?.["securitySchemes"] ?? {})) members.add(name);
  const names = new Set(namesOf(spec).map(({ name }) => name.toLowerCase()));
  return ({ kind, text }) => {
    if (kind === "value") return values.has(text);
    if (kind === "member") return members.has(text) || values.has(text);
    if (kind === "header or parameter") return names.has(text);
    if (kind === "pointer or path") return isPath(spec, text) || isMember(spec, text);
    return schemas.some(({ schema }) => schema.type === "boolean");
  };
}

/** Headers and the parameter that comes with the shopper. */
function namesOf(spec: Spec): { name: string; provenance: unknown }[] {
  const redirection = listOperations(spec).flatMap(({ operation }) => {
    const name = operation["x-redirection-parameter"];
    return name === undefined ? [] : [{ name, provenance: valueAt(operation, "/x-provenance") }];
  });
  return [...headerNames(spec), ...redirection];
}

/** The page speaks of paths from where the service stands, the spec from the origin. */
function isPath(spec: Spec, text: string): boolean {
  return Object.keys(spec.paths).some((path) => path.endsWith(text));
}

/** Whether a pointer leads to a member of some request. */
function isMember(spec: Spec, text: string): boolean {
  return listOperations(spec).some(({ operation }) => {
    const request = requestSchema(operation);
    return request !== undefined && leadsToMember(spec, { name: "", schema: request.schema }, text);
  });
}

function leadsToMember(spec: Spec, root: NamedSchema, pointer: string): boolean {
  let schemas = [root];
  for (const name of pointer.split("/").slice(1)) {
    schemas = schemas
      .flatMap((named) => partsOf(spec, named))
      .flatMap(({ schema }) => [schema.properties?.[name], ...(/^\d+$/.test(name) ? [schema.items] : [])])
      .filter(isRecord)
      .map((schema) => ({ name, schema: asSchema(schema) }));
  }
  return schemas.length > 0;
}

/** Values and names of the spec that the page showed when the spec was written, and does not show any more. */
export function goneValues(
  spec: Spec,
  lists: readonly ValueList[],
  shown: readonly { readonly list: ValueList; readonly value: string }[],
  constants: readonly PageConstant[],
): Difference[] {
  const words = new Set(constants.map(({ text }) => text));
  const fromLists = lists.flatMap((list) =>
    list.values
      .filter(({ value, provenance }) => isExpected(provenance) && !isFromElsewhere(list.name, value))
      .filter(
        ({ value }) => !words.has(value) && !shown.some((one) => one.list === list && one.value === value),
      )
      .map(({ value }) => ({ value, place: list.name })),
  );
  const fromDefaults = listBooleanDefaults(spec)
    .filter(({ provenance, value }) => isExpected(provenance) && !words.has(value))
    .map(({ name, value }) => ({ value, place: `default of ${name}` }));
  const fromNames = namesOf(spec)
    .filter(({ name, provenance }) => isExpected(provenance) && !headersFromElsewhere.includes(name))
    .filter(({ name }) => !words.has(name.toLowerCase()))
    .map(({ name }) => ({ value: name, place: "header or parameter" }));
  const all = [...fromLists, ...fromDefaults, ...fromNames];
  return [...new Set(all.map(({ value }) => value))].map((value) => ({
    kind: "value-gone",
    subject: value,
    detail: all
      .filter((entry) => entry.value === value)
      .map(({ place }) => place)
      .join(", "),
    places: [],
  }));
}

function isExpected(provenance: unknown): boolean {
  return provenance === "documented" || provenance === "example";
}
