import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readSpec } from "../../scripts/spec/document.js";
import { bundleProgram } from "../support/programs.js";
import { specFile } from "../support/prism.js";
import { pageOf, textOf } from "./fixtures/docs-page.js";

const script = await bundleProgram("scripts/docs-check.ts");
const folder = mkdtempSync(join(tmpdir(), "docs-check-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(...args: string[]) {
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
}

function fileWith(text: string): string {
  const file = join(folder, "page.txt");
  writeFileSync(file, text);
  return file;
}

const page = textOf(pageOf(readSpec(specFile)));

it("ends with 0 when the page is covered", () => {
  const { status, stdout, stderr } = run(fileWith(page));
  expect(stdout).toContain("full coverage");
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

it("ends with 1 when it is not, and prints JSON when asked to", () => {
  const { status, stdout } = run("--json", fileWith(`${page}\nSCHEDULED`));
  expect(JSON.parse(stdout)).toMatchObject({
    differences: [{ kind: "unknown-constant", subject: "SCHEDULED" }],
  });
  expect(status).toBe(1);
});

it.each([
  ["is empty", " \n"],
  ["shows no JSON example", "lorem ipsum {id} {\u0000}"],
  ["shows no JSON example", '{"cut": "of'],
])("ends with 2 and one line when the file %s", (problem, text) => {
  const file = fileWith(text);
  const { status, stdout, stderr } = run(file);
  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toContain(`${file}: ${problem}`);
  expect(stderr).toContain("pass its path");
});

it.each([
  ["a missing file", "none.txt"],
  ["a folder", "."],
])("ends with 2 for %s", (_, name) => {
  const file = join(folder, name);
  const { status, stderr } = run(file);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toContain(`${file}: cannot be read`);
});

it("ends with 2 without a file or with an unknown option", () => {
  expect(run().stderr).toContain("name one file");
  expect(run().status).toBe(2);
  expect(run("--jason", "x").status).toBe(2);
});

it("explains itself", () => {
  const { status, stdout } = run("--help");
  expect(stdout).toContain("npm run docs:check -- FILE");
  expect(status).toBe(0);
});
