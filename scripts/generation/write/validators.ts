import { fileURLToPath } from "node:url";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { InputError, runAll } from "../read/input-error.js";
import { pointer, type JsonObject } from "../read/json.js";
import { reach } from "../read/reach.js";
import { listOperations, requestSchema, type Schema, type Spec } from "../../spec/document.js";
import { createAjv, schemaId, schemasPointer } from "../../spec/validator.js";

export interface CompiledValidators {
  code: string;
  declarations: string;
}

/**
 * Validators of the request bodies, compiled to plain functions: the simulator refuses what the spec refuses
 * without needing a schema validator installed.
 */
export async function generateValidators(
  spec: Spec,
  facade: ReadonlySet<string>,
): Promise<CompiledValidators> {
  const references = listOperations(spec)
    .filter(({ operation }) => facade.has(operation.operationId))
    .flatMap(({ operation }) => requestSchema(operation)?.schema.$ref ?? []);
  const schemas = reachableSchemas(spec, references);
  const patterns = checkedPatterns(schemas);
  const ajv = createAjv(
    { ...spec, components: { ...spec.components, schemas } },
    {
      // The file's own strictness is not for us to judge.
      ...{ strict: false, allowMatchingProperties: true, logger: false },
      unicodeRegExp: patterns.every((pattern) => isPattern(pattern, "u")),
      code: { source: true, esm: true },
    },
  );
  const targets = Object.fromEntries(
    references.map((reference) => [reference.slice(schemasPointer.length), schemaId(reference)]),
  );
  const source = standaloneCode.default(ajv, targets);
  const bundled = await build({
    // The root and not the working directory, which would otherwise show in names of the bundle.
    absWorkingDir: root,
    stdin: { contents: source, resolveDir: root, loader: "js" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    // With it, the bundle does not name the files that it is made of, which may be anywhere.
    minify: true,
    keepNames: false,
    write: false,
    legalComments: "none",
  });
  return { code: bundled.outputFiles[0]?.text ?? "", declarations: declare(Object.keys(targets)) };
}

/** What the given schemas lead to, themselves included, in the order of the description. */
function reachableSchemas(spec: Spec, references: readonly string[]): Record<string, Schema> {
  const starts = references.map(($ref) => ({ $ref }));
  const { components } = reach(spec as unknown as JsonObject, starts); // A document that was read as data.
  const schemas = Object.entries(spec.components?.schemas ?? {});
  return Object.fromEntries(schemas.filter(([name]) => components.has(`schemas/${name}`)));
}

/** @throws InputError with every pattern that JavaScript does not know. */
function checkedPatterns(schemas: Record<string, Schema>): string[] {
  const patterns = patternsIn(schemas, pointer("components", "schemas"));
  runAll(
    patterns.map(([pattern, place]) => () => {
      if (isPattern(pattern)) return;
      const problem = `${JSON.stringify(pattern)} is no regular expression of JavaScript`;
      throw new InputError(problem, place, "correct it there");
    }),
  );
  return patterns.map(([pattern]) => pattern);
}

function patternsIn(node: unknown, place: string): [pattern: string, place: string][] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([word, value]: [string, unknown]) => {
    const there = place + pointer(word);
    if (word === "pattern" && typeof value === "string") return [[value, there]];
    const names = word === "patternProperties" && typeof value === "object" ? Object.keys(value ?? {}) : [];
    return [...names.map((name): [string, string] => [name, there]), ...patternsIn(value, there)];
  });
}

/** Stricter with `u`, which tools prefer. */
function isPattern(pattern: string, flags = ""): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
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
