import { describe, expect, test } from "vitest";
import { firstWord, type Change } from "../../scripts/generation/compare/change.js";
import { InputError } from "../../scripts/generation/read/input-error.js";
import { objectAt, type Json, type JsonObject } from "../../scripts/generation/read/json.js";
import { compareWith } from "../../scripts/generation/write/from-file.js";
import { operationChanges } from "./fixtures-generate/operation-changes.js";
import { committedDocument, schemaOf } from "./fixtures-generate/run.js";
import { schemaChanges, type SchemaChange } from "./fixtures-generate/schema-changes.js";

/** A schema that only requests lead to, and one that only answers do. */
const holders = { request: "CreatePaymentRequest", answer: "ClientSession" };

function withMembers(schemas: readonly Json[]): JsonObject {
  const document = committedDocument();
  for (const name of Object.values(holders)) {
    const properties = objectAt(schemaOf(document, name), "properties");
    schemas.forEach((schema, index) => (properties[memberName(index)] = structuredClone(schema)));
  }
  return document;
}

function memberName(index: number): string {
  return `probe${String(index)}x`;
}

function wordOf(changes: readonly Change[], index: number, direction: "request" | "answer"): string {
  const own = changes.filter(
    ({ heading, text }) => heading === holders[direction] && text.startsWith(memberName(index)),
  );
  const order = ["breaking", "review", "compatible"];
  return order.find((word) => own.some((change) => change.word === word)) ?? "nothing";
}

describe("what a changed schema means for callers", () => {
  const before = withMembers(schemaChanges.map((change) => change.before));
  const after = withMembers(schemaChanges.map((change) => change.after));
  const there = compareWith(after, before).changes;
  const back = compareWith(before, after).changes;

  test.each(
    schemaChanges.map((change, index): [string, SchemaChange, number] => [change.what, change, index]),
  )("%s", (_what, change, index) => {
    expect({
      request: wordOf(there, index, "request"),
      answer: wordOf(there, index, "answer"),
      requestBack: wordOf(back, index, "request"),
      answerBack: wordOf(back, index, "answer"),
    }).toEqual({
      request: change.request,
      answer: change.answer,
      requestBack: change.requestBack,
      answerBack: change.answerBack,
    });
  });

  test("nothing else is said", () => {
    const names = Object.values(holders);
    expect([...there, ...back].filter(({ heading }) => !names.includes(heading))).toEqual([]);
  });
});

describe("what a changed operation means for callers", () => {
  test.each(operationChanges)("$what", ({ change, word, line }) => {
    const document = committedDocument();
    change(document);
    const { found, said } = judge(document);
    expect(found).toBe(word);
    if (line !== undefined) expect(said.join("\n")).toContain(line);
  });
});

function judge(document: JsonObject): { found: string; said: string[] } {
  try {
    const { changes } = compareWith(document, committedDocument());
    return { found: firstWord(changes) ?? "nothing", said: changes.map(({ text }) => text) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { found: "refused", said: error.describe("file") };
  }
}
