import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { PurseTokenError } from "../../../src/errors/token-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { answers, fails, hangs, type Step } from "../../support/stub-fetch.js";
import {
  keyUsed,
  operation,
  payment,
  paymentId,
  paymentParams,
  testClient,
  type TestClient,
} from "../../support/test-client.js";

const lost = fails("ECONNRESET");
const params = { amount: 3000, merchant_reference: "ref-1" };

/** A capture with an unknown outcome, and its client. */
async function unknownCapture(
  later: readonly Step[],
  asked: { amount: number; merchant_reference?: string } = params,
): Promise<{ client: TestClient; error: PurseOutcomeUnknownError }> {
  const client = testClient([lost, lost, lost, ...later]);
  const call = runToEnd(client.clock, client.payments.capture(paymentId, asked));
  return { client, error: await failureAs(PurseOutcomeUnknownError, call) };
}

test("a capture whose connection is lost every time ends as unknown, with its key", async () => {
  const { client, error } = await unknownCapture([]);
  expect(error).toMatchObject({ code: "outcome_unknown", reason: "connection_lost", attempts: 3 });
  expect(error.idempotencyKey).toBe(client.sent[0]?.headers.get("x-idempotency-key"));
  expect(client.sent).toHaveLength(3);
});

test.each<[string, Step]>([
  ["connection_lost", lost],
  ["connection_lost", fails("UND_ERR_SOCKET")],
  ["connection_lost", fails("EPIPE")],
  ["connection_lost", fails("SOMETHING_NEW")],
  ["connection_lost", fails("EHOSTUNREACH", "read")],
  ["timeout", hangs()],
  ["timeout", answers(408)],
  ["server_error", answers(500)],
  ["server_error", answers(503, null, { "retry-after": "1" })],
  ["unreadable_answer", answers(200, "<html>")],
  ["unreadable_answer", answers(201, '{"id":"')],
  ["unreadable_answer", answers(204)],
  ["redirected", answers(307, null, { location: "https://evil.example/" })],
])("creating a payment ends as unknown (%s) after a single request", async (reason, step) => {
  const client = testClient([step]);
  const call = runToEnd(client.clock, client.payments.create(paymentParams));
  expect(await failureAs(PurseOutcomeUnknownError, call)).toMatchObject({ reason, attempts: 1 });
  expect(client.sent).toHaveLength(1);
});

test("creating a payment ends as unknown even when an attempt before provably failed", async () => {
  const client = testClient([fails("ECONNREFUSED"), answers(429), lost]);
  const call = runToEnd(client.clock, client.payments.create(paymentParams));
  expect((await failureAs(PurseOutcomeUnknownError, call)).attempts).toBe(3);
});

test.each<[string, Step]>([
  ["400", answers(400, { title: "amount too high" })],
  ["403", answers(403)],
  ["404", answers(404)],
  ["409 of another kind", answers(409, { type: "about:blank" })],
  ["409 of an unknown operation", answers(409, keyUsed(""))],
  ["422", answers(422)],
  ["429 with a long Retry-After", answers(429, null, { "retry-after": "3600" })],
  ["a redirect", answers(302)],
])("once an attempt may have taken effect, %s no longer says that it failed", async (_, step) => {
  const client = testClient([lost, step, step]);
  const call = runToEnd(client.clock, client.payments.capture(paymentId, params));
  const error = await failureAs(PurseOutcomeUnknownError, call);
  expect(error.idempotencyKey).toBeTruthy();
});

test.each<[string, Step]>([
  ["401", answers(401)],
  ["429", answers(429)],
  ["a refused connection", fails("ECONNREFUSED")],
])(
  "once an attempt may have taken effect, %s until the end no longer says that it failed",
  async (_, step) => {
    const client = testClient([lost, step, step, step]);
    const call = runToEnd(client.clock, client.payments.capture(paymentId, params));
    await failureAs(PurseOutcomeUnknownError, call);
  },
);

test("once an attempt may have taken effect, a failing token request no longer says that it failed", async () => {
  const client = testClient([lost, answers(401)], {
    tokenSteps: [answers(200, { access_token: "t", token_type: "bearer" }), answers(401)],
  });
  const call = runToEnd(client.clock, client.payments.capture(paymentId, params));
  expect(await failureAs(PurseOutcomeUnknownError, call)).toMatchObject({ reason: "connection_lost" });
});

test("a call that could not get a token is known to have failed", async () => {
  const client = testClient([], { tokenSteps: [answers(401)] });
  const error = await failureAs(PurseTokenError, client.payments.capture(paymentId, params));
  expect(error).toMatchObject({ reason: "credentials_refused", attempts: 0 });
});

test("resolve() sends the same key and the same bytes again, and completes", async () => {
  const { client, error } = await unknownCapture([answers(200, payment({ captures: [operation()] }))]);
  await expect(error.resolve()).resolves.toMatchObject({ id: paymentId });
  const [first] = client.sent;
  const last = client.sent.at(-1);
  expect(client.sent).toHaveLength(4);
  expect(last?.method).toBe("POST");
  expect(last?.url).toBe(first?.url);
  expect(last?.body).toBe(first?.body);
  expect(last?.headers.get("x-idempotency-key")).toBe(first?.headers.get("x-idempotency-key"));
});

test("resolve() recovers what the lost request had done", async () => {
  const done = operation({ merchant_reference: "ref-1" });
  const { client, error } = await unknownCapture([
    answers(409, keyUsed()),
    answers(200, payment({ captures: [done] })),
  ]);
  await expect(error.resolve()).resolves.toMatchObject({ captures: [done] });
  expect(client.sent.slice(3).map(({ method }) => method)).toEqual(["POST", "GET"]);
});

test("resolve() is not bound by the signal that ended the call", async () => {
  const controller = new AbortController();
  const client = testClient([hangs(), answers(200, payment())]);
  const call = client.payments.capture(paymentId, params, { signal: controller.signal });
  const end = failureAs(PurseOutcomeUnknownError, call);
  await client.clock.advance(1);
  controller.abort();
  await expect((await end).resolve()).resolves.toMatchObject({ id: paymentId });
});

test("resolve() of a call without retries asks once, also about a request that is still being worked on", async () => {
  const inUse = answers(409, keyUsed(""));
  const client = testClient([lost, inUse, inUse], { options: { maxRetries: 0 } });
  const error = await failureAs(PurseOutcomeUnknownError, client.payments.capture(paymentId, params));
  const again = failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, error.resolve()));
  expect(await again).toMatchObject({ reason: "still_in_progress" });
  expect(client.sent).toHaveLength(2);
});

test("resolve() that loses the connection again is still unknown, and can go on", async () => {
  const { client, error } = await unknownCapture([lost, lost, lost, answers(200, payment())]);
  const again = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, error.resolve()));
  expect(again.idempotencyKey).toBe(error.idempotencyKey);
  await expect(again.resolve()).resolves.toMatchObject({ id: paymentId });
});

test.each<[string, Step]>([
  ["400", answers(400, { title: "amount too high" })],
  ["401", answers(401)],
  ["404", answers(404)],
  ["429", answers(429)],
  ["a refused connection", fails("ECONNREFUSED")],
])(
  "resolve() that ends with %s is still unknown: the first request may have moved the money",
  async (_, step) => {
    const { client, error } = await unknownCapture([step, step, step]);
    const again = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, error.resolve()));
    expect(again.idempotencyKey).toBe(error.idempotencyKey);
  },
);

test("resolve() that finds something else under the call's own key stays unknown: no other call has the key", async () => {
  const other = operation({ amount: 1, merchant_reference: "ref-1" });
  const { error } = await unknownCapture([
    answers(409, keyUsed()),
    answers(200, payment({ captures: [other] })),
  ]);
  const again = await failureAs(PurseOutcomeUnknownError, error.resolve());
  expect(again).toMatchObject({ reason: "recovery_failed", resourceId: "operation-1" });
});

test("resolve() and inspect() of a created payment are refused without sending", async () => {
  const client = testClient([lost]);
  const error = await failureAs(PurseOutcomeUnknownError, client.payments.create(paymentParams));
  await failureAs(PurseInvalidArgumentError, error.resolve());
  await failureAs(PurseInvalidArgumentError, error.inspect());
  expect(client.sent).toHaveLength(1);
  expect(error.message).toContain("webhook");
});

test("inspect() names the operation it may be by its reference, and only reads", async () => {
  const mine = operation({ id: "op-7", merchant_reference: "ref-1" });
  const others = [
    operation({ merchant_reference: "ref-0" }),
    operation({ amount: 5, merchant_reference: "ref-1" }),
  ];
  const { client, error } = await unknownCapture([answers(200, payment({ captures: [...others, mine] }))]);
  expect(await error.inspect()).toMatchObject({
    // Merchants use references more than once.
    outcome: "ambiguous",
    operation: { id: "op-7", status: "SUCCESS" },
    payment: { id: paymentId },
  });
  const [reading, ...more] = client.sent.slice(3);
  expect(more).toEqual([]);
  expect(reading?.method).toBe("GET");
  expect(reading?.body).toBeUndefined();
  expect(reading?.headers.has("x-idempotency-key")).toBe(false);
});

test("inspect() is ambiguous about an operation whose reference the service has altered", async () => {
  const similar = operation({ merchant_reference: "REF-1/2026" });
  const { error } = await unknownCapture([answers(200, payment({ captures: [similar] }))]);
  expect(await error.inspect()).toMatchObject({ outcome: "ambiguous", operation: { id: "operation-1" } });
});

test("inspect() that finds nothing alike says that it has not seen it, and no more", async () => {
  const refund = operation({ merchant_reference: "ref-1" });
  const { error } = await unknownCapture([answers(200, payment({ refunds: [refund] }))]);
  expect(await error.inspect()).toMatchObject({ outcome: "not_seen" });
});

test("payments.inspect is ambiguous when two entries carry the id", async () => {
  const captures = [operation(), operation({ status: "FAILURE" })];
  const client = testClient([answers(200, payment({ captures }))]);
  const inspection = await client.payments.inspect(paymentId, { list: "captures", id: "operation-1" });
  expect(inspection.outcome).toBe("ambiguous");
  expect(inspection.operation).toBeUndefined();
});

test("inspect() does not claim an operation that it cannot tell apart", async () => {
  const { error } = await unknownCapture([answers(200, payment({ captures: [operation()] }))], {
    amount: 3000,
  });
  const inspection = await error.inspect();
  expect(inspection.outcome).toBe("ambiguous");
  expect(inspection.operation?.id).toBe("operation-1");
});

test("inspect() is ambiguous when two operations carry the reference", async () => {
  const mine = operation({ merchant_reference: "ref-1" });
  const { error } = await unknownCapture([
    answers(200, payment({ captures: [mine, { ...mine, id: "op-2" }] })),
  ]);
  expect(await error.inspect()).toMatchObject({ outcome: "ambiguous" });
});

test.each([[undefined], [null], ["none"], [[null, 5, "x"]]])(
  "inspect() does not say not_seen of a payment whose captures are %j",
  async (captures) => {
    const { error } = await unknownCapture([answers(200, payment({ captures }))]);
    expect(await error.inspect()).toMatchObject({ outcome: "ambiguous" });
  },
);
