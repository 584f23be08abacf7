import { InputError, runAll } from "./input-error.js";
import { objectAt, objectEntries, pointer, stringAt, type JsonObject } from "./json.js";
import { operationsOf } from "./openapi-walk.js";

/** Refuses names that no conversion makes unambiguous; the others become identifiers when the file is normalised. */
export function checkNames(document: JsonObject): void {
  runAll([...componentChecks(document), ...operationIdChecks(document)]);
}

function componentChecks(document: JsonObject): (() => void)[] {
  return objectEntries(objectAt(document, "components")).flatMap(([section, entries]) =>
    Object.keys(entries).map((name) => () => {
      // Blanks, which OpenAPI does not allow, are common.
      if (/^[\w. -]+$/.test(name)) return;
      throw new InputError(
        `the component name ${JSON.stringify(name)} is not of letters, digits, ".", "-" and "_"`,
        pointer("components", section, name),
        "rename it, and every $ref to it",
      );
    }),
  );
}

function operationIdChecks(document: JsonObject): (() => void)[] {
  const places = new Map<string, string>();
  return (["paths", "webhooks"] as const).flatMap((section) =>
    operationsOf(document, section).map(({ path, method, operation }) => () => {
      const id = stringAt(operation, "operationId");
      if (id === undefined) return;
      const place = pointer(section, path, method, "operationId");
      if (!/^[\w$. /:~-]+$/.test(id)) {
        throw new InputError(
          `the operationId ${JSON.stringify(id)} is not of letters, digits and separators`,
          place,
          "rename it or leave it out",
        );
      }
      const other = places.get(id);
      if (other !== undefined) {
        const problem = `the operationId ${JSON.stringify(id)} stands twice, first at ${other}`;
        throw new InputError(problem, place, "rename one of them or leave it out");
      }
      places.set(id, place);
    }),
  );
}
