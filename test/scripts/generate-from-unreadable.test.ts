import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectRefusal, type Refusal } from "./fixtures-generate/refusal.js";
import { committedDocument, committedSpec, newFolder, runFile, runOn } from "./fixtures-generate/run.js";

const committedText = readFileSync(committedSpec, "utf8");

/** Nine levels of ten aliases each: a billion nodes from a few lines. */
function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const entries =
      level === 0 ? "lol" : Array.from({ length: 10 }, () => `*a${String(level - 1)}`).join(", ");
    return `x-a${String(level)}: &a${String(level)} [${entries}]`;
  });
  return `openapi: 3.1.0\n${levels.join("\n")}\npaths: {}\n`;
}

const refusals: readonly Refusal[] = [
  ["empty", "", "empty; give an OpenAPI document"],
  ["only comments", "# nothing\n", "empty; give an OpenAPI document"],
  [
    "binary",
    new Uint8Array([0x89, 0x50, 0xff, 0xfe]),
    "binary, or not UTF-8; save it as YAML or JSON in UTF-8",
  ],
  [
    "control characters",
    "openapi: 3.1.0\nx: a\u0000b\n",
    "binary: it holds control characters (2:5); save it as YAML or JSON in UTF-8",
  ],
  ["not YAML", "openapi: 3.1.0\n  paths: [\n", /^not valid YAML or JSON: .+ \(\d+:\d+\); correct it there$/],
  ["cut JSON", '{"openapi": "3.1.0", "paths": {', /^not valid YAML or JSON: .+ \(1:\d+\); correct it there$/],
  [
    "a duplicate key",
    "openapi: 3.1.0\npaths: {}\npaths: {}\n",
    "a key stands twice in one map (3:1); keep one of them",
  ],
  [
    "a duplicate key in JSON",
    '{"paths": {},\n "paths": {}}',
    "a key stands twice in one map (2:2); keep one of them",
  ],
  ["two documents", "a: 1\n---\nb: 2\n", /^more than one YAML document \(\d:\d\); keep the OpenAPI one$/],
  ["an alias bomb", aliasBomb(), /^its YAML aliases cannot be written out: Excessive alias count.+; write/],
  [
    "an alias inside itself",
    "openapi: 3.1.0\npaths: &a\n  b: *a\n",
    /^(?:a YAML|its YAML) alias.+; (?:use|write)/,
  ],
  [
    "deep nesting",
    `paths: ${"[".repeat(30_000)}${"]".repeat(30_000)}`,
    /^nested too deeply.*; make it flatter/,
  ],
  ["a number that JSON lacks", "openapi: 3.1.0\nx: .nan\n", /\(number\) \(\/x\); correct it$/],
  ["an unknown tag", "openapi: !!js/function 'x'\n", /^not valid YAML or JSON: Unresolved tag/],
  ["a list", "- openapi\n", "not an object but a single value or a list (1:1); give an OpenAPI document"],
  ["a text", "hello", "not an object but a single value or a list (1:1); give an OpenAPI document"],
  [
    "another kind of object",
    "a: 1",
    "not an OpenAPI document: `openapi` is missing (/); give an OpenAPI document",
  ],
  ["Swagger", "swagger: '2.0'\npaths: {}", /^Swagger 2\.0, not OpenAPI 3 \(\/swagger\); convert it/],
  ["OpenAPI 2", "openapi: 2.0.0\n", "OpenAPI 2.0.0 is not supported (/openapi); give OpenAPI 3.0 or 3.1"],
  ["OpenAPI 4", "openapi: 4.0.0\n", "OpenAPI 4.0.0 is not supported (/openapi); give OpenAPI 3.0 or 3.1"],
  [
    "another version",
    "openapi: 3.2.0\n",
    "OpenAPI 3.2.0 is not supported (/openapi); give OpenAPI 3.0 or 3.1",
  ],
  [
    "a version without its last part",
    "openapi: 3.1\n",
    "there are no paths (/paths); give the description of the payment API",
  ],
  ["no paths", "openapi: 3.1.0\n", "there are no paths (/paths); give the description of the payment API"],
  [
    "empty paths",
    "openapi: 3.0.3\npaths: {}\n",
    "there are no paths (/paths); give the description of the payment API",
  ],
];

describe("--from refuses what it cannot read, and leaves generated/ as it is", { timeout: 120_000 }, () => {
  test.each(refusals)("%s", async (_what, content, message) => {
    await expectRefusal(content, message);
  });

  test("a file that is not there, a directory, one over 32 MiB, an address", async () => {
    const folder = newFolder();
    const large = join(folder, "large.yaml");
    writeFileSync(large, `${committedText}\n#${"x".repeat(32 * 1024 * 1024)}`);
    const missing = join(folder, "missing.yaml");
    const problems = {
      [missing]: "there is no such file; check the path",
      [folder]: "is a directory; name the OpenAPI file in it",
      [large]: "larger than 32 MiB; leave out what is not the payment API",
      "https://example.org/openapi.yaml":
        "is an address, and nothing is fetched; save it first, and give the file",
    };
    for (const [file, problem] of Object.entries(problems)) {
      expect((await runFile(file)).err).toEqual([`${file}: ${problem}`, "nothing was written"]);
    }
  });

  test("an output that cannot be written", async () => {
    const file = join(newFolder(), "file");
    writeFileSync(file, "in the way");
    const run = await runOn(committedDocument(), { outputFolder: file });
    expect([run.code, run.err.length, readFileSync(file, "utf8")]).toEqual([1, 2, "in the way"]);
  });

  test("a file that cannot be replaced: the others stay", async () => {
    const folder = join(newFolder(), "generated");
    mkdirSync(join(folder, "enums.ts", "in-the-way"), { recursive: true });
    writeFileSync(join(folder, "schema.ts"), "old");
    const run = await runOn(committedDocument(), { outputFolder: folder });
    expect([run.code, readFileSync(join(folder, "schema.ts"), "utf8")]).toEqual([1, "old"]);
  });
});
