import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  clone,
  isObject,
  lookUp,
  overwrite,
  without,
  type Json,
  type JsonObject,
} from "../../scripts/generation/read/json.js";
import { operationsOf } from "../../scripts/generation/read/openapi-walk.js";
import { readInput } from "../../scripts/generation/read/read-input.js";
import { compareWith } from "../../scripts/generation/write/from-file.js";
import {
  at,
  committedDocument,
  filesIn,
  memberSchema,
  newFolder,
  root,
  runFile,
  runOn,
} from "./fixtures-generate/run.js";
import { toVendorFile } from "./fixtures-generate/vendor-variant.js";

/** Type-checks src/ against a generated folder; gives what tsc prints. */
function typeCheck(generated: string): string {
  const folder = newFolder();
  for (const name of ["src", "tsconfig.json", "tsconfig.library.json", "package.json"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  cpSync(generated, join(folder, "generated"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const tsc = join(root, "node_modules/typescript7/bin/tsc");
  try {
    return execFileSync(process.execPath, [tsc, "-p", "tsconfig.json"], { cwd: folder, encoding: "utf8" });
  } catch (error) {
    // tsc says what is wrong on stdout.
    return error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
  }
}

/** Every reference written out, as some exporters do. */
function dereference(document: JsonObject): JsonObject {
  const visit = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(visit);
    if (!isObject(node)) return node;
    const { $ref: reference } = node;
    const target = typeof reference === "string" ? lookUp(document, reference) : undefined;
    const whole = isObject(target) ? { ...target, ...without(node, "$ref") } : node;
    return Object.fromEntries(Object.entries(whole).map(([name, member]) => [name, visit(member)]));
  };
  return { ...without(document, "components"), paths: visit(at(document, "paths")) };
}

const note = "note: paths begin with /payment, which stood in the servers' addresses";

describe("--from takes the vendor's own file", { timeout: 120_000 }, () => {
  test(
    "OpenAPI 3.0, without our extensions, ids and names: the facade compiles with it",
    { timeout: 120_000 },
    async () => {
      const run = await runOn(toVendorFile(committedDocument()));
      expect(run.err).toEqual([]);
      expect(run.out[0]).toBe(note);
      const [table, committedTable] = [run.outputFolder, join(root, "generated")].map((folder) =>
        readFileSync(join(folder, "operations.ts"), "utf8"),
      );
      // The one thing that the file really says otherwise: its tokens are for every operation.
      expect(table).toBe(committedTable?.replace('authentication: "optional"', 'authentication: "token"'));
      const texts = run.out.filter((line) => /^ {2}(?:BREAKING|review|compatible) /.test(line));
      expect(texts.filter((line) => !/ null(?: now)? \(in answers/.test(line))).toEqual([
        '  BREAKING    purse_oauth2: type "oauth2" → "http"',
        '  BREAKING    purse_oauth2: flows clientCredentials tokenUrl "https://api.purse-sandbox.com/oauth/token" → none',
        '  BREAKING    purse_oauth2: scheme none → "bearer"',
        "  BREAKING    security: no longer without credentials",
        "  review      security scheme api_key: the committed one is kept",
        "  review      security scheme client_basic: the committed one is kept",
        "  review      createAccessToken: the committed one is kept",
        "  review      schema RedirectionHeader, RedirectionClaims: the committed description is kept",
        "  review      not described any more",
        "  review      not described any more",
        "  review      not described any more",
        "  compatible  minimum 0 → none (in answers)",
      ]);
      expect(run.code).toBe(3);
      expect(typeCheck(run.outputFolder)).toBe("");
    },
  );

  test("with every schema written out in place", { timeout: 120_000 }, async () => {
    const run = await runOn(dereference(toVendorFile(committedDocument())));
    expect(run.err).toEqual([]);
    expect(run.out[0]).toBe(note);
    expect(run.out.filter((line) => line.includes("no longer compiles"))).toEqual([]);
  });

  test("closed lists are open in answers and stay closed in requests", async () => {
    const document = committedDocument();
    overwrite(memberSchema(document, "Card", "type"), { type: "string", enum: ["DEBIT", "CREDIT"] });
    overwrite(memberSchema(document, "SolutionSplit", "method"), { type: "string", enum: ["a", "b"] });
    const run = await runOn(document);
    const types = filesIn(run.outputFolder)["schema.ts"] ?? "";
    expect(types).toContain('type?: "DEBIT" | "CREDIT" | (string & {});');
    expect(types).toContain('method: "a" | "b";');
    expect(run.out).toContain("  BREAKING    method: only a, b from now on (in requests)");
    const known = "  compatible  type: values known now: DEBIT, CREDIT (in answers";
    expect(run.out.some((line) => line.startsWith(known))).toBe(true);
  });

  test("what --normalised writes gives the same files, and nothing more to say", async () => {
    const normalisedFile = join(newFolder(), "normalised.yaml");
    const first = await runOn(toVendorFile(committedDocument()), { normalisedFile });
    const again = await runFile(normalisedFile, { committedSpec: normalisedFile });
    expect(filesIn(again.outputFolder)).toEqual(filesIn(first.outputFolder));
    expect(compareWith(readInput(normalisedFile), readInput(normalisedFile)).changes).toEqual([]);
    const ids = (document: JsonObject): Json[] =>
      operationsOf(document).map(({ operation }) => operation["operationId"] ?? null);
    expect(ids(readInput(normalisedFile))).toEqual(ids(committedDocument()));
  });

  test("the same file gives the same bytes, and --dry-run none", async () => {
    const document = toVendorFile(committedDocument());
    const [first, second] = [await runOn(clone(document)), await runOn(clone(document))];
    expect(filesIn(second.outputFolder)).toEqual(filesIn(first.outputFolder));
    const said = (lines: readonly string[]): readonly string[] => lines.slice(0, lines.indexOf(""));
    expect(said(second.out)).toEqual(said(first.out));
    const dry = await runOn(document, { isDryRun: true });
    expect(() => filesIn(dry.outputFolder)).toThrow("ENOENT");
    const end = dry.out.indexOf("");
    expect(dry.out[end + 1]).toBe("dry run: the files can be generated and compile; nothing was written");
    expect(said(dry.out)).toEqual(said(first.out));
    expect(dry.code).toBe(3);
  });
});
