import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import type { RequestOptions } from "../../../src/options.js";
import { failureAs } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../support/test-client.js";

const wrong: readonly [keyof RequestOptions, unknown][] = [
  ["timeoutMs", 0],
  ["timeoutMs", -1],
  ["timeoutMs", Number.NaN],
  ["timeoutMs", Infinity],
  ["timeoutMs", "1000"],
  ["deadlineMs", 0],
  ["deadlineMs", Number.NaN],
  ["deadlineMs", 10n],
  ["maxRetries", -1],
  ["maxRetries", 1.5],
  ["maxRetries", 11],
  ["maxRetries", Number.NaN],
  ["maxRetries", "2"],
  ["signal", {}],
  ["signal", null],
  ["signal", "signal"],
];

test.each(wrong)("the option %s refuses %s and sends nothing", async (name, value) => {
  const client = testClient([answers(200, payment())]);
  const call = client.payments.capture(paymentId, { amount: 1 }, { [name]: value });
  expect((await failureAs(PurseInvalidArgumentError, call)).argument).toBe(`options.${name}`);
  expect(client.sent).toHaveLength(0);
});

test.each([[null], ["options"], [5], [[]]])("options given as %j are refused", async (options) => {
  const client = testClient([answers(200, payment())]);
  const call = client.payments.capture(paymentId, { amount: 1 }, options as RequestOptions);
  expect((await failureAs(PurseInvalidArgumentError, call)).argument).toBe("options");
  expect(client.sent).toHaveLength(0);
});

test("wrong arguments reject the promise and never throw from the call itself", async () => {
  const client = testClient([]);
  const call = client.payments.capture("", { amount: 1 });
  expect(call).toBeInstanceOf(Promise);
  await failureAs(PurseInvalidArgumentError, call);
});
