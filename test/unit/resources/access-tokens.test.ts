import { expect, test } from "vitest";
import { PurseAbortError } from "../../../src/errors/abort-error.js";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { PurseTimeoutError } from "../../../src/errors/timeout-error.js";
import type { RequestOptions } from "../../../src/options.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd, settle } from "../../support/manual-clock.js";
import { answers, grants, hangs } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../support/test-client.js";
import { watchedSignal } from "../../support/watched-signal.js";

test("gives the token the client uses, and how long it is good", async () => {
  const client = testClient([], { tokenSteps: [grants("token", { expires_in: 120 })] });
  await client.accessTokens.retrieve();
  await client.clock.advance(20_500);
  expect(await client.accessTokens.retrieve({ deadlineMs: 1 })).toEqual({
    access_token: "token",
    token_type: "Bearer",
    expires_in: 99,
  });
  expect(client.tokenRequests).toHaveLength(1);
});

test("a signal ends its own wait at once, and no other", async () => {
  const client = testClient([answers(200, payment())], {
    tokenSteps: [async (request) => (await settle(), grants("token")(request))],
  });
  const { signal, abort, listeners } = watchedSignal();
  const aborted = failureAs(PurseAbortError, client.accessTokens.retrieve({ signal }));
  const other = client.payments.retrieve(paymentId);
  abort();
  expect((await aborted).code).toBe("aborted");
  await other;
  expect(client.tokenRequests).toHaveLength(1);
  expect(listeners()).toBe(0);
  expect(client.clock.pendingTimers()).toBe(0);
});

test("an aborted signal asks for nothing", async () => {
  const client = testClient([]);
  await failureAs(PurseAbortError, client.accessTokens.retrieve({ signal: AbortSignal.abort() }));
  expect(client.tokenRequests).toHaveLength(0);
});

test.each([
  ["its own deadline", { deadlineMs: 2000 }, {}, 2000],
  ["the client's", undefined, { deadlineMs: 3000 }, 3000],
])("%s bounds the wait", async (_, given, options, wantedMs) => {
  const client = testClient([], { options: { ...options, timeoutMs: 60_000 }, tokenSteps: [hangs()] });
  const startMs = client.clock.monotonicMs();
  const call = failureAs(PurseTimeoutError, client.accessTokens.retrieve(given));
  await settle();
  await client.clock.advance(wantedMs);
  expect((await call).message).toContain("createAccessToken");
  expect(client.clock.monotonicMs() - startMs).toBe(wantedMs);
  await client.clock.advance(60_000);
  expect(client.clock.pendingTimers()).toBe(0);
});

test.each([
  [{ deadlineMs: 0 }, "options.deadlineMs"],
  [{ signal: {} }, "options.signal"],
  [null, "options"],
])("the options %j are refused", async (options, argument) => {
  const client = testClient([]);
  const call = runToEnd(client.clock, client.accessTokens.retrieve(options as RequestOptions));
  expect((await failureAs(PurseInvalidArgumentError, call)).argument).toBe(argument);
  expect(client.tokenRequests).toHaveLength(0);
});
