import { expect, test } from "vitest";
import { PurseConflictError, PurseIdempotencyConflictError } from "../../../src/errors/api-error.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { PurseUnreadableResponseError } from "../../../src/errors/unreadable-response-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { answers, fails, hangs, type Step } from "../../support/stub-fetch.js";
import {
  keyUsed,
  operation,
  payment,
  paymentId,
  paymentParams,
  sessionId,
  testClient,
} from "../../support/test-client.js";

const lost = fails("ECONNRESET");
const asked = { amount: 3000, merchant_reference: "ref-1" };
const mine = operation({ merchant_reference: "ref-1" });

test.each([
  ["capture", "captures"],
  ["refund", "refunds"],
  ["void", "voids"],
] as const)("a %s whose key was used is read back and marked as recovered", async (method, list) => {
  const recorded = payment({ [list]: [operation({ id: "other" }), mine] });
  const client = testClient([answers(409, keyUsed()), answers(200, recorded)]);
  const result = await client.payments[method](paymentId, asked, { idempotencyKey: "key-1" }).withResponse();
  expect(result).toMatchObject({
    data: recorded,
    operation: mine,
    idempotency: "recovered",
    idempotencyKey: "key-1",
    attempts: 2,
    response: { status: 200 },
  });
});

test("the payment is read once, fresh and without a key, and nothing is posted again", async () => {
  const client = testClient([
    answers(409, { ...keyUsed(), instance: "/v2/payments/evil/captures" }),
    answers(200, payment({ captures: [mine] })),
  ]);
  const options = { headers: { "x-trace": "t", "cache-control": "max-age=600" } };
  await client.payments.capture(paymentId, asked, options);
  expect(client.sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `POST https://purse.test/payment/v2/payments/${paymentId}/captures`,
    `GET https://purse.test/payment/v2/payments/${paymentId}`,
  ]);
  const reading = client.sent[1];
  expect(reading?.headers.has("x-idempotency-key")).toBe(false);
  expect(reading?.headers.has("cache-control")).toBe(false);
  expect(reading?.headers.has("content-type")).toBe(false);
  expect(reading?.headers.get("x-trace")).toBe("t");
  expect(reading?.body).toBeUndefined();
});

test("an operation that failed is recovered as failed", async () => {
  const failed = { ...mine, status: "FAILURE" };
  const client = testClient([answers(409, keyUsed()), answers(200, payment({ captures: [failed] }))]);
  const { operation: own } = await client.payments.capture(paymentId, asked).withResponse();
  expect(own?.status).toBe("FAILURE");
});

test("a lost request that was processed is recovered on the next attempt", async () => {
  const client = testClient([lost, answers(409, keyUsed()), answers(200, payment({ captures: [mine] }))]);
  const { idempotency } = await runToEnd(
    client.clock,
    client.payments.capture(paymentId, asked).withResponse(),
  );
  expect(idempotency).toBe("recovered");
});

const others: readonly [string, Record<string, unknown>, { amount: number; merchant_reference?: string }][] =
  [
    ["another amount", { captures: [{ ...mine, amount: 1000 }] }, asked],
    ["another kind", { refunds: [mine] }, asked],
    ["zero", { captures: [{ ...mine, amount: 0 }] }, asked],
    ["another amount, and failed", { captures: [{ ...mine, amount: 1000, status: "FAILURE" }] }, asked],
  ];

test.each(others)(
  "a key that was used for %s is a conflict, with the operation's id",
  async (_, members, params) => {
    const client = testClient([answers(409, keyUsed()), answers(200, payment(members))]);
    const call = client.payments.capture(paymentId, params, { idempotencyKey: "key-1" });
    const error = await failureAs(PurseIdempotencyConflictError, call);
    expect(error).toMatchObject({ status: 409, resourceId: "operation-1", idempotencyKey: "key-1" });
    expect(error.message).toContain("belongs to another operation");
    expect(client.sent.map(({ method }) => method)).toEqual(["POST", "GET"]);
  },
);

const unproven: typeof others = [
  ["with another reference", { captures: [{ ...mine, merchant_reference: "ref-2" }] }, asked],
  ["without the reference", { captures: [operation()] }, asked],
  ["with a reference that was not asked for", { captures: [mine] }, { amount: 3000 }],
  ["with a completed reference", { captures: [{ ...mine, merchant_reference: "ref-1/2026" }] }, asked],
  ["with an amount as text", { captures: [{ ...mine, amount: "3000" }] }, asked],
  ["without an amount", { captures: [{ ...mine, amount: undefined }] }, asked],
  ["twice", { captures: [{ ...mine, amount: 1000 }, mine] }, asked],
  ["with another amount and not ended", { captures: [{ ...mine, amount: 0, status: "PENDING" }] }, asked],
  ["with another amount and a new status", { captures: [{ ...mine, amount: 1, status: "PARTIAL" }] }, asked],
  ["in part", { captures: [{ ...mine, amount: 1000, status: "CONFLICT" }] }, asked],
  ["in a list that cannot be read", { captures: { 0: mine } }, asked],
  ["nowhere, the list missing", { captures: undefined, refunds: [mine] }, asked],
  ["in the reading of another payment", { id: sessionId, captures: [mine] }, asked],
  ["in a reading without an id", { id: undefined, captures: [{ ...mine, amount: 1 }] }, asked],
  ["nowhere", {}, asked],
];

test.each(unproven)(
  "under a given key, an operation that is listed %s proves neither success nor conflict",
  async (_, members, params) => {
    const reading = answers(200, payment(members));
    const client = testClient([answers(409, keyUsed()), reading, reading, reading]);
    const call = client.payments.capture(paymentId, params, { idempotencyKey: "key-1" });
    const error = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call));
    expect(error).toMatchObject({
      reason: "recovery_failed",
      resourceId: "operation-1",
      idempotencyKey: "key-1",
    });
    expect(client.sent.filter(({ method }) => method === "POST")).toHaveLength(1);
  },
);

test("a payment is the one that was asked for in either case of its id", async () => {
  const captures = [mine];
  const client = testClient([
    answers(409, keyUsed()),
    answers(200, payment({ id: paymentId.toUpperCase(), captures })),
  ]);
  const call = client.payments.capture(paymentId, asked, { idempotencyKey: "key-1" });
  expect((await call.withResponse()).idempotency).toBe("recovered");
});

test.each<[string, object | string | null]>([
  ["is empty", null],
  ["is HTML", "<html>Conflict</html>"],
  ["is an array", "[]"],
  ["is a text", '"conflict"'],
  ["is an empty object", {}],
  ["has no type", { title: "Conflict", status: 409 }],
  ["has a type that is a number", { type: 409 }],
  ["says no more than its status", { type: "about:blank", title: "Conflict", status: 409 }],
  ["speaks of the key under another type", { type: "urn:example:idempotency-violation" }],
  ["spells the type's URN in capitals", { type: "URN:EU.PURSE:WRITE-CONFLICT" }],
  ["has the type under another address", { type: "https://api.example/problems/write-conflict" }],
  ["has a type that is no URI", { type: "error", message: "Conflict" }],
  ["names an operation under another type", { type: "urn:x", resource_id: { id: "operation-1" } }],
  ["names its status in its title", { type: "about:blank", title: "409 Conflict" }],
  ["says already processed", { type: "about:blank", title: "Already processed" }],
  ["names its status in another language", { type: "about:blank", title: "Conflit" }],
  ["spells about:blank in capitals", { type: "ABOUT:BLANK", title: "Conflict" }],
  ["has its status for a type", { type: "https://api.example/problems/409", title: "Conflict" }],
  ["says that a request is in progress", { type: "about:blank", title: "Request in progress" }],
  ["speaks of a key in its type", { type: "urn:example:key-reused" }],
  ["has a title of very many blanks", { type: "about:blank", title: `${" ".repeat(100_000)}x` }],
  ["says duplicate", { type: "urn:example:duplicate-request" }],
  ["speaks of the key in its title", { type: "about:blank", title: "Idempotency violation" }],
  ["names no operation", keyUsed("")],
  ["names an operation by a number", { ...keyUsed(), resource_id: 5 }],
  ["names an operation by an empty text", { ...keyUsed(), resource_id: "" }],
  ["names an operation by a text that is too long", { ...keyUsed(), resource_id: "x".repeat(256) }],
])("a 409 of a capture whose body %s may be about the key", async (_, body) => {
  const client = testClient([answers(409, body)]);
  const call = client.payments.capture(paymentId, asked, { idempotencyKey: "key-1" });
  const error = await failureAs(PurseOutcomeUnknownError, call);
  expect(error).toMatchObject({ reason: "recovery_failed", idempotencyKey: "key-1", attempts: 1 });
  expect(error.resourceId).toBeUndefined();
  expect(client.sent).toHaveLength(1);
});

test.each([[null], [""]])("an operation whose reference is %j has none", async (reference) => {
  const recorded = operation({ merchant_reference: reference });
  const client = testClient([answers(409, keyUsed()), answers(200, payment({ captures: [recorded] }))]);
  const { idempotency } = await client.payments.capture(paymentId, { amount: 3000 }).withResponse();
  expect(idempotency).toBe("recovered");
});

test("what a given key made may show late: the payment is read again before anything is said", async () => {
  const nothing = answers(200, payment({ captures: [{ ...mine, id: "operation-2" }] }));
  const client = testClient([
    answers(409, keyUsed()),
    nothing,
    nothing,
    answers(200, payment({ captures: [mine] })),
  ]);
  const call = client.payments.capture(paymentId, asked, { idempotencyKey: "key-1" }).withResponse();
  expect(await runToEnd(client.clock, call)).toMatchObject({ idempotency: "recovered", operation: mine });
});

test("a generated key that was used on the first attempt is unknown: no other call can have used it", async () => {
  const nothing = answers(200, payment());
  const client = testClient([answers(409, keyUsed()), nothing, nothing, nothing]);
  const call = runToEnd(client.clock, client.payments.capture(paymentId, asked));
  expect(await failureAs(PurseOutcomeUnknownError, call)).toMatchObject({ reason: "recovery_failed" });
});

test("a deadline that ends while the payment is read back is named as such", async () => {
  const client = testClient([lost, answers(409, keyUsed()), hangs()]);
  const call = client.payments.capture(paymentId, asked, { deadlineMs: 5000 });
  const error = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call));
  expect(error).toMatchObject({ reason: "timeout", resourceId: "operation-1" });
});

test("a deadline that ends between two readings of the payment is named as such", async () => {
  const client = testClient([lost, answers(409, keyUsed()), answers(200, payment())]);
  const call = client.payments.capture(paymentId, asked, { deadlineMs: 600 });
  const error = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call));
  expect(error).toMatchObject({ reason: "timeout", resourceId: "operation-1" });
  expect(client.sent).toHaveLength(3);
});

test("after a lost request, an operation that does not show yet is unknown and no conflict", async () => {
  const nothing = answers(200, payment());
  const client = testClient([lost, answers(409, keyUsed()), nothing, nothing, nothing]);
  const call = runToEnd(client.clock, client.payments.capture(paymentId, asked));
  const error = await failureAs(PurseOutcomeUnknownError, call);
  expect(error).toMatchObject({ reason: "recovery_failed", resourceId: "operation-1" });
});

test.each<[string, Step]>([
  ["500", answers(500)],
  ["404", answers(404)],
  ["403", answers(403)],
  ["a lost connection", lost],
  ["HTML", answers(200, "<html>")],
])("a payment that cannot be read (%s) leaves the outcome unknown", async (_, step) => {
  const client = testClient([answers(409, keyUsed()), step, step, step]);
  const call = runToEnd(client.clock, client.payments.capture(paymentId, asked));
  const error = await failureAs(PurseOutcomeUnknownError, call);
  expect(error).toMatchObject({ reason: "recovery_failed", resourceId: "operation-1" });
  expect(client.sent.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("inspect() after a failed recovery looks for the operation the service named", async () => {
  const client = testClient([
    answers(409, keyUsed()),
    answers(404),
    answers(200, payment({ captures: [operation({ id: "op-0" }), operation()] })),
  ]);
  const error = await failureAs(
    PurseOutcomeUnknownError,
    client.payments.capture(paymentId, { amount: 3000 }),
  );
  expect(await error.inspect()).toMatchObject({ outcome: "done", operation: { id: "operation-1" } });
});

test("a key in use without the operation's id is waited for when the first request was lost", async () => {
  const client = testClient([lost, answers(409, keyUsed("")), answers(200, payment())]);
  await runToEnd(client.clock, client.payments.capture(paymentId, asked));
  expect(new Set(client.sent.map(({ headers }) => headers.get("x-idempotency-key"))).size).toBe(1);
});

test("a key in use is waited for longer than failures are tried again, but not for ever", async () => {
  const inUse = answers(409, keyUsed(""));
  const patient = testClient([lost, ...Array.from({ length: 5 }, () => inUse), answers(200, payment())]);
  await runToEnd(patient.clock, patient.payments.capture(paymentId, asked));
  expect(patient.sent).toHaveLength(7);

  const client = testClient([lost, ...Array.from({ length: 20 }, () => inUse)]);
  const call = runToEnd(client.clock, client.payments.capture(paymentId, asked));
  expect(await failureAs(PurseOutcomeUnknownError, call)).toMatchObject({ reason: "still_in_progress" });
  expect(client.sent).toHaveLength(10);
});

test("waiting for a key in use leaves the retries to what fails", async () => {
  const inUse = answers(409, keyUsed(""));
  const client = testClient([lost, inUse, inUse, inUse, answers(503), answers(200, payment())]);
  await runToEnd(client.clock, client.payments.capture(paymentId, asked));
  expect(client.sent).toHaveLength(6);

  const failing = testClient([
    lost,
    inUse,
    inUse,
    inUse,
    answers(503),
    answers(503),
    answers(200, payment()),
  ]);
  const call = runToEnd(failing.clock, failing.payments.capture(paymentId, asked));
  expect(await failureAs(PurseOutcomeUnknownError, call)).toMatchObject({ reason: "server_error" });
  expect(failing.sent).toHaveLength(6);
});

test("a reference that the service completes is no conflict under a key of the call's own", async () => {
  const completed = operation({ merchant_reference: "REF-1/2026" });
  const steps = [lost, answers(409, keyUsed()), answers(200, payment({ captures: [completed] }))];
  const client = testClient(steps);
  const call = client.payments.capture(paymentId, asked).withResponse();
  expect(await runToEnd(client.clock, call)).toMatchObject({
    idempotency: "recovered",
    operation: completed,
  });

  // Under a given key, another caller may have used it: neither success nor failure is certain.
  const given = testClient(steps);
  const again = given.payments.capture(paymentId, asked, { idempotencyKey: "key-1" });
  const error = await failureAs(PurseOutcomeUnknownError, runToEnd(given.clock, again));
  expect(error).toMatchObject({ reason: "recovery_failed", resourceId: "operation-1" });
});

test.each([
  [{ type: "about:blank", title: "Not capturable" }],
  [{ type: "urn:example:payment-state", title: "Conflict" }],
  [{ type: "https://api.example/problems/not-capturable" }],
])(
  "a conflict that says that it is about something else is neither retried nor read back",
  async (problem) => {
    const client = testClient([answers(409, problem)]);
    await failureAs(PurseConflictError, client.payments.capture(paymentId, asked));
    expect(client.sent).toHaveLength(1);
  },
);

test("a used key of a created payment is a conflict with the id, and not followed", async () => {
  const client = testClient([answers(409, keyUsed("payment-9"))]);
  const error = await failureAs(PurseIdempotencyConflictError, client.payments.create(paymentParams));
  expect(error.resourceId).toBe("payment-9");
  expect(client.sent).toHaveLength(1);
});

test.each<[string, Step]>([
  ["a lost connection", lost],
  ["500", answers(500)],
  ["an unreadable answer", answers(204)],
])("aborting a session is confirmed by reading after %s", async (_, step) => {
  const aborted = { id: sessionId, status: "ABORTED_BY_MERCHANT" };
  const client = testClient([step, answers(200, aborted)]);
  const { data, idempotency, attempts } = await client.clientSessions.abort(sessionId).withResponse();
  expect({ data, idempotency, attempts }).toEqual({ data: aborted, idempotency: "recovered", attempts: 2 });
  expect(client.sent[1]).toMatchObject({ method: "GET", path: `/payment/v2/client-sessions/${sessionId}` });
  expect(client.sent[1]?.headers.has("x-idempotency-key")).toBe(false);
});

test.each<[string, Step]>([
  ["the session is still open", answers(200, { id: sessionId, status: "ACTIVE" })],
  ["the shopper aborted it", answers(200, { id: sessionId, status: "ABORTED_BY_SHOPPER" })],
  ["it cannot be read", answers(404)],
])("aborting a session with a lost answer is unknown when %s", async (_, reading) => {
  const client = testClient([lost, reading]);
  await failureAs(PurseOutcomeUnknownError, client.clientSessions.abort(sessionId));
  expect(client.sent.map(({ method }) => method)).toEqual(["POST", "GET"]);
});

test("aborting a session that is refused is not confirmed by reading", async () => {
  const client = testClient([answers(400)]);
  await expect(client.clientSessions.abort(sessionId)).rejects.toMatchObject({ code: "bad_request" });
  expect(client.sent).toHaveLength(1);
});

test("a read is never taken for a recovery", async () => {
  const client = testClient([answers(200, "[]")], { options: { maxRetries: 0 } });
  await failureAs(PurseUnreadableResponseError, client.payments.retrieve(paymentId));
  expect(client.sent).toHaveLength(1);
});
