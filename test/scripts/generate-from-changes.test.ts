import { describe, expect, test } from "vitest";
import { objectAt } from "../../scripts/generation/read/json.js";
import { alterations } from "./fixtures-generate/alterations.js";
import { committedDocument, filesIn, root, runOn, schemaOf } from "./fixtures-generate/run.js";

describe("--from says what an altered file changes", () => {
  test.each(alterations)("$what", async ({ alter, lines, code }) => {
    const document = committedDocument();
    alter(document);
    const run = await runOn(document);
    expect(run.err).toEqual([]);
    const end = run.out.findIndex((line) => /^\d+ changes?, /.test(line));
    expect(run.out.slice(0, end)).toEqual(lines);
    const changes = lines.filter((line) => line.startsWith("  "));
    const breaking = changes.filter((line) => line.startsWith("  BREAKING"));
    expect(run.out[end]).toBe(
      `${String(changes.length)} change${changes.length === 1 ? "" : "s"}, ` +
        (breaking.length === 0 ? "none breaking" : `${String(breaking.length)} breaking`),
    );
    expect(run.code).toBe(code);
    expect(Object.keys(filesIn(run.outputFolder))).toEqual(Object.keys(filesIn(`${root}generated`)));
  });

  test("a request member that is called like an option of a call is noted, so that it can be sent", async () => {
    const document = committedDocument();
    const properties = objectAt(schemaOf(document, "CreatePaymentRequest"), "properties");
    properties["max_retries"] = { type: "integer" };
    properties["Idempotency-Key"] = { type: "string" };
    const operations = filesIn((await runOn(document)).outputFolder)["operations.ts"] ?? "";
    expect(operations.match(/optionLikeMembers: .*/g)).toEqual([
      'optionLikeMembers: ["max_retries", "Idempotency-Key"],',
    ]);
    expect(filesIn(`${root}generated`)["operations.ts"]).not.toContain("optionLikeMembers: ");
  });

  test("a plain file that cannot break anything says so", async () => {
    const document = committedDocument();
    schemaOf(document, "Payment")["description"] = "Other words.";
    const run = await runOn(document);
    expect([run.code, run.out[0]]).toEqual([0, "no changes"]);
  });
});
