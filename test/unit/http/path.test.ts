import fc from "fast-check";
import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { checkPathSegment } from "../../../src/http/path.js";
import { failureAs } from "../../support/failures.js";
import { answers, type Step } from "../../support/stub-fetch.js";
import { payment, testClient } from "../../support/test-client.js";

const refused: readonly [string, unknown][] = [
  ["empty", ""],
  ["one dot", "."],
  ["two dots", ".."],
  ["an encoded dot", "%2e"],
  ["two encoded dots", "%2e%2E"],
  ["a dot and an encoded dot", ".%2e"],
  ["an encoded dot and a dot", "%2E."],
  ["a slash", "a/b"],
  ["a step up", "../payments"],
  ["a backslash", "a\\b"],
  ["an encoded slash", "a%2Fb"],
  ["an encoded backslash", "a%5cb"],
  ["a tab among dots", ".\t."],
  ["a line break", "id\n"],
  ["NUL", "id\0"],
  ["DEL", "id\u007f"],
  ["a C1 control character", "id\u0085"],
  ["a lone high surrogate", "id\ud800"],
  ["a lone low surrogate", "\udc00id"],
  ["256 characters", "a".repeat(256)],
  ["a number", 42],
  ["null", null],
  ["undefined", undefined],
  ["an array", ["id"]],
];

test.each(refused)("an id that is %s is refused and nothing is sent", async (_, id) => {
  const client = testClient([answers(200, payment())]);
  const error = await failureAs(
    PurseInvalidArgumentError,
    client.payments.capture(id as string, { amount: 1 }),
  );
  expect(error.argument).toBe("id");
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
  ["a".repeat(255), "a".repeat(255)],
])("the id %s goes out as one segment", async (id, segment) => {
  const client = testClient([answers(200, payment())]);
  await client.payments.capture(id, { amount: 1 });
  expect(client.sent[0]?.url).toBe(`https://purse.test/payment/v2/payments/${segment}/captures`);
});

test("whatever text passes the guard, the path keeps its number of segments", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 20 }), async (id) => {
      fc.pre(passes(id));
      const step: Step = answers(200, payment());
      const client = testClient([step]);
      await client.payments.capture(id, { amount: 1 });
      const segments = client.sent[0]?.path.split("/") ?? [];
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
