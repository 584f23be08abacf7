import { objectAt, objectEntries, type JsonObject } from "../read/json.js";
import { reach } from "../read/reach.js";

/** Leaves out components that nothing leads to and that the committed description does not have either. */
export function dropUnused(document: JsonObject, base: JsonObject): void {
  const components = objectEntries(objectAt(document, "components"));
  const isKnown = (section: string, name: string): boolean =>
    objectAt(objectAt(base, "components"), section)[name] !== undefined || section === "securitySchemes";
  const known = components.flatMap(([section, entries]) =>
    Object.entries(entries).flatMap(([name, entry]) => (isKnown(section, name) ? [entry] : [])),
  );
  const used = reach(document, [
    objectAt(document, "paths"),
    objectAt(document, "webhooks"),
    ...known,
  ]).components;
  const kept = components.map(([section, entries]): [string, JsonObject] => {
    const names = Object.entries(entries).filter(
      ([name]) => isKnown(section, name) || used.has(`${section}/${name}`),
    );
    return [section, Object.fromEntries(names)];
  });
  document["components"] = Object.fromEntries(kept.filter(([, entries]) => Object.keys(entries).length > 0));
}
