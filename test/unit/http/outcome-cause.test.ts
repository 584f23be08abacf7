import { expect, test } from "vitest";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { PurseTokenError } from "../../../src/errors/token-error.js";
import { failureAs, renderingsOf } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { answers, fails, hangs, throws, type Step } from "../../support/stub-fetch.js";
import { keyUsed, paymentId, paymentParams, sessionId, testClient } from "../../support/test-client.js";

const lost = fails("ECONNRESET");
const refused = fails("ECONNREFUSED");

async function causeOf(steps: readonly Step[], maxRetries = 2): Promise<unknown> {
  const client = testClient(steps, { options: { maxRetries } });
  const call = client.payments.capture(paymentId, { amount: 3000 });
  return (await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call))).cause;
}

test("an unknown outcome has the name and the code of the lost connection as its cause, and nothing else of it", async () => {
  const cause = await causeOf([lost, lost, lost]);
  expect(cause).toBeInstanceOf(Error);
  expect(cause).toMatchObject({ name: "Error", message: "ECONNRESET", code: "ECONNRESET" });
  expect(Object.keys(cause as Error).sort()).toEqual(["code", "name"]);

  const quoting = new TypeError("terminated: amount 3000 of Jane Doe");
  const client = testClient([throws(quoting)], { options: { maxRetries: 0 } });
  const error = await failureAs(
    PurseOutcomeUnknownError,
    client.payments.capture(paymentId, { amount: 3000 }),
  );
  expect(error.cause).toMatchObject({ name: "TypeError", message: "TypeError" });
  expect(renderingsOf(error)).not.toContain("Jane Doe");
});

test.each<[string, readonly Step[], string]>([
  ["a refusal", [fails("EPIPE"), answers(404)], "EPIPE"],
  ["refused connections", [fails("EPIPE"), refused, refused], "EPIPE"],
  ["a refused token", [fails("EPIPE"), answers(401), answers(401)], "EPIPE"],
  ["another lost connection", [fails("EPIPE"), lost, answers(400)], "ECONNRESET"],
  [
    "a used key, while the payment cannot be found",
    [fails("EPIPE"), answers(409, keyUsed()), answers(404)],
    "EPIPE",
  ],
  [
    "a used key, while the service cannot be reached",
    [lost, answers(409, keyUsed()), refused, refused, refused],
    "ECONNREFUSED",
  ],
])(
  "the cause is that of the attempt that left the doubt, also when it is followed by %s",
  async (_, steps, code) => {
    expect(await causeOf(steps)).toMatchObject({ code });
  },
);

test.each<[string, Step]>([
  ["500", answers(500)],
  ["no answer in time", hangs()],
  ["HTML", answers(200, "<html>")],
  ["a redirect", answers(302)],
])("%s has no cause of its own, and leaves that of an earlier lost connection", async (_, step) => {
  expect(await causeOf([step], 0)).toBeUndefined();
  expect(await causeOf([lost, step], 1)).toMatchObject({ code: "ECONNRESET" });
});

test("a lost connection remains the cause when the deadline or the caller ends the wait for the next attempt", async () => {
  const slow = testClient([lost, hangs()], { options: { deadlineMs: 2000 } });
  const late = runToEnd(slow.clock, slow.payments.capture(paymentId, { amount: 3000 }));
  expect(await failureAs(PurseOutcomeUnknownError, late)).toMatchObject({
    reason: "timeout",
    cause: { code: "ECONNRESET" },
  });

  const controller = new AbortController();
  const client = testClient([lost]);
  const call = client.payments.capture(paymentId, { amount: 3000 }, { signal: controller.signal });
  const end = failureAs(PurseOutcomeUnknownError, call);
  await client.clock.advance(1);
  controller.abort();
  expect(await end).toMatchObject({ reason: "aborted", cause: { code: "ECONNRESET" } });
});

test("resolve() that cannot reach the service has that as its cause", async () => {
  const client = testClient([answers(503), refused], { options: { maxRetries: 0 } });
  const error = await failureAs(
    PurseOutcomeUnknownError,
    client.payments.capture(paymentId, { amount: 3000 }),
  );
  const again = await failureAs(PurseOutcomeUnknownError, error.resolve());
  expect(again).toMatchObject({ reason: "server_error", cause: { code: "ECONNREFUSED" } });
});

test("payments and sessions tell the cause as well", async () => {
  const creating = testClient([lost]);
  const creation = failureAs(PurseOutcomeUnknownError, creating.payments.create(paymentParams));
  expect((await creation).cause).toMatchObject({ code: "ECONNRESET" });

  const aborting = testClient([lost, refused, refused, refused]);
  const abortion = runToEnd(aborting.clock, aborting.clientSessions.abort(sessionId));
  expect((await failureAs(PurseOutcomeUnknownError, abortion)).cause).toMatchObject({ code: "ECONNRESET" });
});

test("a token endpoint that cannot be reached is the cause of a missing token", async () => {
  const client = testClient([], {
    options: { maxRetries: 0 },
    tokenSteps: [fails("DEPTH_ZERO_SELF_SIGNED_CERT")],
  });
  const error = await failureAs(PurseTokenError, client.payments.retrieve(paymentId));
  expect(error.cause).toMatchObject({ name: "Error", code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
});
