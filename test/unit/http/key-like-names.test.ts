import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { failureAs } from "../../support/failures.js";
import { paymentId, testClient } from "../../support/test-client.js";

// Each would be dropped without a word, and the call would go out under a random key.
const names = [
  "idempotentKey",
  "idempotency",
  "idempotency_id",
  "idempotency_token",
  "idempotecyKey",
  "idempotencyKeys",
  "x-idempotency",
  "X-Idempotency-Keys",
];

test.each(names)("a param called %s is refused before anything is sent", async (name) => {
  const client = testClient([]);
  const params = { amount: 3000, [name]: "key-1" };
  await failureAs(PurseInvalidArgumentError, client.payments.capture(paymentId, params));
  expect(client.sent).toEqual([]);
});

test.each([...names, "Idempotent-Key"])(
  "a header called %s is refused before anything is sent",
  async (name) => {
    const client = testClient([]);
    const call = client.payments.capture(paymentId, { amount: 3000 }, { headers: { [name]: "key-1" } });
    await failureAs(PurseInvalidArgumentError, call);
    expect(client.sent).toEqual([]);
  },
);

test.each<[string, object]>([
  ["a path parameter", { params: { path: { id: paymentId, idempotencyKey: "key-1" } } }],
  ["a query parameter", { params: { path: { id: paymentId }, query: { idempotency_key: "key-1" } } }],
  ["a header parameter", { params: { path: { id: paymentId }, header: { "idempotency-key": "key-1" } } }],
])("purse.api refuses the key as %s it does not know", async (_, init) => {
  const client = testClient([]);
  const parts = { body: { amount: 3000 }, ...init } as never;
  await failureAs(PurseInvalidArgumentError, client.api.POST("/payment/v2/payments/{id}/captures", parts));
  expect(client.sent).toEqual([]);
});

test("purse.api refuses a body of a GET, which would not be sent", async () => {
  const client = testClient([]);
  const parts = { params: { path: { id: paymentId } }, body: { amount: 1 } } as never;
  await failureAs(PurseInvalidArgumentError, client.api.GET("/payment/v2/payments/{id}", parts));
  expect(client.sent).toEqual([]);
});
