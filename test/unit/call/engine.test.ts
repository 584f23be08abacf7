import { expect, test } from "vitest";
import * as engine from "../../../src/call/engine.js";
import type { EngineLoader } from "../../../src/call/execute.js";
import { createResources, type Purse } from "../../../src/client.js";
import { PurseConfigurationError } from "../../../src/errors/configuration-error.js";
import { failureAs } from "../../support/failures.js";
import { manualClock } from "../../support/manual-clock.js";
import { answers, stubFetch, type StubFetch } from "../../support/stub-fetch.js";
import { payment, paymentId, testCredentials } from "../../support/test-client.js";

function clientWith(loads: readonly EngineLoader[]): Pick<Purse, keyof Purse> & Omit<StubFetch, "fetch"> {
  const { fetch, ...requests } = stubFetch([answers(200, payment()), answers(200, payment())]);
  const left = [...loads];
  const load: EngineLoader = () => (left.shift() ?? (() => Promise.resolve(engine)))();
  const runtime = { clock: manualClock(), random: () => 0.5 };
  return { ...createResources({ ...testCredentials, fetch }, runtime, load), ...requests };
}

test("constructing a client loads no engine", () => {
  clientWith([() => expect.unreachable()]);
});

test("a failed load fails the call before anything is sent, and the next call loads again", async () => {
  const client = clientWith([() => Promise.reject(new Error("no such file"))]);
  const error = await failureAs(PurseConfigurationError, client.payments.retrieve(paymentId));
  expect(error.message).toMatch(/^getPayment could not be loaded, so nothing was sent\./);
  expect([client.sent, client.tokenRequests]).toEqual([[], []]);
  await client.payments.retrieve(paymentId);
  expect(client.sent).toHaveLength(1);
});

test("a load that never ends, as where a platform ended the request that began it, holds up no other call", async () => {
  const client = clientWith([() => new Promise(() => undefined)]);
  void client.payments.retrieve(paymentId);
  await client.payments.retrieve(paymentId);
  expect(client.sent).toHaveLength(1);
});

test("first calls at the same time share one engine, and so one token", async () => {
  const client = clientWith([]);
  await Promise.all([client.payments.retrieve(paymentId), client.payments.retrieve(paymentId)]);
  expect(client.sent).toHaveLength(2);
  expect(client.tokenRequests).toHaveLength(1);
});

test("arguments are checked before the engine is loaded", async () => {
  const client = clientWith([() => expect.unreachable()]);
  await expect(client.payments.retrieve("..")).rejects.toMatchObject({ argument: "id" });
  await expect(client.payments.capture(paymentId, { amount: 1.5 })).rejects.toMatchObject({
    argument: "params.amount",
  });
  await expect(client.accessTokens.retrieve({ deadlineMs: -1 })).rejects.toMatchObject({
    argument: "options.deadlineMs",
  });
});

test("params changed after the call are sent as they were, even while the engine is loading", async () => {
  const client = clientWith([]);
  const params = { amount: 3000 };
  const call = client.payments.capture(paymentId, params);
  params.amount = 9999;
  await call;
  expect(client.sent[0]?.body).toBe('{"amount":3000}');
});
