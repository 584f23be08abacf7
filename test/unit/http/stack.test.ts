import { afterEach, beforeEach, expect, test } from "vitest";
import type { PurseOptions } from "../../../src/index.js";
import { failureOf } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import "../../support/recorded-events.js"; // Loads what tells hooks, which a call would otherwise wait for.
import { answers, fails, hangs, type Step } from "../../support/stub-fetch.js";
import { keyUsed, operation, payment, paymentId, testClient } from "../../support/test-client.js";

const given = Error.stackTraceLimit;

// What Node sets by itself; the test runner sets more.
beforeEach(() => {
  Error.stackTraceLimit = 10;
});

afterEach(() => {
  Error.stackTraceLimit = given;
});

const lost = fails("ECONNRESET");

const reads: readonly [string, readonly Step[]][] = [
  ["bad_request", [answers(400)]],
  ["server", [answers(503), answers(503), answers(503)]],
  ["connection", [lost, lost, lost]],
  ["timeout", [hangs()]],
  ["unreadable_response", [answers(200, "[]"), answers(200, "[]"), answers(200, "[]")]],
];
const changes: readonly [string, readonly Step[]][] = [
  ["bad_request", [answers(400)]],
  ["outcome_unknown", [lost, lost, lost]],
  ["outcome_unknown", [answers(409, keyUsed()), answers(404)]],
  [
    "idempotency_conflict",
    [answers(409, keyUsed()), answers(200, payment({ captures: [operation({ amount: 1 })] }))],
  ],
];
const endings = [
  ...reads.map(([code, steps]) => ["read", code, steps] as const),
  ...changes.map(([code, steps]) => ["change", code, steps] as const),
];

const forms: readonly [string, boolean, PurseOptions][] = [
  ["the call", false, {}],
  ["the call of a client with hooks", false, { hooks: { onCallEnd: () => undefined } }],
  ["withResponse()", true, {}],
  ["withResponse() of a client with hooks", true, { hooks: { onCallEnd: () => undefined } }],
];

for (const [form, isDetailed, options] of forms) {
  test.each(endings)(
    `awaiting ${form}: the stack of a %s that ends in %s names the caller`,
    async (kind, code, steps) => {
      const client = testClient(steps, { options: { deadlineMs: 20_000, ...options } });
      async function placeOfTheCall(): Promise<void> {
        const call =
          kind === "read"
            ? client.payments.retrieve(paymentId)
            : client.payments.capture(paymentId, { amount: 3000 }, { idempotencyKey: "key-1" });
        await (isDetailed ? call.withResponse() : call);
      }
      const error = await failureOf(runToEnd(client.clock, placeOfTheCall()));
      expect(error.code).toBe(code);
      expect(error.stack).toMatch(/placeOfTheCall .*stack\.test\.ts.*:\d+/);
    },
  );
}
