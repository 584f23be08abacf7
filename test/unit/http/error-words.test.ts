import { describe, expect, test } from "vitest";
import type { RequestOptions } from "../../../src/options.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { PurseTokenError } from "../../../src/errors/token-error.js";
import { failureAs, failureOf } from "../../support/failures.js";
import { runToEnd, settle } from "../../support/manual-clock.js";
import { answers, fails, hangs, throws, type Step } from "../../support/stub-fetch.js";
import {
  keyUsed,
  operation,
  payment,
  paymentId,
  paymentParams,
  testClient,
} from "../../support/test-client.js";

const lost = fails("ECONNRESET");
const hiddenRedirect: Step = () => Promise.resolve(Response.error());
const single = { options: { maxRetries: 0 } };

describe("the words of an error say what was called, what came of it and what to do", () => {
  test.each<[string, Step, RequestOptions, readonly string[]]>([
    ["no service", fails("ECONNREFUSED"), {}, ["ECONNREFUSED", "nothing was changed", "base URL"]],
    ["no service, by name", fails("lower-case"), {}, ["connection was lost", "(Error)"]],
    ["a lost connection", lost, {}, ["connection was lost", "ECONNRESET"]],
    [
      "a transport's refusal",
      fails("REFUSED_BY_TRANSPORT"),
      {},
      ["transport itself", "nothing was sent", "dispatcher"],
    ],
    ["a slow attempt", hangs(), { timeoutMs: 10 }, ["timeoutMs"]],
    ["a deadline", hangs(), { deadlineMs: 10 }, ["deadlineMs"]],
    ["HTML", answers(200, "<html>"), {}, ["status 200", "not a JSON object", "not_json"]],
    ["nothing", answers(204), {}, ["status 204", "empty"]],
    ["400", answers(400), {}, ["status 400", "`detail` and `problems`"]],
    ["422", answers(422), {}, ["status 422", "`detail` and `problems`"]],
    ["401", answers(401), {}, ["status 401", "access token"]],
    ["403", answers(403), {}, ["status 403", "entity id"]],
    ["404", answers(404), {}, ["status 404", "environment"]],
    ["409", answers(409), {}, ["status 409", "current state"]],
    ["a used key", answers(409, keyUsed()), {}, ["status 409", "Use one key per operation"]],
    ["429", answers(429), {}, ["status 429", "retryAfterMs"]],
    ["503", answers(503), {}, ["status 503", "The service failed"]],
    ["418", answers(418), {}, ["status 418", "The API does not document this answer"]],
    ["a title", answers(404, { title: "Unknown payment" }), {}, ["status 404 (Unknown payment)."]],
    ["no title", answers(404, {}), {}, ["status 404."]],
  ])("after %s", async (_, step, options, words) => {
    const client = testClient([step], single);
    const error = await failureOf(runToEnd(client.clock, client.payments.retrieve(paymentId, options)));
    expect(error.message).toMatch(/^getPayment: /);
    for (const word of words) expect(error.message).toContain(word);
  });

  test("after an abort", async () => {
    const client = testClient([hangs()]);
    const controller = new AbortController();
    const call = failureOf(client.payments.retrieve(paymentId, { signal: controller.signal }));
    await settle();
    controller.abort();
    expect((await call).message).toBe("getPayment: the caller's signal ended the call.");
  });
});

describe("the words of an unknown outcome name the reason and the way on", () => {
  test.each<[string, Step, string]>([
    ["a lost connection", lost, "the connection was lost before an answer came"],
    ["a hanging service", hangs(), "no answer came in time"],
    ["500", answers(500), "the service failed while it had the request"],
    ["HTML", answers(200, "<html>"), "the answer could not be read"],
    ["a redirect", answers(302), "redirect, which is not followed"],
    ["a used key that cannot be cleared up", answers(409, keyUsed()), "the key was used"],
  ])("after %s", async (_, step, reason) => {
    const client = testClient([step], single);
    const call = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 1 }));
    const { message } = await failureAs(PurseOutcomeUnknownError, call);
    expect(message).toMatch(/^capturePayment: .*; it may have taken effect\. /);
    expect(message).toContain(reason);
    expect(message).toContain("Call resolve() to repeat it under the same key, or inspect() to look.");
    expect(message).not.toContain("later attempt");
  });

  test("after an abort", async () => {
    const client = testClient([hangs()]);
    const controller = new AbortController();
    const call = client.payments.capture(paymentId, { amount: 1 }, { signal: controller.signal });
    const end = failureAs(PurseOutcomeUnknownError, call);
    await settle();
    controller.abort();
    expect((await end).message).toContain("the caller ended the call after the request may have left");
  });

  test("after a key that stays in use", async () => {
    const client = testClient([lost, ...Array.from({ length: 20 }, () => answers(409, keyUsed("")))]);
    const call = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 1 }));
    const { message } = await failureAs(PurseOutcomeUnknownError, call);
    expect(message).toContain("still working on the first request");
  });

  test.each([400, 404, 422])("and a refusal of a later attempt (%d) is told beside it", async (status) => {
    const client = testClient([lost, answers(status, { detail: "amount too high" })]);
    const call = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 1 }));
    const error = await failureAs(PurseOutcomeUnknownError, call);
    expect(error.message).toContain(`A later attempt was refused with status ${String(status)}.`);
    expect(error).toMatchObject({ reason: "connection_lost", status, detail: "amount too high" });
  });

  test("a failure of a later attempt is no refusal", async () => {
    const client = testClient([lost, answers(500), answers(503)]);
    const call = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 1 }));
    expect((await failureAs(PurseOutcomeUnknownError, call)).message).not.toContain("refused");
  });

  test("where neither remedy helps, both say so, and what does", async () => {
    const client = testClient([lost]);
    const error = await failureAs(PurseOutcomeUnknownError, client.payments.create(paymentParams));
    expect(error.message).not.toContain("resolve()");
    for (const remedy of [() => error.resolve(), () => error.inspect()]) {
      const refusal = await failureOf(remedy());
      expect(refusal.message).toContain("cannot help with createPayment.");
      expect(refusal.message).toContain("wait for the webhook");
    }
    await expect(error.resolve()).rejects.toMatchObject({ argument: "resolve()" });
    await expect(error.inspect()).rejects.toMatchObject({ argument: "inspect()" });
  });
});

describe("the words of a key that was used for something else", () => {
  test("say that nothing was moved when that is certain, and no more when it is not", async () => {
    const steps = (held: Record<string, unknown>): Step[] => [
      answers(409, keyUsed()),
      ...Array.from({ length: 3 }, () => answers(200, payment(held))),
    ];
    const messageOf = async (held: Record<string, unknown>): Promise<string> => {
      const client = testClient(steps(held));
      const call = client.payments.capture(paymentId, { amount: 1 }, { idempotencyKey: "key-1" });
      return (await failureOf(runToEnd(client.clock, call))).message;
    };
    const proven = await messageOf({ captures: [operation({ amount: 2 })] });
    expect(proven).toMatch(/^capturePayment: the idempotency key belongs to another operation/);
    expect(proven).toContain("This request changed nothing.");
    const unproven = await messageOf({});
    expect(unproven).toMatch(/^capturePayment: the service says that the key was used before/);
    expect(unproven).toContain("it may have taken effect");
    expect(unproven).not.toContain("changed nothing");
  });
});

describe("the words of a missing token name the address and the cause", () => {
  const tokenUrl = "https://id.test/oauth/token?tenant=planted-tenant";
  const place = "https://id.test/oauth/token";
  const html = "<html>planted-page</html>";

  test.each<[string, Step, string, readonly string[]]>([
    ["401", answers(401), "credentials_refused", ["(status 401)", "Check client id and secret"]],
    [
      "401 with a problem",
      answers(401, { title: "x" }),
      "credentials_refused",
      ["Check client id and secret"],
    ],
    ["400", answers(400), "request_refused", ["(status 400)", "Check tokenUrl"]],
    ["400 with a problem", answers(400, { error: "planted-error" }), "request_refused", ["(status 400)"]],
    ["403", answers(403), "request_refused", ["(status 403)", "Check tokenUrl"]],
    ["405", answers(405, {}), "request_refused", ["(status 405)", "Check tokenUrl"]],
    ["a firewall's 403", answers(403, html), "request_refused", ["status 403 and no JSON", "firewall"]],
    ["a proxy's 401", answers(401, html), "request_refused", ["status 401 and no JSON", "proxy"]],
    ["a 401 in words", answers(401, "denied"), "request_refused", ["status 401 and no JSON"]],
    ["a 401 with a list", answers(401, "[]"), "request_refused", ["status 401 and no JSON"]],
    [
      "a missing client certificate",
      answers(400, "<center>No required SSL certificate was sent</center>"),
      "request_refused",
      ["status 400 and no JSON", "certificate"],
    ],
    ["a redirect", answers(302), "unavailable", ["answered with status 302"]],
    ["a redirect that the runtime hides", hiddenRedirect, "unavailable", ["answered with status 0"]],
    ["404", answers(404), "request_refused", ["(status 404)", "Check tokenUrl"]],
    ["408", answers(408), "unavailable", ["answered with status 408"]],
    ["425", answers(425), "unavailable", ["answered with status 425"]],
    ["429", answers(429, { error: "invalid_client" }), "unavailable", ["answered with status 429"]],
    ["503", answers(503), "unavailable", ["answered with status 503"]],
    ["a refused connection", fails("ECONNREFUSED"), "unavailable", ["cannot be reached (ECONNREFUSED)"]],
    ["a transport's refusal", fails("REFUSED_BY_TRANSPORT"), "unavailable", ["transport itself", "closed"]],
    ["an error without a code", throws(new TypeError("x")), "unavailable", ["cannot be reached (TypeError)"]],
    ["no answer", hangs(), "unavailable", ["no answer in time"]],
    ["HTML", answers(200, "<html>"), "unusable_answer", ["body is not a JSON object (not_json)"]],
    ["no token", answers(200, {}), "unusable_answer", ["access_token missing or unusable"]],
    [
      "another kind of token",
      answers(200, { access_token: "t", token_type: "mac" }),
      "unusable_answer",
      ["token_type is not Bearer"],
    ],
  ])("after %s", async (_, step, reason, words) => {
    const client = testClient([], { options: { maxRetries: 0, tokenUrl }, tokenSteps: [step] });
    const call = runToEnd(client.clock, client.payments.retrieve(paymentId));
    const error = await failureAs(PurseTokenError, call);
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(/^No access token: /);
    expect(error.message).toContain(place);
    expect(error.message).not.toContain("planted-tenant");
    for (const word of words) expect(error.message).toContain(word);
    if (reason === "request_refused") expect(error.message).not.toContain("Check client id");
    expect(error.message).not.toContain("planted");
    expect(client.tokenRequests).toHaveLength(1);
  });

  test.each([
    ["invalid_client", "credentials_refused", "Check client id and secret"],
    ["unauthorized_client", "credentials_refused", "client_credentials"],
    ["invalid_request", "request_refused", "clientAuthentication"],
    ["invalid_grant", "request_refused", "tokenUrl"],
    ["unsupported_grant_type", "request_refused", "tokenUrl"],
    ["invalid_scope", "request_refused", "tokenUrl"],
  ] as const)("the error %s is named, with each status", async (error, reason, words) => {
    for (const status of [400, 401, 403]) {
      const refusal = answers(status, {
        error,
        error_description: "planted-words",
        error_uri: "planted-uri",
      });
      const client = testClient([], { tokenSteps: [refusal] });
      const refused = await failureAs(PurseTokenError, client.payments.retrieve(paymentId));
      expect(refused).toMatchObject({ reason, status });
      expect(refused.message).toContain(`(status ${String(status)}, ${error})`);
      expect(refused.message).toContain(words);
      expect(refused.message).not.toContain("planted");
      expect(client.tokenRequests).toHaveLength(1);
    }
  });

  test.each<[string, () => string | Promise<string>, string]>([
    ["fails", () => Promise.reject(new Error("vault")), "failed or took too long"],
    ["never answers", () => new Promise<string>(() => undefined), "failed or took too long"],
    ["gives nothing", () => "", "non-empty string without control characters"],
    ["gives a line break too many", () => "secret\n", "non-empty string without control characters"],
  ])("a clientSecret function that %s is named", async (_, clientSecret, words) => {
    const client = testClient([], { options: { clientSecret, maxRetries: 0 } });
    const call = runToEnd(client.clock, client.payments.retrieve(paymentId));
    const error = await failureAs(PurseTokenError, call);
    expect(error.message).toContain("clientSecret function");
    expect(error.message).toContain(words);
    expect(client.tokenRequests).toHaveLength(0);
  });
});

describe("the words of a wait that ends without what was waited for", () => {
  const never = (): boolean => false;
  const steps = Array.from({ length: 20 }, () => answers(200, payment()));

  test("name its deadline", async () => {
    const client = testClient(steps);
    const call = client.payments.waitFor(paymentId, never, { deadlineMs: 2000 });
    const error = await failureOf(runToEnd(client.clock, call));
    expect(error.message).toBe("waitFor: the predicate did not return true within deadlineMs.");
  });

  test("name its signal", async () => {
    const client = testClient(steps);
    const controller = new AbortController();
    const call = failureOf(client.payments.waitFor(paymentId, never, { signal: controller.signal }));
    await settle();
    controller.abort();
    expect((await call).message).toBe("waitFor: the caller's signal ended the wait.");
  });

  test("name a deadline that is none", async () => {
    const client = testClient(steps);
    const error = await failureOf(client.payments.waitFor(paymentId, never, { deadlineMs: 0 }));
    expect(error.message).toMatch(/^options\.deadlineMs must be a positive/);
  });
});
