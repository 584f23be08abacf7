import { afterEach, expect, test } from "vitest";
import { PurseAbortError } from "../../../src/errors/abort-error.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { PurseTimeoutError } from "../../../src/errors/timeout-error.js";
import { interruptible, type Deadline } from "../../../src/http/interruption.js";
import type { RequestOptions } from "../../../src/options.js";
import { failureAs, failureOf, renderingsOf } from "../../support/failures.js";
import { manualClock, runToEnd, settle } from "../../support/manual-clock.js";
import { answers, fails, hangs, hangsForGood, type Step } from "../../support/stub-fetch.js";
import { keyUsed, payment, paymentId, testClient, type TestClient } from "../../support/test-client.js";
import { watchedSignal, type WatchedSignal } from "../../support/watched-signal.js";

const cleanups: { client: TestClient; watched: WatchedSignal }[] = [];

/** A client and a signal that must be left without timers and listeners. */
function watched(
  steps: readonly Step[],
  tokenSteps: readonly Step[] = [],
): { client: TestClient; watched: WatchedSignal; options: RequestOptions } {
  const cleanup = { client: testClient(steps, { tokenSteps }), watched: watchedSignal() };
  cleanups.push(cleanup);
  return { ...cleanup, options: { signal: cleanup.watched.signal } };
}

afterEach(() => {
  for (const { client, watched } of cleanups.splice(0)) {
    expect(watched.listeners()).toBe(0);
    expect(client.clock.pendingTimers()).toBe(0);
  }
});

const slowBody: Step = () => Promise.resolve(new Response(new ReadableStream({ pull: () => undefined })));

test("a signal aborted before the call keeps everything from being sent", async () => {
  const { client, watched: signal, options } = watched([answers(200, payment())]);
  signal.abort();
  await failureAs(PurseAbortError, client.payments.capture(paymentId, { amount: 1 }, options));
  await failureAs(PurseAbortError, client.payments.retrieve(paymentId, options));
  await failureAs(PurseAbortError, client.signingKeys.list(options));
  expect(client.sent).toHaveLength(0);
  expect(client.tokenRequests).toHaveLength(0);
});

test("a signal aborted before the call keeps a POST from being sent also where the token is at hand", async () => {
  const { client, watched: signal, options } = watched([answers(200, payment())]);
  await client.payments.retrieve(paymentId);
  signal.abort();
  const error = await failureAs(PurseAbortError, client.payments.capture(paymentId, { amount: 1 }, options));
  expect(error.attempts).toBe(0);
  expect(client.sent).toHaveLength(1);
});

test("an abort while the token is awaited ends a POST as not sent", async () => {
  const { client, watched: signal, options } = watched([answers(200, payment())], [hangs()]);
  const call = client.payments.capture(paymentId, { amount: 1 }, options);
  await settle();
  expect(client.tokenRequests).toHaveLength(1);
  signal.abort();
  const error = await failureAs(PurseAbortError, call);
  expect(error.attempts).toBe(0);
  expect(client.sent).toHaveLength(0);
  await client.clock.advance(30_000); // The token request belongs to no call, and ends at its own timeout.
});

test.each<[string, Step]>([
  ["a request that hangs", hangs()],
  ["a fetch that does not look at its signal", hangsForGood()],
  ["a body that does not come", slowBody],
])("an abort during %s ends a read as aborted, at once", async (_, step) => {
  const { client, watched: signal, options } = watched([step]);
  const call = client.payments.retrieve(paymentId, options);
  await settle();
  expect(client.sent).toHaveLength(1);
  signal.abort();
  await failureAs(PurseAbortError, call);
  expect(client.sent[0]?.signal?.aborted).toBe(true);
});

test.each<[string, Step]>([
  ["a request that hangs", hangs()],
  ["a fetch that does not look at its signal", hangsForGood()],
  ["a body that does not come", slowBody],
])("an abort during %s ends a POST as unknown", async (_, step) => {
  const { client, watched: signal, options } = watched([step]);
  const call = client.payments.capture(paymentId, { amount: 1 }, options);
  await settle();
  signal.abort();
  const error = await failureAs(PurseOutcomeUnknownError, call);
  expect(error).toMatchObject({ reason: "aborted", attempts: 1 });
  expect(error.idempotencyKey).toBe(client.sent[0]?.headers.get("x-idempotency-key"));
});

test("an abort during the pause after a lost POST ends as unknown", async () => {
  const { client, watched: signal, options } = watched([fails("ECONNRESET")]);
  const call = client.payments.capture(paymentId, { amount: 1 }, options);
  await settle();
  expect(client.clock.pendingTimers()).toBeGreaterThan(0);
  signal.abort();
  expect(await failureAs(PurseOutcomeUnknownError, call)).toMatchObject({ reason: "aborted", attempts: 1 });
  expect(client.sent).toHaveLength(1);
});

test.each<[string, Step]>([
  ["429", answers(429)],
  ["a refused connection", fails("ECONNREFUSED")],
])("an abort during the pause after %s ends a POST as aborted: nothing was processed", async (_, step) => {
  const { client, watched: signal, options } = watched([step]);
  const call = client.payments.create(
    { amount: 1, currency: "EUR", order: { reference: "1", net_amount: 1 }, split: [] },
    options,
  );
  await settle();
  signal.abort();
  await failureAs(PurseAbortError, call);
});

test("an abort during the pause of a read ends as aborted", async () => {
  const { client, watched: signal, options } = watched([answers(503)]);
  const call = client.payments.retrieve(paymentId, options);
  await settle();
  signal.abort();
  await failureAs(PurseAbortError, call);
});

test("an abort while the payment is read back ends as unknown, with the operation's id", async () => {
  const { client, watched: signal, options } = watched([answers(409, keyUsed()), hangs()]);
  const call = client.payments.capture(paymentId, { amount: 1 }, options);
  await settle();
  expect(client.sent).toHaveLength(2);
  signal.abort();
  expect(await failureAs(PurseOutcomeUnknownError, call)).toMatchObject({
    reason: "aborted",
    resourceId: "operation-1",
  });
});

test("an abort is told as one where nothing would be tried again, too", async () => {
  const { client, watched: signal, options } = watched([hangs(), hangs()]);
  const read = client.payments.retrieve(paymentId, { ...options, maxRetries: 0 });
  const capture = client.payments.capture(paymentId, { amount: 1 }, { ...options, maxRetries: 0 });
  const ends = [failureAs(PurseAbortError, read), failureAs(PurseOutcomeUnknownError, capture)] as const;
  await settle();
  signal.abort();
  await ends[0];
  expect(await ends[1]).toMatchObject({ reason: "aborted", attempts: 1 });
});

test("work is not begun once the call's time is over", async () => {
  const clock = manualClock();
  let begun = 0;
  const work = (): Promise<void> => {
    begun += 1;
    return Promise.resolve();
  };
  const limits = (leftMs: number): Deadline => ({
    clock,
    endsAtMs: clock.monotonicMs() + leftMs,
    signal: undefined,
  });
  for (const leftMs of [0, -1]) {
    await expect(interruptible(limits(leftMs), undefined, work)).rejects.toMatchObject({
      reason: "deadline",
    });
  }
  expect(begun).toBe(0);
  await interruptible(limits(1), undefined, work);
  expect(begun).toBe(1);
  expect(clock.pendingTimers()).toBe(0);
});

test("the reason a caller aborts with is foreign, and does not show in the error", async () => {
  const { client, watched: signal, options } = watched([hangs()]);
  const call = client.payments.retrieve(paymentId, options);
  await settle();
  signal.abort(new Error("Bearer planted-secret"));
  const error = await failureOf(call);
  expect(renderingsOf(error)).not.toContain("planted-secret");
});

test("success, failure and refusal leave neither listener nor timer", async () => {
  const { client, options } = watched([
    answers(200, payment()),
    answers(404),
    answers(503),
    answers(200, {}),
  ]);
  await client.payments.retrieve(paymentId, options);
  await failureOf(client.payments.retrieve(paymentId, options));
  await failureOf(client.payments.retrieve("", options));
  await runToEnd(client.clock, client.payments.retrieve(paymentId, options));
});

test("a signal serves a thousand calls without gathering listeners", async () => {
  const {
    client,
    watched: signal,
    options,
  } = watched(Array.from({ length: 1000 }, () => answers(200, payment())));
  for (let call = 0; call < 1000; call++) await client.payments.retrieve(paymentId, options);
  expect(signal.listeners()).toBe(0);
});

test("timeoutMs covers an attempt's body too, and the next attempt has its own", async () => {
  const { client } = watched([slowBody, answers(200, payment())]);
  const call = client.payments.retrieve(paymentId, { timeoutMs: 1000 });
  await client.clock.advance(1000);
  expect(client.sent[0]?.signal?.aborted).toBe(true);
  await client.clock.advance(250);
  await call;
  expect(client.sent).toHaveLength(2);
});

test("a read that times out on every attempt ends as a time-out", async () => {
  const { client } = watched([hangs(), hangs(), hangs()]);
  const call = runToEnd(client.clock, client.payments.retrieve(paymentId, { timeoutMs: 1000 }));
  expect((await failureAs(PurseTimeoutError, call)).attempts).toBe(3);
});

test("a POST that times out ends as unknown", async () => {
  const { client } = watched([hangs(), hangs(), hangs()]);
  const call = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 1 }));
  expect(await failureAs(PurseOutcomeUnknownError, call)).toMatchObject({ reason: "timeout", attempts: 3 });
});

test("deadlineMs ends a call in the middle of an attempt", async () => {
  const { client } = watched([hangs(), hangs()]);
  const read = client.payments.retrieve(paymentId, { deadlineMs: 500 });
  const capture = client.payments.capture(paymentId, { amount: 1 }, { deadlineMs: 500 });
  const ends = [failureAs(PurseTimeoutError, read), failureAs(PurseOutcomeUnknownError, capture)];
  await client.clock.advance(500);
  const [, unknown] = await Promise.all(ends);
  expect(unknown).toMatchObject({ reason: "timeout" });
});

test("deadlineMs covers the wait for a token, after which nothing is sent", async () => {
  const { client } = watched([answers(200, payment())], [hangs()]);
  const call = client.payments.capture(paymentId, { amount: 1 }, { deadlineMs: 500 });
  const end = failureAs(PurseTimeoutError, call);
  await client.clock.advance(500);
  expect((await end).attempts).toBe(0);
  await client.clock.advance(30_000);
  expect(client.sent).toHaveLength(0);
});

test("deadlineMs covers all attempts and pauses together", async () => {
  const { client } = watched([hangs(), hangs(), hangs()]);
  const startMs = client.clock.monotonicMs();
  const call = client.payments.retrieve(paymentId, { timeoutMs: 400, deadlineMs: 1000, maxRetries: 10 });
  await failureAs(PurseTimeoutError, runToEnd(client.clock, call));
  expect(client.clock.monotonicMs() - startMs).toBe(1000);
});

test("a deadline beyond what timers can hold is no deadline at all, instead of one that is over", async () => {
  const { client } = watched([answers(200, payment())]);
  await client.payments.retrieve(paymentId, { deadlineMs: 2 ** 40, timeoutMs: 2 ** 40 });
});
