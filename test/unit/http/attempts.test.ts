import { describe, expect, test } from "vitest";
import { isPurseError, type PurseOptions } from "../../../src/index.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { recordEvents } from "../../support/recorded-events.js";
import { answers, fails, grants, hangs, type Step } from "../../support/stub-fetch.js";
import {
  keyUsed,
  operation,
  payment,
  paymentId,
  sessionId,
  testClient,
  type TestClient,
} from "../../support/test-client.js";

const lost = fails("ECONNRESET");
const down = answers(503);
const used = answers(409, keyUsed());
const nothing = answers(200, payment());
const captured = answers(200, payment({ captures: [operation()] }));
const other = answers(200, payment({ captures: [operation({ amount: 1 })] }));
const open = answers(200, { id: sessionId, status: "ACTIVE" });
const aborted = answers(200, { id: sessionId, status: "ABORTED_BY_MERCHANT" });

type Way = (client: TestClient) => { withResponse(): Promise<{ attempts: number }> };

const capture: Way = (client) => client.payments.capture(paymentId, { amount: 3000 });
const captureUnderKey: Way = (client) =>
  client.payments.capture(paymentId, { amount: 3000 }, { idempotencyKey: "key-1" });
const abort: Way = (client) => client.clientSessions.abort(sessionId);

const calls: readonly [string, Way, readonly Step[], PurseOptions?][] = [
  ["a call that succeeds", capture, [captured]],
  ["a call that is refused", capture, [answers(400)]],
  ["a call that is tried again", capture, [lost, down, captured]],
  ["a call that cannot connect", capture, Array<Step>(3).fill(fails("ECONNREFUSED"))],
  ["a call whose token is refused", capture, [answers(401), captured]],
  ["a recovery by the first reading", capture, [used, captured]],
  ["a recovery by the second reading", capture, [used, nothing, captured]],
  ["a recovery by the third reading", captureUnderKey, [used, nothing, nothing, captured]],
  ["a recovery whose readings are tried again", capture, [lost, used, down, nothing, lost, captured]],
  ["a recovery whose reading needs another token", capture, [used, answers(401), captured]],
  ["a key that was used for something else", captureUnderKey, [used, other]],
  ["a given key whose operation does not show", captureUnderKey, [used, nothing, nothing, nothing]],
  ["an own key whose operation does not show", capture, [used, nothing, nothing, nothing]],
  ["a recovery whose reading is refused", capture, [used, answers(404)]],
  ["a recovery whose second reading is refused", capture, [used, nothing, answers(403)]],
  ["a recovery that cannot read", capture, [used, lost, lost, lost]],
  ["a recovery that runs out of time", capture, [used, nothing, hangs()], { deadlineMs: 5000 }],
  ["a recovery that runs out of time between readings", capture, [used, nothing], { deadlineMs: 400 }],
  ["a session that is confirmed as aborted", abort, [lost, aborted]],
  ["a session whose reading is tried again", abort, [lost, down, lost, aborted]],
  ["a session that is read as open", abort, [down, open]],
  ["a session that cannot be read", abort, [lost, answers(404)]],
  ["a session whose reading is lost", abort, [lost, lost, lost, lost]],
  [
    "a read that needs another token",
    (client) => client.payments.retrieve(paymentId),
    [answers(401), nothing],
  ],
  ["keys that turn out to need a token", (client) => client.signingKeys.list(), [answers(401), answers(403)]],
  [
    "a read that goes by POST",
    (client) => client.eligibleSolutions.list(solutions),
    [down, lost, answers(400)],
  ],
];

const solutions = { amount: 4299, currency: "EUR", order: { reference: "1", net_amount: 4299 } };

describe("attempts are all API requests of the call, on the result or the error and in onCallEnd", () => {
  test.each(calls)("%s", async (_, way, steps, options = {}) => {
    const { hooks, events } = recordEvents();
    const client = testClient(steps, { options: { hooks, ...options } });
    const call = way(client).withResponse();
    const told = await runToEnd(client.clock, call).catch((error: unknown) => {
      if (isPurseError(error)) return error;
      throw error;
    });
    expect(told.attempts).toBe(client.sent.length);
    expect(client.sent).toHaveLength(steps.length);
    const [end] = events.filter(({ name }) => name === "end");
    expect(end?.event).toMatchObject({ attempts: client.sent.length });
    expect(events.filter(({ name }) => name === "attempt")).toHaveLength(client.sent.length);
  });
});

test("token requests are no attempts, however many there are", async () => {
  const client = testClient([lost, answers(401)], {
    tokenSteps: [answers(503), grants("token-1"), answers(503), answers(503), answers(503)],
    options: { maxRetries: 4 },
  });
  const call = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 3000 }));
  const error = await failureAs(PurseOutcomeUnknownError, call);
  expect(error.attempts).toBe(client.sent.length);
  expect(client.sent).toHaveLength(2);
  expect(client.tokenRequests.length).toBeGreaterThan(2);
});

test("resolve() counts its own requests", async () => {
  const client = testClient([lost, used, answers(404), used, nothing, answers(404)]);
  const call = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 3000 }));
  const error = await failureAs(PurseOutcomeUnknownError, call);
  expect(error.attempts).toBe(3);
  const again = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, error.resolve()));
  expect(again.attempts).toBe(3);
});
