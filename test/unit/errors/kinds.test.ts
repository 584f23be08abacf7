import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import * as purse from "../../../src/index.js";
import { failureOf, rejectionOf, thrownBy } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { answers, fails, hangs, type Step } from "../../support/stub-fetch.js";
import { keyUsed, paymentId, testClient } from "../../support/test-client.js";

const kinds: readonly [string, string, Step][] = [
  ["PurseBadRequestError", "bad_request", answers(400)],
  ["PurseBadRequestError", "bad_request", answers(422)],
  ["PurseAuthenticationError", "authentication", answers(401)],
  ["PursePermissionError", "permission", answers(403)],
  ["PurseNotFoundError", "not_found", answers(404)],
  ["PurseConflictError", "conflict", answers(409)],
  ["PurseIdempotencyConflictError", "idempotency_conflict", answers(409, keyUsed())],
  ["PurseRateLimitError", "rate_limit", answers(429)],
  ["PurseServerError", "server", answers(500)],
  ["PurseApiError", "api", answers(418)],
  ["PurseConnectionError", "connection", fails("ECONNRESET")],
  ["PurseTimeoutError", "timeout", hangs()],
  ["PurseUnreadableResponseError", "unreadable_response", answers(200, "x")],
];

test.each(kinds)("a read can end in %s with the code %s", async (name, code, step) => {
  const client = testClient([step, step, step]);
  const error = await failureOf(runToEnd(client.clock, client.payments.retrieve(paymentId)));
  expect(error).toBeInstanceOf(purse.PurseError);
  expect(error).toBeInstanceOf(Error);
  expect(error).toBeInstanceOf(Reflect.get(purse, name));
  expect({ name: error.name, code: error.code, isOurs: purse.isPurseError(error) }).toEqual({
    name,
    code,
    isOurs: true,
  });
  expect(String(error)).toBe(`${name}: ${error.message}`);
  expect(error.stack).toContain(name);
});

test("all errors of an answer are PurseApiErrors, and others are not", async () => {
  for (const [name, , step] of kinds) {
    const client = testClient([step, step, step]);
    const error = await failureOf(runToEnd(client.clock, client.payments.retrieve(paymentId)));
    const isAnswer = !/Connection|Timeout|Unreadable/.test(name);
    expect(error instanceof purse.PurseApiError, name).toBe(isAnswer);
  }
});

test("JSON.stringify gives the facts of an error and its words, once", async () => {
  const client = testClient([answers(404, { type: "urn:x", title: "No" }, { "x-request-id": "req-1" })]);
  const error = await failureOf(client.payments.retrieve(paymentId));
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: "PurseNotFoundError",
    code: "not_found",
    message: error.message,
    status: 404,
    requestId: "req-1",
    attempts: 1,
    problem: { type: "urn:x", title: "No" },
  });
});

test("util.inspect shows kind, words, stack and facts", async () => {
  const client = testClient([answers(404, { title: "No" })]);
  const error = await failureOf(client.payments.retrieve(paymentId));
  const text = inspect(error);
  expect(text).toContain(`PurseNotFoundError: ${error.message}\n    at `);
  expect(text).toContain("status: 404");
  expect(text).toContain("code: 'not_found'");
});

test("util.inspect shows the code of the failure underneath", async () => {
  const client = testClient([fails("ECONNRESET")], { options: { maxRetries: 0 } });
  expect(inspect(await failureOf(client.payments.retrieve(paymentId)))).toContain("ECONNRESET");
});

test("the facts of an error cannot be overwritten", async () => {
  const client = testClient([answers(404)]);
  const error = await failureOf(client.payments.retrieve(paymentId));
  expect(() => {
    Object.assign(error, { status: 200 });
  }).toThrow(TypeError);
});

test("an error of another copy of the package is recognized", async () => {
  vi.resetModules();
  const copy = await import("../../../src/index.js");
  const error = thrownBy(() => new copy.Purse({ environment: "sandbox", clientId: "" }));
  expect(error).not.toBeInstanceOf(purse.PurseError);
  expect(error).toBeInstanceOf(copy.PurseError);
  expect(purse.isPurseError(error)).toBe(true);
  expect(purse.isPurseError(error) && error.code).toBe("configuration");
});

test.each([[undefined], [null], ["PurseError"], [new Error("PurseError")], [{ code: "server" }]])(
  "%s is no error of the package",
  (value) => {
    expect(purse.isPurseError(value)).toBe(false);
  },
);

test("callers who share a failed token request each get an error of their own", async () => {
  const client = testClient([], { options: { maxRetries: 0 }, tokenSteps: [answers(401)] });
  const [one, two] = await Promise.all([
    rejectionOf(client.payments.retrieve(paymentId)),
    rejectionOf(client.payments.retrieve(paymentId)),
  ]);
  expect(one).toBeInstanceOf(purse.PurseTokenError);
  expect(one).not.toBe(two);
  expect(client.tokenRequests).toHaveLength(1);
});
