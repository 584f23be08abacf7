import { minorUnitMembers } from "../read/facade-facts.js";
import { objectAt, objectEntries, overwrite, stringsAt, without, type JsonObject } from "../read/json.js";
import { reach } from "../read/reach.js";
import { allSchemas, operationsOf, schemaReference } from "../read/openapi-walk.js";

/**
 * Opens the lists of values in answers: the service may send new ones any day, and code that took a list for complete
 * would break then. Lists that only requests use stay closed.
 */
export function openListsInAnswers(document: JsonObject): void {
  const answers = operationsOf(document).map(({ operation }) => objectAt(operation, "responses"));
  // A webhook's request is an answer to us.
  const events = operationsOf(document, "webhooks").map(({ operation }) =>
    objectAt(operation, "requestBody"),
  );
  for (const schema of reach(document, [...answers, ...events]).nodes) {
    const values = schema["enum"];
    if (!Array.isArray(values) || !values.every((value) => typeof value === "string" || value === null))
      continue;
    const texts = values.filter((value) => typeof value === "string");
    if (texts.length > 0) overwrite(schema, { ...without(schema, "enum"), "x-extensible-enum": texts });
  }
}

/** A closed list of one value is how 3.0 says `const`. */
export function nameConstants(document: JsonObject): void {
  for (const { schema } of allSchemas(document)) {
    const values = schema["enum"];
    const only = Array.isArray(values) && values.length === 1 ? values[0] : undefined;
    if (typeof only === "string") overwrite(schema, { ...without(schema, "enum"), const: only });
  }
}

/** Plain integers that go by the name of an amount become references to the one schema of amounts. */
export function nameMinorUnits(document: JsonObject, base: JsonObject): void {
  const components = objectAt(document, "components");
  const schemas = objectAt(components, "schemas");
  if (schemas["MinorUnits"] === undefined) {
    const ours = objectAt(objectAt(base, "components"), "schemas")["MinorUnits"];
    document["components"] = {
      ...components,
      schemas: { ...schemas, MinorUnits: ours ?? { type: "integer" } },
    };
  }
  const names = minorUnitMembers(base);
  for (const { schema } of allSchemas(document)) {
    for (const [name, member] of objectEntries(objectAt(schema, "properties"))) {
      if (names.has(name) && isInteger(member)) {
        overwrite(member, { $ref: schemaReference("MinorUnits"), ...without(member, "type") });
      }
    }
  }
}

function isInteger(schema: JsonObject): boolean {
  return (
    schema["$ref"] === undefined && schema["type"] === "integer" && stringsAt(schema, "enum").length === 0
  );
}
