import { expect, test } from "vitest";
import {
  PurseBadRequestError,
  PurseRateLimitError,
  PurseServerError,
} from "../../../src/errors/api-error.js";
import { PurseConnectionError } from "../../../src/errors/connection-error.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { PurseTokenError } from "../../../src/errors/token-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd, settle } from "../../support/manual-clock.js";
import { answers, fails, type Step } from "../../support/stub-fetch.js";
import { keyUsed, payment, paymentId, sessionId, testClient } from "../../support/test-client.js";

const many = (step: Step): Step[] => Array.from({ length: 20 }, () => step);

test("a read is repeated twice by default and says how often it was sent", async () => {
  const client = testClient([answers(503), fails("ECONNRESET"), answers(200, payment())]);
  const { attempts } = await runToEnd(client.clock, client.payments.retrieve(paymentId).withResponse());
  expect(attempts).toBe(3);
  expect(client.clock.pendingTimers()).toBe(0);
});

test("the last failure is the one reported", async () => {
  const client = testClient([fails("ECONNRESET"), answers(500), answers(503, { title: "Down" })]);
  const call = runToEnd(client.clock, client.payments.retrieve(paymentId));
  const error = await failureAs(PurseServerError, call);
  expect(error).toMatchObject({ status: 503, attempts: 3, problem: { title: "Down" } });
});

test.each<[string, Step]>([
  ["503", answers(503)],
  ["429", answers(429)],
  ["401", answers(401)],
  ["a lost connection", fails("ECONNRESET")],
  ["a refused connection", fails("ECONNREFUSED")],
  ["an unreadable answer", answers(200, "<html>")],
])("with maxRetries 0, %s is met with one request", async (_, step) => {
  const client = testClient(many(step), { options: { maxRetries: 0 } });
  await expect(runToEnd(client.clock, client.payments.retrieve(paymentId))).rejects.toThrow();
  await expect(runToEnd(client.clock, client.payments.capture(paymentId, { amount: 1 }))).rejects.toThrow();
  expect(client.sent.map(({ method }) => method)).toEqual(["GET", "POST"]);
});

const used = answers(409, keyUsed());
const notListed = answers(200, payment());

test.each<[string, Step, string[]]>([
  ["up to three reads follow a used key", notListed, ["POST", "GET", "GET", "GET"]],
  ["a read that fails is not repeated", answers(503), ["POST", "GET"]],
  ["a read whose token is refused is not repeated", answers(401), ["POST", "GET"]],
])("with maxRetries 0 the change is sent once, and %s", async (_, reading, methods) => {
  const client = testClient([used, ...many(reading)], { options: { maxRetries: 0 } });
  const call = client.payments.capture(paymentId, { amount: 3000 });
  await expect(runToEnd(client.clock, call)).rejects.toThrow();
  expect(client.sent.map(({ method }) => method)).toEqual(methods);
  expect(client.tokenRequests).toHaveLength(1);
});

test("with maxRetries 0 a session's abort is sent once, and the session is read once", async () => {
  const client = testClient(many(answers(503)), { options: { maxRetries: 0 } });
  await expect(runToEnd(client.clock, client.clientSessions.abort(sessionId))).rejects.toThrow();
  expect(client.sent.map(({ method }) => method)).toEqual(["POST", "GET"]);
});

test("maxRetries counts for each request: the change, and each read of its recovery", async () => {
  const down = answers(503);
  const steps = [down, used, down, notListed, down, notListed, down, notListed];
  const client = testClient(steps, { options: { maxRetries: 1 } });
  const call = client.payments.capture(paymentId, { amount: 3000 });
  await expect(runToEnd(client.clock, call)).rejects.toThrow();
  expect(client.sent.map(({ method }) => method)).toEqual(["POST", "POST", ...Array<string>(6).fill("GET")]);
});

test("the repeat with a new token after a 401 does not use up maxRetries", async () => {
  const client = testClient([answers(401), answers(503), answers(200, payment())], {
    options: { maxRetries: 1 },
  });
  await runToEnd(client.clock, client.payments.retrieve(paymentId));
  expect(client.sent).toHaveLength(3);
});

test("with maxRetries 0 the token that was refused is dropped all the same", async () => {
  const client = testClient([answers(401), answers(200, payment())], { options: { maxRetries: 0 } });
  await expect(client.payments.retrieve(paymentId)).rejects.toMatchObject({ status: 401 });
  await client.payments.retrieve(paymentId);
  expect(client.sent[1]?.headers.get("authorization")).toBe("Bearer token-number-2");
});

test("with maxRetries 0 keys that turn out to need a token are asked for with one, once", async () => {
  const client = testClient(many(answers(401)), { options: { maxRetries: 0 } });
  await expect(client.signingKeys.list()).rejects.toMatchObject({ status: 401, attempts: 2 });
  expect(client.sent.map(({ headers }) => headers.get("authorization"))).toEqual([
    null,
    "Bearer token-number-1",
  ]);
});

test("a call's own maxRetries outranks the client's", async () => {
  const client = testClient(many(answers(503)), { options: { maxRetries: 0 } });
  await expect(
    runToEnd(client.clock, client.payments.retrieve(paymentId, { maxRetries: 4 })),
  ).rejects.toThrow();
  expect(client.sent).toHaveLength(5);
});

test.each([400, 403, 404, 410, 418, 422])("status %d is not retried", async (status) => {
  const client = testClient(many(answers(status)));
  await expect(runToEnd(client.clock, client.payments.retrieve(paymentId))).rejects.toMatchObject({
    status,
    attempts: 1,
  });
  expect(client.sent).toHaveLength(1);
});

test("a refused request is refused at once", async () => {
  const client = testClient([answers(400)]);
  await failureAs(PurseBadRequestError, client.payments.capture(paymentId, { amount: 1 }));
  expect(client.clock.pendingTimers()).toBe(0);
});

test("Retry-After is waited for in full, and no longer", async () => {
  const client = testClient([answers(429, null, { "retry-after": "7" }), answers(200, payment())]);
  const call = client.payments.retrieve(paymentId);
  await client.clock.advance(6999);
  expect(client.sent).toHaveLength(1);
  await client.clock.advance(1);
  expect(client.sent).toHaveLength(2);
  await call;
});

test("Retry-After as a date is waited for", async () => {
  const date = "Thu, 01 Jan 2026 00:00:20 GMT";
  const client = testClient([answers(503, null, { "retry-after": date }), answers(200, payment())]);
  const call = client.payments.retrieve(paymentId);
  await client.clock.advance(19_999);
  expect(client.sent).toHaveLength(1);
  await client.clock.advance(1);
  await call;
});

test.each(["-5", "1e3", "soon", "120 seconds"])("Retry-After %j changes nothing", async (value) => {
  const client = testClient([answers(429, null, { "retry-after": value }), answers(200, payment())]);
  const call = client.payments.retrieve(paymentId);
  await client.clock.advance(249);
  expect(client.sent).toHaveLength(1);
  await client.clock.advance(1);
  expect(client.sent).toHaveLength(2);
  await call;
});

test("Retry-After of zero still waits the backoff", async () => {
  const client = testClient([answers(429, null, { "retry-after": "0" }), answers(200, payment())]);
  const call = client.payments.retrieve(paymentId);
  await settle();
  expect(client.clock.nextTimerInMs()).toBe(250);
  await runToEnd(client.clock, call);
});

test("a Retry-After above thirty seconds fails the call at once and is on the error", async () => {
  const client = testClient(many(answers(429, null, { "retry-after": "31" })));
  const error = await failureAs(PurseRateLimitError, client.payments.capture(paymentId, { amount: 1 }));
  expect(error).toMatchObject({ retryAfterMs: 31_000, attempts: 1 });
  expect(client.sent).toHaveLength(1);
  expect(client.clock.pendingTimers()).toBe(0);
});

test("a wait of more digits than a number has is told as a finite one, and not obeyed", async () => {
  const client = testClient(many(answers(429, null, { "retry-after": "9".repeat(400) })));
  const error = await failureAs(PurseRateLimitError, client.payments.retrieve(paymentId));
  expect(error).toMatchObject({ retryAfterMs: Number.MAX_SAFE_INTEGER, attempts: 1 });
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ retryAfterMs: Number.MAX_SAFE_INTEGER });
});

test("a Retry-After of thirty seconds is obeyed", async () => {
  const client = testClient([answers(429, null, { "retry-after": "30" }), answers(200, payment())]);
  const call = client.payments.retrieve(paymentId);
  await client.clock.advance(30_000);
  await call;
  expect(client.sent).toHaveLength(2);
});

test("a wait that would outlast the deadline is not begun", async () => {
  const client = testClient(many(answers(429, null, { "retry-after": "10" })));
  const call = client.payments.retrieve(paymentId, { deadlineMs: 10_000 });
  const error = await failureAs(PurseRateLimitError, call);
  expect(error.retryAfterMs).toBe(10_000);
  expect(client.sent).toHaveLength(1);
  expect(client.clock.pendingTimers()).toBe(0);
});

test("an outage empties the client's budget, and then nothing is retried", async () => {
  const client = testClient(Array.from({ length: 200 }, () => fails("ECONNREFUSED")));
  for (let call = 0; call < 30; call++) {
    await failureAs(PurseConnectionError, runToEnd(client.clock, client.payments.retrieve(paymentId)));
  }
  expect(client.sent).toHaveLength(30 + 50);
});

test("an outage of the token endpoint empties the budget too", async () => {
  const client = testClient([fails("ECONNREFUSED"), answers(200, payment())], {
    tokenSteps: Array.from({ length: 100 }, () => answers(500)),
  });
  const read = (): Promise<unknown> => runToEnd(client.clock, client.payments.retrieve(paymentId));
  while (client.tokenRequests.length < 100) {
    await failureAs(PurseTokenError, read());
    await client.clock.advance(30_000);
  }
  await failureAs(PurseConnectionError, read());
  expect(client.sent).toHaveLength(1);
});

test("after an outage success fills the budget again", async () => {
  const outage = Array.from({ length: 80 }, () => fails("ECONNREFUSED"));
  const successes = Array.from({ length: 10 }, () => answers(200, payment()));
  const client = testClient([...outage, ...successes, fails("ECONNREFUSED"), answers(200, payment())]);
  const read = (): Promise<unknown> => runToEnd(client.clock, client.payments.retrieve(paymentId));
  for (let call = 0; call < 30; call++) await failureAs(PurseConnectionError, read());
  for (let call = 0; call < 10; call++) await read();
  await read();
  expect(client.sent).toHaveLength(80 + 10 + 2);
});

test("a POST that the budget keeps from being retried ends as unknown", async () => {
  const client = testClient(Array.from({ length: 200 }, () => fails("ECONNRESET")));
  for (let call = 0; call < 26; call++) {
    await failureAs(
      PurseOutcomeUnknownError,
      runToEnd(client.clock, client.payments.capture(paymentId, { amount: 1 })),
    );
  }
  expect(client.sent).toHaveLength(26 + 50);
});

test("chance comes from the client's surroundings", async () => {
  const client = testClient([answers(503), answers(200, payment())], { random: () => 0.9 });
  const call = client.payments.retrieve(paymentId);
  await settle();
  expect(client.clock.nextTimerInMs()).toBe(450);
  await runToEnd(client.clock, call);
});

test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"])(
  "%s proves that nothing was sent, so even creating a payment is retried",
  async (code) => {
    const client = testClient(many(fails(code)));
    const call = client.payments.create({
      amount: 1,
      currency: "EUR",
      order: { reference: "1", net_amount: 1 },
      split: [],
    });
    const error = await failureAs(PurseConnectionError, runToEnd(client.clock, call));
    expect(client.sent).toHaveLength(3);
    expect(error.cause).toMatchObject({ code });
  },
);
