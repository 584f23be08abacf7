import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PurseNotFoundError } from "../../../src/errors/api-error.js";
import { failureAs } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { operation, payment, paymentId, testClient } from "../../support/test-client.js";

const unhandled: unknown[] = [];
let earlier: NodeJS.UnhandledRejectionListener[] = [];

function note(reason: unknown): void {
  unhandled.push(reason);
}

// The test runner listens too, and would treat a provoked rejection as a failure.
beforeEach(() => {
  earlier = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", note);
  unhandled.length = 0;
});

afterEach(() => {
  process.removeAllListeners("unhandledRejection");
  for (const listener of earlier) process.on("unhandledRejection", listener);
});

/** Node reports a rejection as unhandled once the promises that were due are done. */
async function reports(): Promise<readonly unknown[]> {
  for (let round = 0; round < 20; round++) await setImmediate();
  return unhandled;
}

test("awaiting withResponse() alone leaves no unhandled rejection", async () => {
  const client = testClient([answers(404)]);
  await failureAs(PurseNotFoundError, client.payments.retrieve(paymentId).withResponse());
  expect(await reports()).toEqual([]);
});

test("awaiting the call alone leaves no unhandled rejection", async () => {
  const client = testClient([answers(404)]);
  await failureAs(PurseNotFoundError, client.payments.retrieve(paymentId));
  expect(await reports()).toEqual([]);
});

test("both can be awaited, in any order and more than once", async () => {
  const client = testClient([answers(404)]);
  const call = client.payments.retrieve(paymentId);
  await failureAs(PurseNotFoundError, call.withResponse());
  await failureAs(PurseNotFoundError, call);
  await failureAs(PurseNotFoundError, call.withResponse());
  expect(await reports()).toEqual([]);
  expect(client.sent).toHaveLength(1);
});

test("a failing call without await is reported, once", async () => {
  const client = testClient([answers(404)]);
  void client.payments.retrieve(paymentId);
  expect(await reports()).toEqual([expect.any(PurseNotFoundError)]);
});

test("a withResponse() without await is reported, once", async () => {
  const client = testClient([answers(404)]);
  void client.payments.retrieve(paymentId).withResponse();
  expect(await reports()).toEqual([expect.any(PurseNotFoundError)]);
});

test("withResponse() tells how the result came about", async () => {
  const captures = [operation()];
  const client = testClient([answers(201, payment({ captures }), { "x-request-id": "req-1" })]);
  const call = client.payments.capture(paymentId, { amount: 3000 }, { idempotencyKey: "key-1" });
  const result = await call.withResponse();
  expect(result).toMatchObject({
    data: await call,
    operation: captures[0],
    requestId: "req-1",
    attempts: 1,
    idempotencyKey: "key-1",
    idempotency: "created",
  });
  expect(result.response.status).toBe(201);
  expect(result.response.headers.get("x-request-id")).toBe("req-1");
});

test("withResponse() of a read knows neither key nor operation", async () => {
  const client = testClient([answers(200, payment({ captures: [operation()] }))]);
  const result = await client.payments.retrieve(paymentId).withResponse();
  expect(Object.keys(result).sort()).toEqual(["attempts", "data", "response"]);
});

test("of two operations that look alike neither is named", async () => {
  const captures = [operation(), operation({ id: "operation-2" })];
  const client = testClient([answers(200, payment({ captures }))]);
  const result = await client.payments.capture(paymentId, { amount: 3000 }).withResponse();
  expect(result.operation).toBeUndefined();
});

test.each([[undefined], [null], [""]])(
  "asked for without a reference, the operation whose reference is %j is the caller's own",
  async (reference) => {
    const captures = [operation({ id: "operation-2", merchant_reference: reference })];
    const client = testClient([answers(200, payment({ captures }))]);
    const result = await client.payments.capture(paymentId, { amount: 3000 }).withResponse();
    expect(result.operation).toMatchObject({ id: "operation-2" });
  },
);

test("where no operation is the caller's own none is named", async () => {
  const client = testClient([answers(200, payment({ captures: [operation({ amount: 1 })] }))]);
  const result = await client.payments.capture(paymentId, { amount: 3000 }).withResponse();
  expect(result).not.toHaveProperty("operation");
});
