import type { Change } from "../compare/change.js";
import { sayTo } from "../compare/change.js";
import { foldOpenLists } from "../../spec/known-values.js";
import type { JsonObject } from "../read/json.js";
import { alignNames } from "./align-names.js";
import { convertNames } from "./convert-names.js";
import { inlineReferences } from "./inline-references.js";
import { keepClientHeaders, keepMissingSchemas, keepTokenOperation } from "./keep-committed.js";
import { matchOperations } from "./match-operations.js";
import { normaliseSecurity } from "./normal-security.js";
import { normaliseServers } from "./normal-servers.js";
import { nameConstants, nameMinorUnits, openListsInAnswers } from "./open-lists.js";
import { dropUnused } from "./drop-unused.js";
import { upgradeNullable, upgradeSchemas } from "./upgrade-schemas.js";
import { untangle } from "./untangle.js";

export interface Normalised {
  document: JsonObject;
  /** How the file was read, for the maintainer. */
  notes: string[];
  /** What the committed description has, the file has not, and was kept. */
  kept: Change[];
}

/**
 * Brings a checked OpenAPI document into the form of the committed one: our paths, operation ids and schema names, the
 * words of OpenAPI 3.1, and the facts that only we know.
 *
 * @param base the committed description, in its normal form.
 */
export function normalise(input: JsonObject, base: JsonObject): Normalised {
  const document = foldOpenLists(input);
  const notes: string[] = [];
  const kept: Change[] = [];
  const keep = sayTo(kept, "not in the file");
  upgradeNullable(document);
  upgradeSchemas(document);
  inlineReferences(document);
  convertNames(document, notes);
  normaliseServers(document, base, notes, keep);
  matchOperations(document, base);
  normaliseSecurity(document, base, keep);
  keepTokenOperation(document, base, keep);
  alignNames(document, base, keep);
  nameMinorUnits(document, base);
  keepClientHeaders(document, base, keep);
  openListsInAnswers(document);
  nameConstants(document);
  keepMissingSchemas(document, base, keep);
  dropUnused(document, base);
  untangle(document);
  return { document, notes, kept };
}

/** The committed description as the others are brought into its form. */
export function normalBase(committed: JsonObject): JsonObject {
  const base = foldOpenLists(committed);
  upgradeSchemas(base);
  return base;
}
