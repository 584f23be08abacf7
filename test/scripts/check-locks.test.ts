import { expect, test } from "vitest";
import { faultsOfLock } from "../../scripts/locks/faults.js";

const badReleases = { keyv: ["6.0.0"] };
const integrity = "sha512-AAAA";

function faultsOf(path: string, locked: object): string[] {
  return faultsOfLock({ packages: { "": { name: "root" }, [path]: locked } }, badReleases);
}

test.each([
  ["node_modules/keyv", { version: "6.0.0", integrity }],
  ["node_modules/flat-cache/node_modules/keyv", { version: "6.0.0", integrity, optional: true }],
  ["node_modules/store", { name: "keyv", version: "6.0.0", integrity }],
])("a malicious release is found at %s", (path, locked) => {
  expect(faultsOf(path, locked)).toEqual(["keyv@6.0.0 is known to be malicious"]);
});

test("other releases of the package pass, and packages of like names", () => {
  expect(faultsOf("node_modules/keyv", { version: "5.6.0", integrity })).toEqual([]);
  expect(faultsOf("node_modules/@scope/keyv", { version: "6.0.0", integrity })).toEqual([]);
});

test("a download address, a missing hash and a lock file of the old form are faults", () => {
  const resolved = "https://registry.example/a.tgz";
  expect(faultsOf("node_modules/a", { version: "1.0.0", integrity, resolved })).toEqual([
    "a@1.0.0 has a download address",
  ]);
  expect(faultsOf("node_modules/a", { version: "1.0.0" })).toEqual(["a@1.0.0 has no integrity"]);
  expect(faultsOfLock({}, badReleases)).toHaveLength(1);
});
