import fc from "fast-check";
import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { checkPathSegment } from "../../../src/checks/values.js";
import { failureAs } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { payment, testClient } from "../../support/test-client.js";

/** What an id is, the id, and the rule that is told. */
const refused: readonly [string, unknown, string][] = [
  ["empty", "", "must not be empty"],
  ["one dot", ".", "dot segment"],
  ["two dots", "..", "dot segment"],
  ["an encoded dot", "%2e", "dot segment"],
  ["two encoded dots", "%2e%2E", "dot segment"],
  ["a dot and an encoded dot", ".%2e", "dot segment"],
  ["an encoded dot and a dot", "%2E.", "dot segment"],
  ["a slash", "a/b", "contains a slash"],
  ["a step up", "../payments", "contains a slash"],
  ["a backslash", "a\\b", "contains a slash"],
  ["an encoded slash", "a%2Fb", "contains a slash"],
  ["an encoded backslash", "a%5cb", "contains a slash"],
  ["a tab among dots", ".\t.", "control characters"],
  ["a line break", "id\n", "control characters"],
  ["NUL", "id\0", "control characters"],
  ["the last of the C0 control characters", "id\u001f", "control characters"],
  ["DEL", "id\u007f", "control characters"],
  ["a C1 control character", "id\u0085", "control characters"],
  ["the last of the C1 control characters", "\u009fid", "control characters"],
  ["a lone high surrogate", "id\ud800", "half a surrogate pair"],
  ["a high surrogate before text", "\udbffid", "half a surrogate pair"],
  ["a lone low surrogate", "\udc00id", "half a surrogate pair"],
  ["a low surrogate at the end", "id\udfff", "half a surrogate pair"],
  ["256 characters", "a".repeat(256), "at most 255 characters"],
  ["a number", 42, "must be a string, but is a number"],
  ["null", null, "must be a string, but is null"],
  ["undefined", undefined, "must be a string, but is missing"],
  ["an array", ["id"], "must be a string, but is an array"],
  ["an object", { id: "id" }, "must be a string, but is an object"],
];

test.each(refused)("an id that is %s is refused with the rule, and nothing is sent", async (_, id, rule) => {
  const client = testClient([answers(200, payment())]);
  const error = await failureAs(
    PurseInvalidArgumentError,
    client.payments.capture(id as string, { amount: 1 }),
  );
  expect(error.argument).toBe("id");
  expect(error.message).toContain(rule);
  expect(client.sent).toHaveLength(0);
  expect(client.tokenRequests).toHaveLength(0);
});

test("an id is not asked to turn itself into text", async () => {
  const sly = { toString: () => "some-id" };
  const client = testClient([]);
  await failureAs(PurseInvalidArgumentError, client.payments.retrieve(sly as unknown as string));
  await failureAs(
    PurseInvalidArgumentError,
    client.clientSessions.abort(new String("some-id") as unknown as string),
  );
  expect(client.sent).toHaveLength(0);
});

test.each([
  ["a b", "a%20b"],
  ["zahlung-ü", "zahlung-%C3%BC"],
  ["😀", "%F0%9F%98%80"],
  ["a?b#c", "a%3Fb%23c"],
  ["a%20b", "a%2520b"],
  ["$&", "%24%26"],
  ["{id}", "%7Bid%7D"],
  ["...", "..."],
  ["..a", "..a"],
  ["a.", "a."],
  ["%2e%2e%2e", "%252e%252e%252e"],
  ["~", "~"],
  ["\u00a0", "%C2%A0"],
  ["a".repeat(255), "a".repeat(255)],
])("the id %s goes out as one segment", async (id, segment) => {
  const client = testClient([answers(200, payment())]);
  await client.payments.capture(id, { amount: 1 });
  expect(client.sent[0]?.url).toBe(`https://purse.test/payment/v2/payments/${segment}/captures`);
});

/** Any code point, and more often one that means something in a path. */
const character = fc.oneof(
  fc.constantFrom(".", "%", "2", "e", "E", "f", "F", "5", "c", "C", "/", "\\", "?", "#", ";", "{", "}"),
  fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);

test("any text that passes the check keeps the path's number of segments", async () => {
  const client = testClient(Array.from({ length: 1000 }, () => answers(200, payment())));
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: character, maxLength: 20 }), async (id) => {
      fc.pre(passes(id));
      await client.payments.capture(id, { amount: 1 });
      const segments = client.sent.at(-1)?.path.split("/") ?? [];
      expect(segments.map((segment) => decodeURIComponent(segment))).toEqual([
        "",
        "payment",
        "v2",
        "payments",
        id,
        "captures",
      ]);
    }),
  );
});

function passes(id: string): boolean {
  try {
    return checkPathSegment(id, "id") === id;
  } catch {
    return false;
  }
}
