import { expect, test } from "vitest";
import type { WebhookStore } from "../../../src/webhooks/index.js";
import { createReceivers } from "../../support/webhook-receiver.js";

const refusedIds: readonly [string, string][] = [
  ["a path", "a/b"],
  ["a path of Windows", "a\\b"],
  ["a step up", ".."],
  ["a dot", "."],
  ["an encoded slash", "a%2fb"],
  ["encoded dots", "%2e%2e"],
  ["an encoded line break", "a%0ab"],
  ["a line break", "payment-1\nwebhook accepted"],
  ["a carriage return", "payment-1\r"],
  ["a tab", "a\tb"],
  ["a NUL", "a\0b"],
  ["an escape that colours a terminal", "\u001b[32mpaid"],
  ["a C1 control character", "a\u0085b"],
  ["a line separator", "a\u2028b"],
  ["a mark of direction", "a\u202eb"],
  ["half a surrogate pair", "a\ud800b"],
  ["a space", "a b"],
  ["a query", "payment-1?max-age=1"],
  ["a fragment", "payment-1#"],
  ["braces, which place a key in a cluster", "{payment-1}"],
  ["256 characters", "x".repeat(256)],
  ["a megabyte", "x".repeat(1_000_000)],
];

test.each(refusedIds)(
  "an id with %s is answered with 400, before any read and any access to the store, and is in no log line",
  async (_, id) => {
    const { reader, store, told, create, statusOf } = createReceivers();
    const asked: string[] = [];
    const watched = Object.fromEntries(
      Object.keys(store).map((name) => [
        name,
        () => {
          asked.push(name);
          return Promise.reject(new Error("not to be asked"));
        },
      ]),
    ) as unknown as WebhookStore; // With the methods of the one it is made of.
    expect(await statusOf(create({ store: watched })({ body: { id } }))).toBe(400);
    expect([reader.reads, asked]).toEqual([[], []]);
    // What onError logs: the error, and what was being answered.
    expect(told).toMatchObject([[{ reason: "body_invalid" }, { status: 400 }]]);
    expect(told[0]?.[1]).toEqual({ status: 400 });
    expect(String(told[0]?.[0])).toBe("PurseWebhookError: The body's id cannot be the id of a payment.");
  },
);

test.each([
  ["payment-1"],
  ["9a14962c-bdcf-49d1-8673-e75dfb48013f"],
  ["pay_1.2~3:4@5"],
  ["..."],
  ["x".repeat(255)],
])("the id %j is one", async (id) => {
  const { reader, create, statusOf } = createReceivers();
  expect(await statusOf(create()({ body: { id } }))).toBe(200);
  expect(reader.reads).toEqual([id]);
});
