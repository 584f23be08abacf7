import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator } from "purse-payments/simulator";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSimulatorFile } from "../../examples/shop/simulator-file.js";

let folder: string;
let file: string;
let victim: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shop-"));
  file = join(folder, "simulator.json");
  victim = join(folder, "victim");
  writeFileSync(victim, "untouched", { mode: 0o644 });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = (): ReturnType<typeof openSimulatorFile> => openSimulatorFile(file, () => undefined);

it("is written under a name that cannot be guessed, for its owner alone, and leaves no other file", () => {
  symlinkSync(victim, `${file}.part`);
  open().save(createSimulator());
  expect(readFileSync(victim, "utf8")).toBe("untouched");
  expect(lstatSync(file).isFile()).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  rmSync(`${file}.part`);
  expect(readdirSync(folder)).toEqual(["simulator.json", "victim"]);
});

it.each([["to another file"], ["to nowhere"]])("follows no link %s", (where) => {
  symlinkSync(where === "to nowhere" ? join(folder, "nowhere") : victim, file);
  writeFileSync(victim, JSON.stringify(createSimulator().dump()));
  const before = readFileSync(victim, "utf8");
  const kept = open();
  expect(() => {
    kept.restore(createSimulator());
  }).toThrow("cannot be read");
  expect(() => {
    kept.save(createSimulator());
  }).toThrow("regular file");
  expect(readFileSync(victim, "utf8")).toBe(before);
  expect(readdirSync(folder)).toEqual(["simulator.json", "victim"]);
});
