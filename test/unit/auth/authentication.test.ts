import { expect, test } from "vitest";
import { PurseAbortError } from "../../../src/errors/abort-error.js";
import { PurseAuthenticationError } from "../../../src/errors/api-error.js";
import { PurseTokenError } from "../../../src/errors/token-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd, settle } from "../../support/manual-clock.js";
import { answers, fails, grants, hangs, type Step } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../support/test-client.js";

const good = answers(200, payment());
const many = (step: Step, count = 200): Step[] => Array.from({ length: count }, () => step);

test("a hundred concurrent calls ask for one token", async () => {
  const client = testClient(many(good));
  await Promise.all(Array.from({ length: 100 }, () => client.payments.retrieve(paymentId)));
  expect(client.tokenRequests).toHaveLength(1);
  expect(client.sent).toHaveLength(100);
});

test("401 leads to one new token and one replay", async () => {
  const client = testClient([answers(401), good]);
  const { attempts } = await client.payments.retrieve(paymentId).withResponse();
  expect(attempts).toBe(2);
  expect(client.sent.map(({ headers }) => headers.get("authorization"))).toEqual([
    "Bearer token-number-1",
    "Bearer token-number-2",
  ]);
});

test("a second 401 is final", async () => {
  const client = testClient(many(answers(401)));
  const error = await failureAs(PurseAuthenticationError, client.payments.retrieve(paymentId));
  expect(error.attempts).toBe(2);
  expect(client.sent).toHaveLength(2);
  expect(client.tokenRequests).toHaveLength(2);
});

test("a service that refuses every token is met with fewer and fewer token requests, and not with one a call", async () => {
  const client = testClient(many(answers(401), 10_000));
  const fail = (): Promise<unknown> =>
    failureAs(PurseAuthenticationError, client.payments.retrieve(paymentId));
  for (let call = 0; call < 50; call++) await fail();
  expect(client.tokenRequests).toHaveLength(2);
  for (const [round, delayMs] of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000].entries()) {
    await client.clock.advance(delayMs - 1);
    for (let call = 0; call < 5; call++) await fail();
    expect(client.tokenRequests).toHaveLength(2 + round);
    await client.clock.advance(1);
    for (let call = 0; call < 5; call++) await fail();
    expect(client.tokenRequests).toHaveLength(3 + round);
  }
});

test("once a token is accepted, the next one that is refused is replaced at once", async () => {
  const client = testClient([answers(401), good, answers(401), good, answers(401), good]);
  for (let call = 0; call < 3; call++) await client.payments.retrieve(paymentId);
  expect(client.sent.map(({ headers }) => headers.get("authorization"))).toEqual(
    [1, 2, 2, 3, 3, 4].map((number) => `Bearer token-number-${String(number)}`),
  );
});

test("a hundred calls whose token is refused renew it once", async () => {
  const byToken: Step = (request) =>
    (request.headers.get("authorization") === "Bearer token-number-1" ? answers(401) : good)(request);
  const client = testClient(many(byToken));
  await Promise.all(Array.from({ length: 100 }, () => client.payments.retrieve(paymentId)));
  expect(client.tokenRequests).toHaveLength(2);
});

test.each([400, 401, 403])("refused credentials (status %d) are not tried again", async (status) => {
  const client = testClient([], { tokenSteps: many(answers(status, { error: "invalid_client" })) });
  const error = await failureAs(PurseTokenError, client.payments.retrieve(paymentId));
  expect(error).toMatchObject({ reason: "credentials_refused", status, attempts: 0 });
  await failureAs(PurseTokenError, client.payments.retrieve(paymentId));
  expect(client.tokenRequests).toHaveLength(1);
  expect(client.clock.pendingTimers()).toBe(0);
});

test.each<[string, Step]>([
  ["an error of the request", answers(400, { error: "invalid_scope" })],
  ["a firewall's page", answers(403, "<html>")],
  ["404", answers(404)],
])("a token request that is refused with %s is not tried again at once", async (_, step) => {
  const client = testClient([good], { tokenSteps: many(step, 1) });
  const error = await failureAs(PurseTokenError, client.payments.retrieve(paymentId));
  expect(error).toMatchObject({ reason: "request_refused", attempts: 0 });
  await failureAs(PurseTokenError, client.payments.retrieve(paymentId));
  expect(client.tokenRequests).toHaveLength(1);
  expect(client.clock.pendingTimers()).toBe(0);
  await client.clock.advance(1000);
  await client.payments.retrieve(paymentId);
});

test("refused credentials are tried again after a while, so that a rotation heals", async () => {
  const client = testClient([good], { tokenSteps: [answers(401)] });
  await failureAs(PurseTokenError, client.payments.retrieve(paymentId));
  await client.clock.advance(1000);
  await client.payments.retrieve(paymentId);
  expect(client.tokenRequests).toHaveLength(2);
});

test.each<[string, Step]>([
  ["500", answers(500)],
  ["429", answers(429)],
  ["a lost connection", fails("ECONNRESET")],
  ["HTML", answers(200, "<html>")],
  ["no token", answers(200, {})],
  ["a redirect", answers(302, null, { location: "https://evil.example" })],
])("a token endpoint that answers with %s is tried again after the backoff", async (_, step) => {
  const client = testClient([good], { tokenSteps: [step] });
  const call = client.payments.retrieve(paymentId);
  await client.clock.advance(999);
  expect(client.tokenRequests).toHaveLength(1);
  await client.clock.advance(1);
  await call;
  expect(client.tokenRequests).toHaveLength(2);
});

test.each(["7", "Thu, 01 Jan 2026 00:00:07 GMT"])(
  "a token endpoint's Retry-After (%s) is obeyed and told",
  async (retryAfter) => {
    const client = testClient([good], { tokenSteps: [answers(429, null, { "retry-after": retryAfter })] });
    const told = await failureAs(PurseTokenError, client.accessTokens.retrieve());
    expect(told).toMatchObject({ reason: "unavailable", status: 429, retryAfterMs: 7000 });
    const call = client.payments.retrieve(paymentId);
    await client.clock.advance(6999);
    expect(client.tokenRequests).toHaveLength(1);
    await client.clock.advance(1);
    await call;
    expect(client.tokenRequests).toHaveLength(2);
  },
);

test("a Retry-After that is shorter than the wait after a failure does not shorten it", async () => {
  const client = testClient([good], { tokenSteps: [answers(503, null, { "retry-after": "0" })] });
  const call = client.payments.retrieve(paymentId);
  await client.clock.advance(999);
  expect(client.tokenRequests).toHaveLength(1);
  await client.clock.advance(1);
  await call;
});

test("a call tells how much of the token endpoint's Retry-After is left", async () => {
  const client = testClient([], { tokenSteps: [answers(429, null, { "retry-after": "20" })] });
  await failureAs(PurseTokenError, client.accessTokens.retrieve());
  await client.clock.advance(12_000);
  const call = client.payments.capture(paymentId, { amount: 1 }, { maxRetries: 0 });
  expect(await failureAs(PurseTokenError, call)).toMatchObject({ status: 429, retryAfterMs: 8000 });
  expect(client.tokenRequests).toHaveLength(1);
});

test("a Retry-After of an hour fails the call at once, and the token endpoint is asked again after half a minute", async () => {
  const client = testClient([good], { tokenSteps: [answers(503, null, { "retry-after": "3600" })] });
  for (let call = 0; call < 3; call++) {
    const error = await failureAs(PurseTokenError, client.payments.capture(paymentId, { amount: 1 }));
    expect(error).toMatchObject({ reason: "unavailable", retryAfterMs: 3_600_000, attempts: 0 });
  }
  await client.clock.advance(29_999);
  await failureAs(PurseTokenError, client.accessTokens.retrieve());
  expect(client.tokenRequests).toHaveLength(1);
  await client.clock.advance(1);
  await client.payments.retrieve(paymentId);
  expect(client.tokenRequests).toHaveLength(2);
});

test("a token endpoint that stays down fails the call as not sent", async () => {
  const client = testClient([], { tokenSteps: many(answers(500)) });
  const call = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 1 }));
  const error = await failureAs(PurseTokenError, call);
  expect(error).toMatchObject({ reason: "unavailable", status: 500, attempts: 0 });
  expect(client.tokenRequests).toHaveLength(3);
  expect(client.sent).toHaveLength(0);
});

test("a token request has a time of its own", async () => {
  const client = testClient([good], { tokenSteps: [hangs()], options: { timeoutMs: 1000 } });
  const call = client.payments.retrieve(paymentId);
  await client.clock.advance(1000);
  expect(client.tokenRequests[0]?.signal?.aborted).toBe(true);
  await runToEnd(client.clock, call);
});

test("one caller's abort does not affect the other callers", async () => {
  const slow: Step = (request) => settle().then(() => grants("shared")(request));
  const client = testClient(many(good), { tokenSteps: [slow] });
  const controller = new AbortController();
  const impatient = failureAs(
    PurseAbortError,
    client.payments.retrieve(paymentId, { signal: controller.signal }),
  );
  const patient = Array.from({ length: 10 }, () => client.payments.retrieve(paymentId));
  controller.abort();
  await impatient;
  await Promise.all(patient);
  expect(client.tokenRequests).toHaveLength(1);
  expect(client.tokenRequests[0]?.signal?.aborted).toBe(false);
  expect(client.sent).toHaveLength(10);
});

test("one caller's short deadline does not affect the other callers", async () => {
  let release: (() => void) | undefined;
  const held: Step = (request) =>
    new Promise<void>((resolve) => (release = resolve)).then(() => grants("shared")(request));
  const client = testClient(many(good), { tokenSteps: [held] });
  const hurried = failureAs(Error, client.payments.retrieve(paymentId, { deadlineMs: 10 }));
  const patient = client.payments.retrieve(paymentId);
  await client.clock.advance(10);
  expect(await hurried).toMatchObject({ code: "timeout" });
  release?.();
  await patient;
  expect(client.tokenRequests).toHaveLength(1);
});

test("a secret function is asked before each token request, and a rotated secret goes out", async () => {
  let version = 0;
  const clientSecret = (): Promise<string> => Promise.resolve(`secret-${String((version += 1))}`);
  const client = testClient([answers(401), good, good], {
    options: { clientSecret, clientAuthentication: "body" },
  });
  await client.payments.retrieve(paymentId);
  await client.payments.retrieve(paymentId);
  const secrets = client.tokenRequests.map(({ body }) => new URLSearchParams(body).get("client_secret"));
  expect(secrets).toEqual(["secret-1", "secret-2"]);
});

test.each<[string, () => string | Promise<string>]>([
  ["rejects", () => Promise.reject(new Error("vault"))],
  [
    "throws",
    () => {
      throw new Error("vault");
    },
  ],
  ["gives nothing", () => ""],
  ["gives undefined", () => undefined as unknown as string],
  ["gives an object", () => ({}) as unknown as string],
  ["gives a symbol", () => Symbol("s") as unknown as string],
  ["never answers", () => new Promise<string>(() => undefined)],
])("a secret function that %s fails the call as not sent", async (_, clientSecret) => {
  const client = testClient([], { options: { clientSecret, maxRetries: 0 } });
  const call = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 1 }));
  expect(await failureAs(PurseTokenError, call)).toMatchObject({ reason: "unavailable", attempts: 0 });
  expect(client.tokenRequests).toHaveLength(0);
});

test("a secret function that recovers heals the client", async () => {
  let isUp = false;
  const clientSecret = (): string => (isUp ? "secret" : "");
  const client = testClient([good], { options: { clientSecret } });
  const call = client.payments.retrieve(paymentId);
  await settle();
  isUp = true;
  await client.clock.advance(1000);
  await call;
});

test("accessTokens.retrieve() gives the client's own token and what is left of it", async () => {
  const client = testClient([good], { tokenSteps: [grants("shared", { expires_in: 100 })] });
  await client.payments.retrieve(paymentId);
  await client.clock.advance(40_500);
  expect(await client.accessTokens.retrieve()).toEqual({
    access_token: "shared",
    token_type: "Bearer",
    expires_in: 59,
  });
  expect(client.tokenRequests).toHaveLength(1);
});

test.each([
  ["\ufeffsecret-of-the-vault", "has a byte order mark at its start"],
  ["secret-of-the-vault\u00a0", "has a no-break space at its end"],
  [" secret-of-the-vault", "has a blank at its start"],
  ['"secret-of-the-vault"', "has quotes around it"],
])("a secret from a function is not sent with something around it (case %#)", async (secret, fault) => {
  const client = testClient([good], { options: { clientSecret: () => Promise.resolve(secret) } });
  const error = await failureAs(PurseTokenError, runToEnd(client.clock, client.payments.retrieve(paymentId)));
  expect(error.message).toBe(`What the clientSecret function returned ${fault}.`);
  expect(client.tokenRequests).toEqual([]);
});
