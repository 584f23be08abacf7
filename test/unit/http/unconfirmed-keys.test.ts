import { describe, expect, test } from "vitest";
import { PurseIdempotencyConflictError } from "../../../src/errors/api-error.js";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { answers, fails } from "../../support/stub-fetch.js";
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

  test("stays unknown when the lost attempt had used the key: nothing says what it made", async () => {
    const client = testClient([lost, answers(409, keyUsed("payment-7"))]);
    const call = runToEnd(client.clock, client.payments.create(paymentParams, assumed));
    const error = await failureAs(PurseOutcomeUnknownError, call);
    expect(error).toMatchObject({ reason: "recovery_failed", resourceId: "payment-7" });
    await expect(error.inspect()).rejects.toMatchObject({ code: "invalid_argument" });
    expect(client.sent).toHaveLength(2);
  });

  test("is a conflict when another call had used the key", async () => {
    const client = testClient([answers(409, keyUsed("payment-7"))]);
    const call = client.payments.create(paymentParams, { ...assumed, idempotencyKey: "key-1" });
    const error = await failureAs(PurseIdempotencyConflictError, call);
    expect(error.message).not.toContain("another operation");
    expect(error.resourceId).toBe("payment-7");
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

  test.each(["true", 1, null, {}])("by %j nobody does", async (assumeKeyHonoured) => {
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
    ["not_seen", { ...query, amount: 1 }, undefined],
    ["not_seen", { ...query, list: "refunds" as const }, undefined],
  ])("is %s for %j", async (outcome, asked, operationId) => {
    const client = testClient([answers(200, payment({ captures }))]);
    const inspection = await client.payments.inspect(paymentId, asked);
    expect(inspection.outcome).toBe(outcome);
    expect(inspection.operation?.id).toBe(operationId);
    expect(client.sent.map(({ method }) => method)).toEqual(["GET"]);
  });
});
