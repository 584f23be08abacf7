import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pageChecker } from "../../scripts/docs-check/check.js";
import { sentenceHash } from "../../scripts/docs-check/kept.js";
import { readSpec } from "../../scripts/spec/document.js";
import { differencesOf, listingOf } from "../../scripts/spec/listing.js";
import { alterations } from "../../scripts/spec-mutations/alterations.js";
import { mutations } from "../../scripts/spec-mutations/mutations.js";
import { specFile } from "../support/prism.js";

const spec = readSpec(specFile);
const check = pageChecker(spec);
const kept = readFileSync("openapi/vendor-page.txt", "utf8");
const statements = readFileSync("openapi/statements.txt", "utf8");

describe("the kept text of the vendor's documentation", () => {
  it("agrees with the description", () => {
    const { differences, counts } = check(kept);
    expect(differences).toEqual([]);
    expect(counts.documentedExamples).toEqual([12, 12]);
  });

  it.each(alterations)("with $what differs", ({ apply }) => {
    expect(check(apply(kept)).differences).not.toEqual([]);
  });

  it("has the vendor's sentences by hash only, however they are spaced and ended", () => {
    expect(sentenceHash("Payment  ID.")).toBe(sentenceHash("payment id"));
    expect(kept).toContain(`sentence sha256:${sentenceHash("Payment ID")} `);
    expect(kept).not.toContain("Payment ID");
  });
});

describe("a page as a browser shows it", () => {
  const title = "Create a client session\n";

  /** What is said of a page of one operation, apart from all that it lacks. */
  function told(text: string): string[] {
    return check(title + text)
      .differences.filter(({ kind }) => !kind.endsWith("-gone"))
      .map(({ kind, subject }) => `${kind} ${subject}`);
  }

  it.each([
    ["post\n/v2/client-sessions", []],
    ["POST /payment/v2/client-sessions", []],
    ["post/v2/client-sessions", []],
    ["put\n/v2/client-sessions", ["path-change createClientSession"]],
    [
      "post\n/v3/client-sessions",
      ["unknown-constant /v3/client-sessions", "path-change createClientSession"],
    ],
    ["amount\nrequired\ninteger >= 0", []],
    ["amount\ninteger >= 0", ["member-change createClientSession amount: required"]],
    ["customer\nrequired\nobject", ["member-change createClientSession customer: required"]],
    ['capture_mode\nstring\nDefault: "MANUAL"\nEnum: "MANUAL" "AUTOMATIC"', []],
    [
      'capture_mode\nstring\nDefault: "AUTOMATIC"',
      ["member-change createClientSession capture_mode: default"],
    ],
    [
      "entity_id\nrequired\nstring <= 40 characters",
      ["member-change createClientSession entity_id: longest text"],
    ],
    ["422 Unprocessable Entity", ["unknown-response createClientSession 422 Unprocessable Entity"]],
    ["401 Unauthorized", []],
  ])("%j", (text, differences) => {
    expect(told(text)).toEqual(differences);
  });
});

describe("the list of statements", () => {
  it("is that of the description", () => {
    expect(differencesOf(statements, listingOf(spec))).toEqual([]);
  });

  it.each(mutations)("or the kept text notices that $what", ({ apply }) => {
    const mutant = structuredClone(spec);
    apply(mutant);
    const isListed = differencesOf(statements, listingOf(mutant)).length > 0;
    expect(isListed || pageChecker(mutant)(kept).differences.length > 0).toBe(true);
  });
});
