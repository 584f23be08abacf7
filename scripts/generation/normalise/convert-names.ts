import ts from "typescript";
import { InputError, runAll } from "../read/input-error.js";
import { objectAt, pointer, stringAt, type JsonObject } from "../read/json.js";
import { operationsOf } from "../read/openapi-walk.js";
import { renameSchemas } from "./rename-schemas.js";

/** Names that the generated files, or the types they use, already mean something by. */
const taken: ReadonlySet<string> = new Set([
  ...["__proto__", "prototype", "constructor", "hasOwnProperty", "toString", "valueOf", "isPrototypeOf"],
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
  ...["Omit", "Pick", "Partial", "Exclude", "Extract", "Known"],
  ...["OperationList", "OperationEntry", "ValidationFault", "RequestValidator"],
  ...["apiKeyHeader", "idempotencyKeyHeader", "maxAgeHeader", "redirectionParameter", "minorUnitMembers"],
  ...["environments", "arguments", "eval", "undefined", "NaN", "Infinity"],
]);

/** Gives schemas and operations names that can be identifiers, and says which were changed. */
export function convertNames(document: JsonObject, notes: string[]): void {
  convertSchemaNames(document, notes);
  const renamed = (["paths", "webhooks"] as const).flatMap((section) => convertIds(document, section));
  if (renamed.length > 0) notes.push(`operation ids renamed: ${renamed.join(", ")}`);
}

function convertSchemaNames(document: JsonObject, notes: string[]): void {
  const names = Object.keys(objectAt(objectAt(document, "components"), "schemas"));
  const owners = new Map(names.filter(isFit).map((name) => [name, name]));
  const renames = new Map<string, string>();
  const clash = (name: string, place: string): InputError => {
    const text = `the schema names ${JSON.stringify(owners.get(name))} and ${JSON.stringify(place)} collide`;
    return new InputError(
      text,
      pointer("components", "schemas", place),
      "rename one of them, and every $ref to it",
    );
  };
  const convert = (name: string) => (): void => {
    if (isFit(name)) {
      if (owners.get(name) !== name) throw clash(name, name);
      return;
    }
    // The second form is for a file that has `payment-method` beside `PaymentMethod`.
    const choice = [pascal(name), name.replaceAll(/\W/g, "_")]
      .map(fitting)
      .find((other) => !owners.has(other));
    if (choice === undefined) throw clash(fitting(pascal(name)), name);
    owners.set(choice, name);
    renames.set(name, choice);
  };
  runAll(names.map(convert));
  if (renames.size === 0) return;
  renameSchemas(document, renames);
  notes.push(`schemas renamed: ${[...renames].map(([from, to]) => `${from} → ${to}`).join(", ")}`);
}

function convertIds(document: JsonObject, section: "paths" | "webhooks"): string[] {
  const ids = new Set(
    operationsOf(document, section).flatMap(({ operation }) => stringAt(operation, "operationId") ?? []),
  );
  return operationsOf(document, section).flatMap(({ operation }) => {
    const id = stringAt(operation, "operationId");
    if (id === undefined || isFit(id)) return [];
    const camel = pascal(id).replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (start) => start.toLowerCase());
    const choice = [camel, id.replaceAll(/\W/g, "_")].map(fitting).find((other) => !ids.has(other));
    // Without an id it gets one made from its path.
    if (choice === undefined) Reflect.deleteProperty(operation, "operationId");
    else ids.add((operation["operationId"] = choice));
    return [`${id} → ${choice ?? "one made from its path"}`];
  });
}

function pascal(name: string): string {
  const words = name.split(/[^A-Za-z0-9_$]+/).filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function fitting(name: string): string {
  const start = /^[A-Za-z_$]/.test(name) ? name : `_${name}`;
  return isFit(start) ? start : `${start}_`;
}

function isFit(name: string): boolean {
  if (!/^[A-Za-z_$][\w$]*$/.test(name) || taken.has(name)) return false;
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true);
  scanner.setText(name);
  return scanner.scan() === ts.SyntaxKind.Identifier;
}
