import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { answers, fails, type Step } from "../../support/stub-fetch.js";
import { payment, paymentId, paymentParams, sessionId, testClient } from "../../support/test-client.js";

const keyHeader = "x-idempotency-key";
const sessionParams = {
  amount: 100,
  currency: "EUR",
  shopper_redirection_url: "https://shop.example/return",
  order: { reference: "order-1", net_amount: 100 },
};

test("every POST carries a fresh UUID, and no GET carries a key", async () => {
  const client = testClient(Array.from({ length: 8 }, () => answers(200, payment())));
  await client.payments.create(paymentParams);
  await client.payments.capture(paymentId, { amount: 1 });
  await client.payments.refund(paymentId, { amount: 1 });
  await client.payments.void(paymentId, { amount: 1 });
  await client.clientSessions.create(sessionParams);
  await client.clientSessions.abort(sessionId);
  await client.payments.retrieve(paymentId, { idempotencyKey: "for-a-read" });
  await client.clientSessions.retrieve(sessionId);
  const keys = client.sent.map(({ headers }) => headers.get(keyHeader));
  expect(client.sent.map(({ method }) => method)).toEqual([...Array<string>(6).fill("POST"), "GET", "GET"]);
  for (const key of keys.slice(0, 6)) {
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(new Set(keys.slice(0, 6)).size).toBe(6);
  expect(keys.slice(6)).toEqual([null, null]);
});

test("a POST carries a key even where nothing is retried", async () => {
  const client = testClient([answers(200, payment())], { options: { maxRetries: 0 } });
  await client.payments.capture(paymentId, { amount: 1 });
  expect(client.sent[0]?.headers.get(keyHeader)).not.toBeNull();
});

test("the caller's key is the one that goes out, and is told back", async () => {
  const client = testClient([answers(200, payment())]);
  const { idempotencyKey, idempotency } = await client.payments
    .capture(paymentId, { amount: 1 }, { idempotencyKey: "order 1/capture 1" })
    .withResponse();
  expect(client.sent[0]?.headers.get(keyHeader)).toBe("order 1/capture 1");
  expect(idempotencyKey).toBe("order 1/capture 1");
  expect(idempotency).toBe("created");
});

const repeated: readonly [string, Step][] = [
  ["a lost connection", fails("ECONNRESET")],
  ["a refused connection", fails("ECONNREFUSED")],
  ["503", answers(503)],
  ["429", answers(429)],
  ["401", answers(401)],
  ["an unreadable answer", answers(200, "<html>")],
];

test.each(repeated)("after %s the same key and the same bytes go out again", async (_, first) => {
  const client = testClient([first, answers(200, payment())]);
  const params = { amount: 3000, merchant_reference: "ref-1" };
  await runToEnd(client.clock, client.payments.capture(paymentId, params));
  const [one, two] = client.sent;
  expect(client.sent).toHaveLength(2);
  expect(one?.headers.get(keyHeader)).toBeTruthy();
  expect(two?.headers.get(keyHeader)).toBe(one?.headers.get(keyHeader));
  expect(one?.body).toBe('{"amount":3000,"merchant_reference":"ref-1"}');
  expect(two?.body).toBe(one?.body);
  expect(two?.url).toBe(one?.url);
});

test("params that the caller changes between attempts do not change what goes out", async () => {
  const params = { amount: 3000 };
  const first: Step = (request) => {
    params.amount = 9999;
    return fails("ECONNRESET")(request);
  };
  const client = testClient([first, answers(200, payment())]);
  await runToEnd(client.clock, client.payments.capture(paymentId, params));
  expect(client.sent.map(({ body }) => body)).toEqual(['{"amount":3000}', '{"amount":3000}']);
});

const ascii = "visible ASCII without surrounding blanks";

test.each([
  ["empty", "", "must not be empty"],
  ["a blank", " ", ascii],
  ["one with a leading blank", " key", ascii],
  ["one with a trailing blank", "key ", ascii],
  ["one with a line break", "key\r\nx-evil: 1", ascii],
  ["one ending in a line feed", "key\n", ascii],
  ["Latin-1", "clé", ascii],
  ["Unicode", "ключ", ascii],
  ["256 characters", "k".repeat(256), "at most 255 characters"],
  ["a number", 12, "must be a string"],
  ["null", null, "must be a string"],
  ["a String object", new String("key"), "must be a string"],
])("a key that is %s is refused with the rule, without being quoted", async (_, key, rule) => {
  const client = testClient([answers(200, payment())]);
  const call = client.payments.capture(paymentId, { amount: 1 }, { idempotencyKey: key as string });
  const error = await failureAs(PurseInvalidArgumentError, call);
  expect(error.argument).toBe("options.idempotencyKey");
  expect(error.message).toContain(rule);
  expect(error.message).not.toContain("x-evil");
  expect(client.sent).toHaveLength(0);
});

test.each([1, 2, 255])("a key of %d characters is accepted", async (length) => {
  const client = testClient([answers(200, payment())]);
  await client.payments.capture(paymentId, { amount: 1 }, { idempotencyKey: "k".repeat(length) });
  expect(client.sent[0]?.headers.get(keyHeader)).toHaveLength(length);
});

test("the caller's options are left as they are", async () => {
  const client = testClient([answers(401), answers(200, payment())]);
  const options = Object.freeze({ headers: Object.freeze({ "x-trace": "1" }), maxRetries: 1 });
  await client.payments.capture(paymentId, Object.freeze({ amount: 1 }), options);
  expect(options).toEqual({ headers: { "x-trace": "1" }, maxRetries: 1 });
});
