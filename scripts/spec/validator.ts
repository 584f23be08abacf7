import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Spec } from "./document.js";

/** A strict validator that knows the whole spec under the key `spec`. */
export function createAjv(spec: Spec, options: ConstructorParameters<typeof Ajv2020>[0] = {}): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allErrors: true,
    ...options,
  });
  addFormats.default(ajv);
  ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger });
  for (const keyword of extensionKeywords(spec)) ajv.addKeyword({ keyword, valid: true });
  for (const keyword of ["example", "discriminator"]) ajv.addKeyword(keyword);
  for (const format of formatsIn(spec.components?.schemas)) {
    // A format that is not defined says nothing about the value.
    if (!Object.hasOwn(ajv.formats, format)) ajv.addFormat(format, true);
  }
  ajv.addSchema({
    $id: "spec",
    $defs: JSON.parse(
      JSON.stringify(spec.components?.schemas).replaceAll(schemasPointer, "#/$defs/"),
    ) as unknown,
  });
  return ajv;
}

export const schemasPointer = "#/components/schemas/";

/** Where {@link createAjv} keeps the schema that a spec reference names. */
export function schemaId(reference: string): string {
  return reference.replace(schemasPointer, "spec#/$defs/");
}

function extensionKeywords(node: unknown, found = new Set<string>()): Set<string> {
  if (typeof node !== "object" || node === null) return found;
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith("x-")) found.add(name);
    extensionKeywords(value, found);
  }
  return found;
}

function formatsIn(node: unknown, found = new Set<string>()): Set<string> {
  if (typeof node !== "object" || node === null) return found;
  for (const [name, value] of Object.entries(node)) {
    if (name === "format" && typeof value === "string") found.add(value);
    formatsIn(value, found);
  }
  return found;
}
