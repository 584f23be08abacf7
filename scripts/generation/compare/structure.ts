import { canonical, isObject, pointer, type Json } from "../read/json.js";
import { isDocumentation } from "../read/openapi-walk.js";
import type { Pair } from "./compare-schemas.js";

/**
 * Where two descriptions differ in anything but words for readers and order, by pointer. The last line of defence: it
 * knows nothing of meanings, so that nothing is silent because the comparison has no rule for it.
 */
export function structuralDifferences({ before, after }: Pair): string[] {
  const found: string[] = [];
  const visit = (ours: Json | undefined, theirs: Json | undefined, place: string): void => {
    if (found.length > 20 || text(ours) === text(theirs)) return;
    if (!isObject(ours) || !isObject(theirs)) {
      found.push(`${place || "/"} differs`);
      return;
    }
    for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      if (!isSilent(name, place)) visit(ours[name], theirs[name], place + pointer(name));
    }
  };
  for (const section of ["paths", "webhooks", "components", "servers"])
    visit(before[section], after[section], pointer(section));
  return found;
}

const named = /\/(?:properties|patternProperties|schemas|dependentSchemas|responses|parameters|headers)$/;

function isSilent(name: string, place: string): boolean {
  if (place === "/components" && name === "examples") return true;
  return !named.test(place) && (isDocumentation(name) || name === "tags" || name === "operationId");
}

/** Without what readers only are told, and with lists in one order. */
function text(value: Json | undefined): string {
  return value === undefined ? "" : canonical(plain(value, ""));
}

function plain(value: Json, place: string): Json {
  if (Array.isArray(value)) {
    return value.map((entry) => plain(entry, place)).sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  }
  if (!isObject(value)) return value;
  const said = Object.entries(value).filter(([name]) => !isSilent(name, place));
  return Object.fromEntries(said.map(([name, entry]) => [name, plain(entry, `/${name}`)]));
}
