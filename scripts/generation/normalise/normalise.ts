import { alignNames } from "./align-names.js";
import { facadeOperations, tokenOperation } from "../read/facade-facts.js";
import { inlineReferences } from "./inline-references.js";
import { InputError } from "../read/input-error.js";
import { clone, type JsonObject } from "../read/json.js";
import { keepClientHeaders, keepOutsideSchemas, keepTokenOperation } from "./keep-committed.js";
import { matchOperations } from "./match-operations.js";
import { normaliseSecurity } from "./normal-security.js";
import { normaliseServers } from "./normal-servers.js";
import { nameConstants, nameMinorUnits, openListsInAnswers } from "./open-lists.js";
import { operationsOf } from "../read/openapi-walk.js";
import { upgradeNullable, upgradeSchemas } from "./upgrade-schemas.js";

export interface Normalised {
  document: JsonObject;
  /** What was added or read differently, for the maintainer. */
  notes: string[];
}

/**
 * Brings a checked OpenAPI document into the form of the committed one: our paths, operation ids and schema names, the
 * words of OpenAPI 3.1, and the facts that only we know.
 *
 * @param base the committed description.
 * @param required operations that the facade cannot do without.
 */
export function normalise(input: JsonObject, base: JsonObject, required: readonly string[]): Normalised {
  const document = clone(input);
  const notes: string[] = [];
  upgradeNullable(document);
  upgradeSchemas(document);
  inlineReferences(document);
  normaliseServers(document, notes);
  matchOperations(document);
  requireOperations(document, required);
  normaliseSecurity(document, base, notes);
  keepTokenOperation(document, base, notes);
  alignNames(document, base);
  nameMinorUnits(document, base);
  keepClientHeaders(document, base, notes);
  openListsInAnswers(document);
  nameConstants(document);
  keepOutsideSchemas(document, base);
  return { document, notes };
}

function requireOperations(document: JsonObject, required: readonly string[]): void {
  const present = operationsOf(document).map(({ operation }) => operation["operationId"]);
  const missing = required.filter((id) => id !== tokenOperation && !present.includes(id));
  if (missing.length === 0) return;
  const named = missing.map((id) => {
    const facts = facadeOperations.find(({ operationId }) => operationId === id);
    return facts === undefined ? id : `${id} (${facts.method.toUpperCase()} ${facts.path})`;
  });
  throw new InputError(
    `it lacks operations that src/ is built on: ${named.join(", ")}`,
    "/paths",
    "add them, or take them out of src/ first",
  );
}
