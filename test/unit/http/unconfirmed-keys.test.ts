import { describe, expect, test } from "vitest";
import { PurseIdempotencyConflictError } from "../../../src/errors/api-error.js";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { findOperation, type FindOperationQuery, type Payment } from "../../../src/index.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { answers, fails, type Step } from "../../support/stub-fetch.js";
import {
  keyUsed,
  operation,
  payment,
  paymentId,
  paymentParams,
  sessionId,
  testClient,
  type TestClient,
} from "../../support/test-client.js";

const lost = fails("ECONNRESET");
const assumed = { assumeKeyHonoured: true };
const sessionParams = {
  amount: 100,
  currency: "EUR",
  shopper_redirection_url: "https://shop.example/return",
  order: { reference: "order-1", net_amount: 100 },
};

describe("creating a payment, where the key is not known to be honoured", () => {
  test("is not tried again after a lost answer", async () => {
    const client = testClient([lost, answers(200, payment())]);
    const error = await failureAs(
      PurseOutcomeUnknownError,
      runToEnd(client.clock, client.payments.create(paymentParams)),
    );
    expect(error.reason).toBe("connection_lost");
    expect(client.sent).toHaveLength(1);
  });

  test("is tried again under the same key when the caller vouches for it", async () => {
    const client = testClient([lost, answers(200, payment())]);
    await runToEnd(client.clock, client.payments.create(paymentParams, assumed));
    expect(client.sent).toHaveLength(2);
    expect(new Set(client.sent.map(({ headers }) => headers.get("x-idempotency-key"))).size).toBe(1);
    expect(new Set(client.sent.map(({ body }) => body)).size).toBe(1);
  });
});

describe("a used key that the caller vouches for, where a payment is created", () => {
  const made = { amount: 4299, currency: "EUR", order_reference: "order-1" };
  const read = (members: Record<string, unknown>): Step => answers(200, payment({ ...made, ...members }));

  test.each([
    ["order_reference", {}],
    ["order.reference", { order_reference: undefined, order: { reference: "order-1" } }],
  ])("is recovered from the payment that it made, told by its %s", async (_, members) => {
    const client = testClient([lost, answers(409, keyUsed(paymentId)), read(members)]);
    const call = client.payments.create(paymentParams, assumed).withResponse();
    const result = await runToEnd(client.clock, call);
    expect(result).toMatchObject({ data: { id: paymentId }, idempotency: "recovered", attempts: 3 });
    expect(client.sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /payment/v2/payments",
      "POST /payment/v2/payments",
      `GET /payment/v2/payments/${paymentId}`,
    ]);
  });

  test("is recovered in another process that has the key", async () => {
    const client = testClient([answers(409, keyUsed(paymentId)), read({})]);
    const call = client.payments.create(paymentParams, { ...assumed, idempotencyKey: "key-1" });
    expect((await call.withResponse()).idempotency).toBe("recovered");
  });

  test.each<[string, Step]>([
    ["another order", read({ order_reference: "order-2" })],
    ["no order", read({ order_reference: undefined })],
    ["an amount as text", read({ amount: "4299" })],
    ["no currency", read({ currency: undefined })],
    ["another payment's id", read({ id: sessionId })],
    ["no id", read({ id: undefined })],
    ["404", answers(404)],
    ["HTML", answers(200, "<html>")],
  ])("stays unknown when the reading shows %s", async (_, step) => {
    const client = testClient([answers(409, keyUsed(paymentId)), step, step, step]);
    const call = client.payments.create(paymentParams, { ...assumed, idempotencyKey: "key-1" });
    const error = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call));
    expect(error).toMatchObject({ reason: "recovery_failed", resourceId: paymentId });
    expect(error.message).toContain("Call resolve() to repeat it under the same key.");
    expect(error.message).not.toContain("inspect()");
    expect(client.sent.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test.each([
    ["amount", { amount: 1 }],
    ["currency", { currency: "GBP" }],
  ])("is a conflict when it made a payment of another %s", async (_, members) => {
    const client = testClient([answers(409, keyUsed(paymentId)), read(members)]);
    const call = client.payments.create(paymentParams, { ...assumed, idempotencyKey: "key-1" });
    const error = await failureAs(PurseIdempotencyConflictError, call);
    expect(error.message).toContain("with another amount or currency");
    expect(error.resourceId).toBe(paymentId);
  });

  test("is recovered from a payment that is found only at the second reading, its currency in small letters", async () => {
    const steps = [answers(409, keyUsed(paymentId)), answers(404), read({ currency: "eur" })];
    const client = testClient(steps);
    const call = client.payments.create(paymentParams, { ...assumed, idempotencyKey: "key-1" });
    expect(await runToEnd(client.clock, call.withResponse())).toMatchObject({ idempotency: "recovered" });
  });

  test.each<[string, object | string | null]>([
    ["empty", null],
    ["HTML", "<html>"],
    ["untyped", { title: "Conflict" }],
    ["with a number for an id", { type: "urn:x", resource_id: 12 }],
  ])("a 409 of a creation that is %s may be about the key", async (_name, body) => {
    const client = testClient([answers(409, body)]);
    const call = client.payments.create(paymentParams, { idempotencyKey: "key-1" });
    const error = await failureAs(PurseIdempotencyConflictError, call);
    expect(error.message).toContain("may have been used before");
  });

  test("a 409 of aborting a session is about its state", async () => {
    const client = testClient([answers(409)]);
    await expect(client.clientSessions.abort(sessionId)).rejects.toMatchObject({ code: "conflict" });
  });

  test.each([["amount", { amount: 2 }]])(
    "is a conflict when it made a payment of another %s",
    async (_, members) => {
      const client = testClient([answers(409, keyUsed(paymentId)), read(members)]);
      const call = client.payments.create(paymentParams, { ...assumed, idempotencyKey: "key-1" });
      const error = await failureAs(PurseIdempotencyConflictError, call);
      expect(error.resourceId).toBe(paymentId);
    },
  );

  test.each(["../x", "a/b", "a b", "%2e%2e", "."])("is not read by the odd id %j", async (id) => {
    const client = testClient([answers(409, keyUsed(id))]);
    const call = client.payments.create(paymentParams, { ...assumed, idempotencyKey: "key-1" });
    await failureAs(PurseOutcomeUnknownError, call);
    expect(client.sent).toHaveLength(1);
  });

  test("a client session is recovered likewise", async () => {
    const session = { id: sessionId, amount: 100, currency: "EUR", order: { reference: "order-1" } };
    const client = testClient([answers(409, keyUsed(sessionId)), answers(200, session)]);
    const call = client.clientSessions.create(sessionParams, { ...assumed, idempotencyKey: "key-1" });
    const result = await call.withResponse();
    expect(result).toMatchObject({ data: session, idempotency: "recovered" });
    expect(client.sent[1]?.path).toBe(`/payment/v2/client-sessions/${sessionId}`);
  });

  test("a payment link cannot be read, so it stays unknown, and the advice is to make another", async () => {
    const client = testClient([answers(409, keyUsed("link-1"))]);
    const call = client.paymentLinks.create(sessionParams, { ...assumed, idempotencyKey: "key-1" });
    const error = await failureAs(PurseOutcomeUnknownError, call);
    expect(error.resourceId).toBe("link-1");
    expect(error.message).toContain("create another link and send only that one");
    expect(client.sent).toHaveLength(1);
  });
});

describe("where the caller vouches for the key", () => {
  test("resolve() of a created payment asks again under it", async () => {
    const client = testClient([lost, lost, lost, answers(200, payment())]);
    const call = runToEnd(client.clock, client.payments.create(paymentParams, assumed));
    const error = await failureAs(PurseOutcomeUnknownError, call);
    expect(error.message).toContain("Call resolve()");
    await expect(error.resolve()).resolves.toMatchObject({ id: paymentId });
    expect(new Set(client.sent.map(({ headers }) => headers.get("x-idempotency-key"))).size).toBe(1);
  });

  test("resolve() of a created session is refused all the same: what it promises is a payment", async () => {
    const client = testClient([lost, lost, lost]);
    const call = runToEnd(client.clock, client.clientSessions.create(sessionParams, assumed));
    const error = await failureAs(PurseOutcomeUnknownError, call);
    expect(client.sent).toHaveLength(3);
    await expect(error.resolve()).rejects.toMatchObject({ code: "invalid_argument" });
    expect(client.sent).toHaveLength(3);
  });

  test("a read stays a read, and is no key's to recover", async () => {
    const client = testClient([answers(409, keyUsed())]);
    await failureAs(PurseIdempotencyConflictError, client.payments.retrieve(paymentId));
    expect(client.sent).toHaveLength(1);
  });

  test.each<[string, (client: TestClient) => Promise<unknown>]>([
    ["reading a payment", ({ payments }) => payments.retrieve(paymentId, assumed)],
    ["a capture", ({ payments }) => payments.capture(paymentId, { amount: 1 }, assumed)],
    ["aborting a session", ({ clientSessions }) => clientSessions.abort(sessionId, assumed)],
  ])("%s has no use for that, and says so before anything is sent", async (_, call) => {
    const client = testClient([]);
    const error = await failureAs(PurseInvalidArgumentError, call(client));
    expect(error.argument).toBe("options.assumeKeyHonoured");
    expect(client.tokenRequests).toHaveLength(0);
  });

  test("aborting a session is confirmed by reading, and not sent again", async () => {
    const client = testClient([lost, answers(200, { id: sessionId, status: "ABORTED_BY_MERCHANT" })]);
    await client.clientSessions.abort(sessionId, { assumeKeyHonoured: false });
    expect(client.sent.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  test.each(["true", 1, null, {}])("%j is refused", async (assumeKeyHonoured) => {
    const client = testClient([]);
    const options = { assumeKeyHonoured: assumeKeyHonoured as boolean };
    const error = await failureAs(PurseInvalidArgumentError, client.payments.create(paymentParams, options));
    expect(error.message).toBe("options.assumeKeyHonoured must be true or false.");
    expect(client.tokenRequests).toHaveLength(0);
  });
});

describe("payments.inspect(), from a process that only knows what was asked for", () => {
  const captures = [operation({ id: "a", merchant_reference: "ref-1" }), operation({ id: "b" })];
  const query = { list: "captures", amount: 3000 } as const;

  test.each([
    ["done", { ...query, id: "b" }, "b"],
    // The named operation is there, but not as it was asked for.
    ["ambiguous", { list: "captures", amount: 1, id: "b" } as const, undefined],
    // Ids come from the service: there is such an operation, and it does not show yet.
    ["ambiguous", { ...query, id: "c" }, undefined],
    ["ambiguous", { list: "refunds", id: "c" } as const, undefined],
    // A reference may have been used before, or be altered by the service.
    ["ambiguous", { ...query, merchant_reference: "ref-1" }, "a"],
    ["ambiguous", { ...query, merchant_reference: "ref-2" }, undefined],
    // Asked for without a reference, like this one alone.
    ["ambiguous", query, "b"],
    ["ambiguous", { ...query, merchant_reference: "ref-3" }, undefined],
    ["not_seen", { ...query, amount: 1 }, undefined],
    ["ambiguous", { list: "captures", amount: 1, merchant_reference: "ref-1" } as const, "a"],
    ["ambiguous", { list: "captures", merchant_reference: "ref-1" } as const, "a"],
    ["ambiguous", { list: "captures" } as const, "b"],
    ["not_seen", { list: "refunds" } as const, undefined],
    // Services replace references: without an amount nothing can be ruled out.
    ["ambiguous", { list: "captures", merchant_reference: "ref-9" } as const, undefined],
    // The operation is there, under another reference than asked for.
    ["ambiguous", { ...query, id: "a", merchant_reference: "ref-2" }, "a"],
    ["not_seen", { ...query, list: "refunds" as const }, undefined],
  ])("is %s for %j", async (outcome, asked, operationId) => {
    const client = testClient([answers(200, payment({ captures }))]);
    const inspection = await client.payments.inspect(paymentId, asked);
    expect(inspection.outcome).toBe(outcome);
    expect(inspection.operation?.id).toBe(operationId);
    expect(client.sent.map(({ method }) => method)).toEqual(["GET"]);
  });

  test.each<[string, object, unknown]>([
    ["the list is missing", payment({ captures: undefined }), query],
    ["the list is null", payment({ captures: null }), query],
    ["the list is no array", payment({ captures: { length: 0 } }), query],
    ["it is another payment", payment({ id: sessionId }), query],
    ["it has no id", payment({ id: undefined }), query],
    ["an entry cannot be read", payment({ captures: [null] }), query],
    ["an amount is text", payment({ captures: [operation({ amount: "3000" })] }), query],
    ["an amount is missing", payment({ captures: [operation({ amount: undefined })] }), query],
    [
      "a part of the amount has the reference",
      payment({ captures: [operation({ amount: 1000, merchant_reference: "ref-1" })] }),
      { ...query, merchant_reference: "ref-1" },
    ],
    [
      "a part of the amount has the reference in another form",
      payment({ captures: [operation({ amount: 1000, merchant_reference: "REF-1/2" })] }),
      { ...query, merchant_reference: "ref-1" },
    ],
    [
      "a part of the amount was done",
      payment({ captures: [operation({ amount: 1000, status: "CONFLICT" })] }),
      query,
    ],
    [
      "a part of the amount has a status that is not known",
      payment({ captures: [operation({ amount: 1000, status: "PARTIAL" })] }),
      query,
    ],
  ])("is never not_seen when %s", async (_, reading, asked) => {
    const client = testClient([answers(200, reading)]);
    const inspection = await client.payments.inspect(paymentId, asked as FindOperationQuery);
    expect(inspection.outcome).toBe("ambiguous");
  });

  test.each<[string, unknown]>([
    ["query", undefined],
    ["query", null],
    ["query", "captures"],
    ["query", ["captures"]],
    ["query.list", {}],
    ["query.list", { list: "capture" }],
    ["query.list", { list: "authorization" }],
    ["query.list", { amount: 3000 }],
    ["query.amount", { list: "captures", amount: "3000" }],
    ["query.amount", { list: "captures", amount: 30.5 }],
    ["query.amount", { list: "captures", amount: Number.NaN }],
    ["query.amount", { list: "captures", amount: null }],
    ["query.id", { list: "captures", id: "" }],
    ["query.id", { list: "captures", id: 5 }],
    ["query.merchant_reference", { list: "captures", merchant_reference: "" }],
    ["query.merchantReference", { list: "captures", merchantReference: "ref-1" }],
  ])("refuses %s of %j before anything is sent", async (argument, bad) => {
    const client = testClient([]);
    const error = await failureAs(
      PurseInvalidArgumentError,
      client.payments.inspect(paymentId, bad as FindOperationQuery),
    );
    expect(error.argument).toBe(argument);
    expect(client.sent).toEqual([]);
    const held = payment() as unknown as Payment;
    expect(() => findOperation(held, bad as FindOperationQuery)).toThrow(PurseInvalidArgumentError);
  });
});
