import { afterEach, expect, test, vi } from "vitest";
import { failureOf } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { answers } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../support/test-client.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a capture whose request cannot be put together is known not to have been sent", async () => {
  const client = testClient([answers(200, payment())]);
  await client.payments.retrieve(paymentId);
  vi.stubGlobal("Headers", function broken() {
    throw new TypeError("replaced by a test environment");
  });
  const capture = client.payments.capture(paymentId, { amount: 3000 }, { maxRetries: 0 });
  const failure = await runToEnd(client.clock, failureOf(capture));
  expect([failure.code, (failure.cause as Error).name]).toEqual(["connection", "TypeError"]);
  expect(client.sent).toHaveLength(1);
});
