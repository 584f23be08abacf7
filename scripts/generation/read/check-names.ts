import ts from "typescript";
import { InputError } from "./input-error.js";
import { objectAt, objectEntries, pointer, stringAt, type JsonObject } from "./json.js";
import { httpMethods } from "./openapi-walk.js";

/** Names that the generated files, or the types they use, already mean something by. */
const taken: ReadonlySet<string> = new Set([
  ...["__proto__", "prototype", "constructor", "hasOwnProperty", "toString", "valueOf"],
  ...["paths", "webhooks", "components", "operations", "$defs", "external"],
  ...[
    "Record",
    "WithRequired",
    "OneOf",
    "XOR",
    "ReadonlyArray",
    "Array",
    "String",
    "Number",
    "Boolean",
    "Object",
  ],
  ...["OperationList", "OperationEntry", "ValidationFault", "RequestValidator"],
  ...["apiKeyHeader", "idempotencyKeyHeader", "maxAgeHeader", "redirectionParameter", "minorUnitMembers"],
  ...["environments", "arguments", "eval", "undefined", "NaN", "Infinity"],
]);

/** Refuses names that would not come out as the TypeScript identifiers they have to become. */
export function checkNames(document: JsonObject): void {
  checkSchemaNames(document);
  const components = objectAt(document, "components");
  for (const [section, entries] of objectEntries(components)) {
    for (const name of Object.keys(entries)) {
      if (/^[\w.-]+$/.test(name) && name !== "__proto__") continue;
      throw new InputError(
        `the component name ${JSON.stringify(name)} is not of letters, digits, ".", "-" and "_"`,
        pointer("components", section, name),
        "rename it",
      );
    }
  }
  checkOperationIds(document);
}

function checkSchemaNames(document: JsonObject): void {
  const typeNames = new Map<string, string>();
  for (const name of Object.keys(objectAt(objectAt(document, "components"), "schemas"))) {
    const place = pointer("components", "schemas", name);
    checkIdentifier("the schema name", name, place, "rename it, and every $ref to it");
    // The types are named in PascalCase, so these differ for the file but not for TypeScript.
    const typeName = name.replaceAll(/[_$]/g, "").toLowerCase();
    const other = typeNames.get(typeName);
    if (other !== undefined) {
      throw new InputError(
        `the schema names ${JSON.stringify(other)} and ${JSON.stringify(name)} collide as type names`,
        place,
        "rename one of them, and every $ref to it",
      );
    }
    typeNames.set(typeName, name);
  }
}

function checkOperationIds(document: JsonObject): void {
  const places = new Map<string, string>();
  for (const section of ["paths", "webhooks"]) {
    for (const [path, item] of objectEntries(objectAt(document, section))) {
      for (const method of httpMethods) {
        const id = stringAt(objectAt(item, method), "operationId");
        if (id === undefined) continue;
        const place = pointer(section, path, method, "operationId");
        checkIdentifier("the operationId", id, place, "rename it or leave it out");
        const other = places.get(id);
        if (other !== undefined) {
          throw new InputError(
            `the operationId ${JSON.stringify(id)} stands twice, first at ${other}`,
            place,
            "rename one of them or leave it out",
          );
        }
        places.set(id, place);
      }
    }
  }
}

function checkIdentifier(what: string, name: string, place: string, remedy: string): void {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) {
    throw new InputError(`${what} ${JSON.stringify(name)} is not an identifier`, place, remedy);
  }
  const source = ts.createScanner(ts.ScriptTarget.ES2022, true);
  source.setText(name);
  const isReserved = source.scan() !== ts.SyntaxKind.Identifier;
  if (isReserved || taken.has(name)) {
    throw new InputError(
      `${what} ${JSON.stringify(name)} collides with a name of TypeScript's or ours`,
      place,
      remedy,
    );
  }
}
