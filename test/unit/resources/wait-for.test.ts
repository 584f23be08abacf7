import { expect, test } from "vitest";
import { PurseAbortError } from "../../../src/errors/abort-error.js";
import { PurseNotFoundError, PurseRateLimitError } from "../../../src/errors/api-error.js";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { PurseTimeoutError } from "../../../src/errors/timeout-error.js";
import { maxAnswerBytes } from "../../../src/http/response-body.js";
import { failureAs, failureOf } from "../../support/failures.js";
import { runToEnd, settle } from "../../support/manual-clock.js";
import { answers, fails, grants, hangs, type Step } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../support/test-client.js";
import { watchedSignal } from "../../support/watched-signal.js";

const version = (value: number): Step => answers(200, payment({ version: value }));
const many = (step: Step): Step[] => Array.from({ length: 100 }, () => step);
const isThird = (read: { version?: unknown }): boolean => read.version === 3;

test("the payment is read until it is as wanted", async () => {
  const client = testClient([version(1), version(2), version(3), version(4)]);
  const read = await runToEnd(client.clock, client.payments.waitFor(paymentId, isThird));
  expect(read).toMatchObject({ version: 3 });
  expect(client.sent).toHaveLength(3);
  expect(client.clock.pendingTimers()).toBe(0);
});

test("a payment that is as wanted is not waited for", async () => {
  const client = testClient([version(3)]);
  await client.payments.waitFor(paymentId, isThird);
  expect(client.sent).toHaveLength(1);
});

test("the intervals grow to a ceiling, and chance shortens them by half at most", async () => {
  for (const [chance, share] of [
    [0, 0.5],
    [1 - Number.EPSILON, 1],
  ] as const) {
    const client = testClient(many(version(1)), { random: () => chance });
    const call = client.payments.waitFor(paymentId, isThird, { deadlineMs: 100_000 });
    const end = failureAs(PurseTimeoutError, call);
    for (const intervalMs of [500, 1000, 2000, 4000, 5000, 5000]) {
      await settle();
      expect(client.clock.nextTimerInMs()).toBeCloseTo(intervalMs * share, 3);
      await client.clock.advance(client.clock.nextTimerInMs() ?? 0);
    }
    await client.clock.advance(100_000);
    await end;
  }
});

test("the wait ends with its deadline, also in the middle of a reading", async () => {
  for (const step of [version(1), hangs()]) {
    const client = testClient(many(step));
    const startMs = client.clock.monotonicMs();
    const call = client.payments.waitFor(paymentId, isThird, { deadlineMs: 2000 });
    await failureAs(PurseTimeoutError, runToEnd(client.clock, call));
    expect(client.clock.monotonicMs() - startMs).toBe(2000);
    expect(client.clock.pendingTimers()).toBe(0);
  }
});

test("without a deadline of its own the wait has the client's", async () => {
  const client = testClient(many(version(1)), { options: { deadlineMs: 3000 } });
  const startMs = client.clock.monotonicMs();
  await failureAs(PurseTimeoutError, runToEnd(client.clock, client.payments.waitFor(paymentId, isThird)));
  expect(client.clock.monotonicMs() - startMs).toBe(3000);
});

test.each<[string, Step]>([
  ["a pause", version(1)],
  ["a reading", hangs()],
])("an abort in %s ends the wait at once and leaves nothing behind", async (_, step) => {
  const client = testClient([step]);
  const { signal, abort, listeners } = watchedSignal();
  const call = client.payments.waitFor(paymentId, isThird, { signal });
  await settle();
  abort();
  await failureAs(PurseAbortError, call);
  expect(listeners()).toBe(0);
  expect(client.clock.pendingTimers()).toBe(0);
});

test("a reading that fails for good ends the wait with its error", async () => {
  const client = testClient([version(1), answers(404)]);
  const call = runToEnd(client.clock, client.payments.waitFor(paymentId, isThird));
  await failureAs(PurseNotFoundError, call);
});

test.each<[string, Step]>([
  ["503", answers(503)],
  ["429", answers(429)],
  ["408", answers(408)],
  ["a lost connection", fails("ECONNRESET")],
  ["a refused connection", fails("ECONNREFUSED", "connect")],
  ["no answer in time", hangs()],
  ["HTML", answers(200, "<html>")],
  ["nothing", answers(200)],
])("a burst of readings that end with %s does not end the wait", async (_, step) => {
  const burst = Array.from({ length: 7 }, () => step);
  const client = testClient([version(1), ...burst, version(3)]);
  const options = { deadlineMs: 600_000 };
  const read = await runToEnd(client.clock, client.payments.waitFor(paymentId, isThird, options));
  expect(read).toMatchObject({ version: 3 });
  expect(client.clock.pendingTimers()).toBe(0);
});

test("a token endpoint that is down for a while does not end the wait", async () => {
  const client = testClient([version(3)], { tokenSteps: Array.from({ length: 8 }, () => answers(503)) });
  const options = { deadlineMs: 600_000 };
  const read = await runToEnd(client.clock, client.payments.waitFor(paymentId, isThird, options));
  expect(read).toMatchObject({ version: 3 });
});

test("readings that fail until the deadline end the wait there, and the error tells the last one", async () => {
  const client = testClient(many(answers(503)));
  const startMs = client.clock.monotonicMs();
  const call = client.payments.waitFor(paymentId, isThird, { deadlineMs: 20_000 });
  const error = await failureAs(PurseTimeoutError, runToEnd(client.clock, call));
  expect(client.clock.monotonicMs() - startMs).toBe(20_000);
  expect(error.cause).toMatchObject({ name: "PurseServerError", code: "server" });
  expect(error.message).toContain("the last read failed: getPayment: status 503");
});

test("a reading that went well is not told as failed when the deadline comes", async () => {
  const client = testClient([answers(503), answers(503), answers(503), ...many(version(1))]);
  const call = client.payments.waitFor(paymentId, isThird, { deadlineMs: 20_000 });
  const error = await failureAs(PurseTimeoutError, runToEnd(client.clock, call));
  expect(error.cause).toBeUndefined();
  expect(error.message).not.toContain("failed");
});

test("after a failed reading, Retry-After is obeyed", async () => {
  const busy = answers(503, null, { "retry-after": "31" });
  const client = testClient([busy, version(3)]);
  const call = client.payments.waitFor(paymentId, isThird, { deadlineMs: 60_000 });
  await settle();
  expect(client.clock.nextTimerInMs()).toBe(31_000);
  await client.clock.advance(31_000);
  expect(await call).toMatchObject({ version: 3 });
});

test("a Retry-After beyond the deadline ends the wait at once, and is told", async () => {
  const client = testClient([answers(429, null, { "retry-after": "60" })]);
  const call = client.payments.waitFor(paymentId, isThird, { deadlineMs: 60_000 });
  expect(await failureAs(PurseRateLimitError, call)).toMatchObject({ retryAfterMs: 60_000 });
  expect(client.clock.pendingTimers()).toBe(0);
});

test.each<[string, Step, Step]>([
  ["400", answers(400), grants("t")],
  ["401, also with a new token", answers(401), grants("t")],
  ["403", answers(403), grants("t")],
  ["a redirect", answers(302), grants("t")],
  ["an answer that is too large", answers(200, "x".repeat(maxAnswerBytes + 1)), grants("t")],
  ["the transport's refusal", fails("REFUSED_BY_TRANSPORT"), grants("t")],
  ["refused credentials", version(3), answers(401)],
  ["a refused token request", version(3), answers(403, "<html>")],
])("a reading that ends with %s ends the wait", async (_, step, token) => {
  const client = testClient([step, step], { tokenSteps: [token, token] });
  const error = await failureOf(client.payments.waitFor(paymentId, isThird));
  expect(error.code).not.toBe("timeout");
  expect(client.clock.pendingTimers()).toBe(0);
});

test("a predicate that throws ends the wait with what it throws", async () => {
  const client = testClient([version(1)]);
  const call = client.payments.waitFor(paymentId, () => {
    throw new RangeError("mine");
  });
  await failureAs(RangeError, call);
});

test.each([Number.NaN, "5", null])("a deadline of %s is refused", async (deadlineMs) => {
  const client = testClient([version(1)]);
  const call = client.payments.waitFor(paymentId, isThird, { deadlineMs: deadlineMs as number });
  await failureAs(PurseInvalidArgumentError, call);
  expect(client.sent).toHaveLength(0);
});
