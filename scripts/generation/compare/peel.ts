import { isObject, resolveNode, stringAt, type JsonObject } from "../read/json.js";
import { isDocumentation, referredName, withoutNull } from "../read/openapi-walk.js";
import { isBareReference } from "./view.js";

/** What a schema is at heart, and by what name. */
export interface Peeled {
  node: JsonObject;
  name: string | undefined;
  isPeeled: boolean;
}

/** Takes off "or null", a lone `allOf` and references with nothing beside them. */
export function peel(document: JsonObject, schema: JsonObject): Peeled {
  let node = schema;
  let name: string | undefined;
  let isPeeled = false;
  for (let depth = 0; depth < 20; depth += 1) {
    if (isBareReference(node)) {
      name = referredName(node) ?? name;
      const target = resolveNode(document, { $ref: stringAt(node, "$ref") ?? "" });
      if (target === node) break;
      node = target;
      continue;
    }
    // What is under a name of its own is compared under it, wrapper and all.
    if (name !== undefined) break;
    const [only, isNull] = onlyPart(node);
    if (only === undefined) break;
    isPeeled ||= isNull;
    node = only;
  }
  // Peeling is for what it leads to; a wrapper round a nameless schema stays.
  return name === undefined ? { node: schema, name, isPeeled: false } : { node, name, isPeeled };
}

function onlyPart(node: JsonObject): [JsonObject | undefined, boolean] {
  const words = Object.keys(node).filter((word) => !isDocumentation(word));
  const [word] = words;
  if (words.length !== 1 || word === undefined || !["allOf", "anyOf", "oneOf"].includes(word))
    return [undefined, false];
  const all = Array.isArray(node[word]) ? node[word] : [];
  const rest = word === "allOf" ? all : withoutNull(all);
  return rest.length === 1 && isObject(rest[0]) ? [rest[0], rest.length < all.length] : [undefined, false];
}
