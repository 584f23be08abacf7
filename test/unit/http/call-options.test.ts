import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import type { RequestOptions } from "../../../src/options.js";
import { failureAs } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../support/test-client.js";

const duration = "positive, finite number of milliseconds";
const retries = "a whole number from 0 to 10";

/** An option, a value that is refused, and the rule that is told. */
const wrong: readonly [keyof RequestOptions, unknown, string][] = [
  ["timeoutMs", 0, duration],
  ["timeoutMs", -1, duration],
  ["timeoutMs", Number.NaN, duration],
  ["timeoutMs", Infinity, duration],
  ["timeoutMs", "1000", duration],
  ["timeoutMs", null, duration],
  ["deadlineMs", 0, duration],
  ["deadlineMs", Number.NaN, duration],
  ["deadlineMs", 10n, duration],
  ["deadlineMs", null, duration],
  ["maxRetries", -1, retries],
  ["maxRetries", 1.5, retries],
  ["maxRetries", 11, retries],
  ["maxRetries", Number.NaN, retries],
  ["maxRetries", "2", retries],
  ["maxRetries", null, retries],
  ["signal", {}, "must be an AbortSignal, but is an object"],
  ["signal", { aborted: false }, "must be an AbortSignal, but is an object"],
  ["signal", { addEventListener: () => undefined }, "must be an AbortSignal, but is an object"],
  [
    "signal",
    { aborted: false, addEventListener: () => undefined },
    "must be an AbortSignal, but is an object",
  ],
  ["signal", new AbortController(), "must be an AbortSignal, but is an object"],
  ["signal", null, "must be an AbortSignal, but is null"],
  ["signal", "signal", "must be an AbortSignal, but is a string"],
];

test.each(wrong)("the option %s refuses %s with the rule and sends nothing", async (name, value, rule) => {
  const client = testClient([answers(200, payment())]);
  const call = client.payments.capture(paymentId, { amount: 1 }, { [name]: value });
  const error = await failureAs(PurseInvalidArgumentError, call);
  expect(error.argument).toBe(`options.${name}`);
  expect(error.message).toContain(rule);
  expect(client.sent).toHaveLength(0);
});

test("the largest and the smallest values that are allowed are taken", async () => {
  const client = testClient([answers(200, payment()), answers(200, payment())]);
  await client.payments.retrieve(paymentId, { timeoutMs: 0.5, deadlineMs: 0.5, maxRetries: 0 });
  const most = Number.MAX_SAFE_INTEGER;
  await client.payments.retrieve(paymentId, { timeoutMs: most, deadlineMs: most, maxRetries: 10 });
  expect(client.sent).toHaveLength(2);
});

test("a signal made elsewhere is known by its shape", async () => {
  const client = testClient([answers(200, payment())]);
  const { signal } = new AbortController();
  const foreign = {
    aborted: false,
    addEventListener: signal.addEventListener.bind(signal),
    removeEventListener: signal.removeEventListener.bind(signal),
  };
  await client.payments.retrieve(paymentId, { signal: foreign as unknown as AbortSignal });
  expect(client.sent).toHaveLength(1);
});

test.each([
  [null, "null"],
  ["options", "a string"],
  [5, "a number"],
  [[], "an array"],
])("options given as %j are refused", async (options, what) => {
  const client = testClient([answers(200, payment())]);
  const call = client.payments.capture(paymentId, { amount: 1 }, options as RequestOptions);
  const error = await failureAs(PurseInvalidArgumentError, call);
  expect(error.message).toBe(`options must be an object, but is ${what}.`);
  expect(client.sent).toHaveLength(0);
});

test("wrong arguments reject the promise and never throw from the call itself", async () => {
  const client = testClient([]);
  const call = client.payments.capture("", { amount: 1 });
  expect(call).toBeInstanceOf(Promise);
  await failureAs(PurseInvalidArgumentError, call);
});
