import {
  canonical,
  isObject,
  objectAt,
  objectEntries,
  objectsAt,
  stringsAt,
  type Json,
  type JsonObject,
} from "../read/json.js";
import { plain } from "./compare-parameters.js";
import { sayTo, type Change, type Say } from "./change.js";
import type { Pair } from "./compare-schemas.js";

/** How an operation may be called: each way by its schemes in any order, with the scopes asked for. */
export function compareWays({ before, after }: Pair, say: Say): void {
  const [were, are] = [waysIn(before), waysIn(after)];
  for (const [way, scopes] of were) {
    const now = are.get(way);
    if (now === undefined) {
      say("breaking", `security: no longer ${way}`);
      continue;
    }
    const [added, gone] = [
      now.filter((scope) => !scopes.includes(scope)),
      scopes.filter((scope) => !now.includes(scope)),
    ];
    if (added.length > 0) say("breaking", `security: scope asked for ${way}: ${added.join(", ")}`);
    if (gone.length > 0) say("compatible", `security: scope no longer asked for: ${gone.join(", ")}`);
  }
  for (const way of are.keys()) if (!were.has(way)) say("compatible", `security: also ${way}`);
}

function waysIn(operation: JsonObject): Map<string, string[]> {
  return new Map(
    objectsAt(operation, "security").map((alternative) => {
      const schemes = Object.keys(alternative).sort();
      const scopes = schemes.flatMap((scheme) => stringsAt(alternative, scheme));
      return [schemes.length === 0 ? "without credentials" : `with ${schemes.join(" and ")}`, scopes];
    }),
  );
}

/** Kinds, header names, addresses of tokens, flows and scopes: credentials are sent by them. */
export function compareSchemes({ before, after }: Pair, changes: Change[]): void {
  const [ours, theirs] = [schemesIn(before), schemesIn(after)];
  const say = sayTo(changes, "security schemes");
  for (const [name, scheme] of ours) {
    const other = theirs.get(name);
    if (other === undefined) {
      say("breaking", `${name}: removed`);
      continue;
    }
    const [were, are] = [leaves(plain(scheme)), leaves(plain(other))];
    for (const path of new Set([...were.keys(), ...are.keys()])) {
      const [was, is] = [were.get(path), are.get(path)];
      if (was === is) continue;
      const isHarmless =
        path === " bearerFormat" || (was === undefined && / flows \w+ (?!scopes )/.test(path));
      say(isHarmless ? "compatible" : "breaking", `${name}:${path} ${was ?? "none"} → ${is ?? "none"}`);
    }
  }
  for (const name of theirs.keys()) if (!ours.has(name)) say("compatible", `${name}: new`);
}

function schemesIn(document: JsonObject): Map<string, JsonObject> {
  return new Map(objectEntries(objectAt(objectAt(document, "components"), "securitySchemes")));
}

function leaves(value: Json, path = ""): Map<string, string> {
  if (!isObject(value)) return new Map([[path, canonical(value)]]);
  return new Map(Object.entries(value).flatMap(([name, entry]) => [...leaves(entry, `${path} ${name}`)]));
}
