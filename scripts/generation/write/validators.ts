import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { build } from "esbuild";
import { listOperations, requestSchema, type Spec } from "../read/spec.js";

export interface CompiledValidators {
  code: string;
  declarations: string;
}

/**
 * Validators of the request bodies, compiled to plain functions: the simulator refuses what the spec refuses
 * without needing a schema validator installed.
 */
export async function generateValidators(spec: Spec): Promise<CompiledValidators> {
  const ajv = createAjv(spec, { code: { source: true, esm: true } });
  const targets: Record<string, string> = {};
  for (const { operation } of listOperations(spec)) {
    const request = requestSchema(operation);
    if (request?.schema.$ref !== undefined)
      targets[request.schema.$ref.slice(schemasPointer.length)] = schemaId(request.schema.$ref);
  }
  const source = standaloneCode.default(ajv, targets);
  const bundled = await build({
    // The root and not the working directory, which would otherwise show in names of the bundle.
    absWorkingDir: root,
    stdin: { contents: source, resolveDir: root, loader: "js" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    legalComments: "none",
  });
  return { code: bundled.outputFiles[0]?.text ?? "", declarations: declare(Object.keys(targets)) };
}

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
    // A format that nobody defined says nothing about the value.
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

const root = fileURLToPath(new URL("../../../", import.meta.url));
const schemasPointer = "#/components/schemas/";

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

function declare(schemaNames: readonly string[]): string {
  return [
    "/** One fault found in a request body. */",
    "export interface ValidationFault {",
    "  readonly instancePath: string;",
    "  readonly keyword: string;",
    "  readonly params: Readonly<Record<string, unknown>>;",
    "  readonly message?: string;",
    "}",
    "export interface RequestValidator<T> {",
    "  (body: unknown): body is T;",
    "  errors?: readonly ValidationFault[] | null;",
    "}",
    ...schemaNames.map(
      (name) => `export declare const ${name}: RequestValidator<import("./schema.js").${name}>;`,
    ),
    "",
  ].join("\n");
}
