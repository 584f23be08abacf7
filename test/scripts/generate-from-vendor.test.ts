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
  const tsc = join(root, "node_modules/typescript/bin/tsc");
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

const notes = [
  "note: paths begin with /payment, which stood in the servers' addresses",
  "note: no API key header is described: the committed one is kept",
  "note: createAccessToken is not in the file: the committed one is kept",
];

describe("--from takes the vendor's own file", () => {
  test(
    "OpenAPI 3.0, without our extensions, ids and names: the facade compiles with it",
    { timeout: 120_000 },
    async () => {
      const run = await runOn(toVendorFile(committedDocument()));
      expect(run.err).toEqual([]);
      expect(run.out.slice(0, 3)).toEqual(notes);
      const [table, committedTable] = [run.outputFolder, join(root, "generated")].map((folder) =>
        readFileSync(join(folder, "operations.ts"), "utf8"),
      );
      // The one thing that the file really says otherwise: its tokens are for every operation.
      expect(table).toBe(committedTable?.replace('authentication: "optional"', 'authentication: "token"'));
      const texts = new Set(run.out.filter((line) => line.startsWith("  ")));
      expect([...texts].filter((line) => !line.endsWith(" or null"))).toEqual([
        "  BREAKING    security: no longer without credentials",
        "  compatible  paymentChanged: not described any more",
        "  compatible  paymentLinkChanged: not described any more",
        "  compatible  shopperReturned: not described any more",
      ]);
      expect(run.code).toBe(3);
      expect(typeCheck(run.outputFolder)).toBe("");
    },
  );

  test("with every schema written out in place", { timeout: 120_000 }, async () => {
    const run = await runOn(dereference(toVendorFile(committedDocument())));
    expect(run.err).toEqual([]);
    expect(run.out.slice(0, 3)).toEqual(notes);
    expect(typeCheck(run.outputFolder)).toBe("");
  });

  test("closed lists are open in answers and stay closed in requests", async () => {
    const document = committedDocument();
    overwrite(memberSchema(document, "Card", "type"), { type: "string", enum: ["DEBIT", "CREDIT"] });
    overwrite(memberSchema(document, "Browser", "locale"), { type: "string", enum: ["a", "b"] });
    const run = await runOn(document);
    const types = filesIn(run.outputFolder)["schema.ts"] ?? "";
    expect(types).toContain('type?: "DEBIT" | "CREDIT" | (string & {});');
    expect(types).toContain('locale?: "a" | "b";');
    expect(run.out).toContain("  BREAKING    request: browser.locale: only a, b from now on");
    expect(run.out).toContain(
      "  compatible  answer 200: authorization.partner_transactions[].card.type: known values added: DEBIT, CREDIT",
    );
  });

  test("what --normalised writes gives the same files, and nothing more to say", async () => {
    const normalisedFile = join(newFolder(), "normalised.yaml");
    const first = await runOn(toVendorFile(committedDocument()), { normalisedFile });
    const again = await runFile(normalisedFile, { committedSpec: normalisedFile });
    expect(filesIn(again.outputFolder)).toEqual(filesIn(first.outputFolder));
    expect([again.code, again.out[0]]).toEqual([0, "no changes"]);
    const ids = (document: JsonObject): Json[] =>
      operationsOf(document).map(({ operation }) => operation["operationId"] ?? null);
    expect(ids(readInput(normalisedFile))).toEqual(ids(committedDocument()));
  });

  test("the same file gives the same bytes, and --dry-run none", async () => {
    const document = toVendorFile(committedDocument());
    const [first, second] = [await runOn(clone(document)), await runOn(clone(document))];
    expect(filesIn(second.outputFolder)).toEqual(filesIn(first.outputFolder));
    expect(second.out).toEqual(first.out);
    const dry = await runOn(document, { isDryRun: true });
    expect(() => filesIn(dry.outputFolder)).toThrow("ENOENT");
    expect(dry.out.at(-1)).toMatch(/^dry run: schema\.ts, .+ can be generated; nothing was written$/);
    expect(dry.out.slice(0, -2)).toEqual(first.out.slice(0, -3));
    expect(dry.code).toBe(3);
  });
});
