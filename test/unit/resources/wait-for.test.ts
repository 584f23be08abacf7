import { expect, test } from "vitest";
import { PurseAbortError } from "../../../src/errors/abort-error.js";
import { PurseNotFoundError } from "../../../src/errors/api-error.js";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { PurseTimeoutError } from "../../../src/errors/timeout-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd, settle } from "../../support/manual-clock.js";
import { answers, hangs, type Step } from "../../support/stub-fetch.js";
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
