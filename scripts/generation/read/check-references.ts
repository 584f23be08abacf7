import { InputError, runAll } from "./input-error.js";
import { isObject, lookUp, pointer, stringAt, type Json, type JsonObject } from "./json.js";

/** Keywords that move the base of references or resolve late; nothing here follows them. */
const unsupported: readonly string[] = ["$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef"];

/**
 * Refuses every reference that leads out of the file, nowhere or in a circle. It runs before any other tool sees the
 * document, because they resolve references themselves and would fetch or read what is named.
 */
export function checkReferences(document: JsonObject): void {
  runAll(checksOf(document, document, ""));
}

function* checksOf(document: JsonObject, node: Json, place: string): Generator<() => void> {
  if (Array.isArray(node)) {
    for (const [index, entry] of node.entries()) yield* checksOf(document, entry, place + pointer(index));
    return;
  }
  if (!isObject(node)) return;
  yield () => {
    checkNode(document, node, place);
  };
  for (const [name, member] of Object.entries(node)) {
    // What an example holds is no reference.
    if (name !== "example" && !(name === "value" && place.includes("/examples/"))) {
      yield* checksOf(document, member, place + pointer(name));
    }
  }
}

function checkNode(document: JsonObject, node: JsonObject, place: string): void {
  const reference = stringAt(node, "$ref");
  if (reference !== undefined) checkReference(document, node, reference, `${place}/$ref`);
  const isMap = /\/(?:properties|patternProperties)$/.test(place);
  for (const keyword of unsupported) {
    // As the name of a member, its value is a schema and no text.
    if (stringAt(node, keyword) === undefined || isMap) continue;
    throw new InputError(
      `${keyword} is not supported`,
      place + pointer(keyword),
      "use $ref with #/… instead",
    );
  }
  // Only a map of members can have one that is called $ref, and that one is a schema.
  if (reference === undefined && node["$ref"] !== undefined && !isMap) {
    throw new InputError("$ref is not a text", `${place}/$ref`, "correct it there");
  }
  checkMapping(document, node, place);
}

function checkReference(document: JsonObject, node: JsonObject, reference: string, place: string): void {
  checkLocal(reference, place);
  const passed = new Set<Json>([node]);
  for (let next: string | undefined = reference; next !== undefined;) {
    const target = lookUp(document, next);
    if (target === undefined) {
      throw new InputError(`$ref ${quote(reference)} leads nowhere`, place, "define it or correct the name");
    }
    if (passed.has(target)) {
      throw new InputError(`$ref ${quote(reference)} goes round in a circle`, place, "name a definition");
    }
    passed.add(target);
    const following = stringAt(target, "$ref");
    if (following !== undefined) checkLocal(following, place);
    next = following;
  }
}

function checkLocal(reference: string, place: string): void {
  if (reference.startsWith("#/")) return;
  const problem = `$ref ${quote(reference)} leads out of the file; it was not followed`;
  throw new InputError(
    problem,
    place,
    "bundle everything into one file first, for example with `npx redocly bundle`",
  );
}

/** A discriminator's mapping names schemas, by reference or bare name; tools resolve it too. */
function checkMapping(document: JsonObject, node: JsonObject, place: string): void {
  const discriminator = node["discriminator"];
  if (!isObject(discriminator) || !isObject(discriminator["mapping"])) return;
  for (const [name, target] of Object.entries(discriminator["mapping"])) {
    const there = place + pointer("discriminator", "mapping", name);
    if (typeof target !== "string" || /^[\w-]+$/.test(target)) continue;
    checkLocal(target, there);
    if (lookUp(document, target) === undefined) {
      throw new InputError(`mapping ${quote(target)} leads nowhere`, there, "define it or correct the name");
    }
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
