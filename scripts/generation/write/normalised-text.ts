import { parseDocument, type Document } from "yaml";
import { unfoldOpenLists } from "../../spec/known-values.js";
import { canonical, isObject, type Json, type JsonObject } from "../read/json.js";

type Path = readonly (string | number)[];

/**
 * The committed text with what the file says otherwise put in its place: what is the same keeps its words, order and
 * comments, and our extensions stay, because no vendor's file has them.
 */
export function normalisedText(text: string, base: JsonObject, document: JsonObject): string {
  const written = parseDocument(text);
  const isChanged = patch(written, [], base, document);
  // The width that the committed text is broken at.
  return isChanged ? written.toString({ lineWidth: 108 }) : text;
}

function patch(written: Document, path: Path, ours: Json, theirs: Json): boolean {
  if (canonical(ours) === canonical(theirs)) return false;
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    return ours
      .map((entry, index) => patch(written, [...path, index], entry, theirs[index] ?? null))
      .includes(true);
  }
  if (!isObject(ours) || !isObject(theirs)) {
    written.setIn(path, unfoldOpenLists(theirs));
    return true;
  }
  const wasChoice = ours["x-extensible-enum"] !== undefined && written.hasIn([...path, "anyOf"]);
  if (wasChoice && theirs["x-extensible-enum"] === undefined) {
    written.setIn(path, unfoldOpenLists(theirs));
    return true;
  }
  const gone = Object.keys(ours).filter((name) => theirs[name] === undefined && !isOurs(name));
  for (const name of gone) written.deleteIn([...path, name]);
  const changed = Object.entries(theirs).map(([name, value]) => {
    const there = [...path, ...placeOf(written, path, name)];
    const { [name]: own } = ours;
    if (own !== undefined) return patch(written, there, own, value);
    written.setIn(there, unfoldOpenLists(value));
    return true;
  });
  return gone.length > 0 || changed.includes(true);
}

function isOurs(name: string): boolean {
  return name.startsWith("x-") && name !== "x-extensible-enum";
}

/** An open list may be written as a choice between known values and any text. */
function placeOf(written: Document, path: Path, name: string): Path {
  const isChoice = name === "x-extensible-enum" && written.hasIn([...path, "anyOf", 0, "enum"]);
  return isChoice ? ["anyOf", 0, "enum"] : [name];
}
