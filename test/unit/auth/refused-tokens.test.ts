import { expect, test } from "vitest";
import { failureOf } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../support/test-client.js";

test("a token that is refused while keys are listed is not used again", async () => {
  const keys = { keys: [] };
  const steps = [answers(200, payment()), answers(401), answers(401), answers(401), answers(200, keys)];
  const client = testClient(steps);
  await client.payments.retrieve(paymentId);
  await failureOf(client.signingKeys.list({ maxRetries: 0 }));
  await client.clock.advance(1000);
  await client.signingKeys.list({ maxRetries: 0 });
  expect(client.sent.map(({ headers }) => headers.get("authorization"))).toEqual([
    "Bearer token-number-1",
    null,
    "Bearer token-number-1",
    null,
    "Bearer token-number-2",
  ]);
});

test("a store that gives one bad token after another is left alone after the second", async () => {
  let given = 0;
  const tokenStore = {
    get: () => {
      given += 1;
      const times = {
        expiresAtMs: Date.UTC(2027, 0, 1),
        staleAtMs: Date.UTC(2027, 0, 1),
        lifetimeMs: 3_600_000,
      };
      return Promise.resolve(JSON.stringify({ token: `planted-${String(given)}`, ...times }));
    },
    set: () => Promise.resolve(undefined),
    delete: () => Promise.resolve(true),
  };
  const onlyOurs = ({ headers }: { headers: Headers }): Promise<Response> =>
    answers(headers.get("authorization")?.includes("planted") === true ? 401 : 200, payment())({} as never);
  const client = testClient(
    Array.from({ length: 60 }, () => onlyOurs),
    { options: { tokenStore } },
  );
  const ends: unknown[] = [];
  for (let call = 0; call < 6; call++) {
    ends.push(
      await client.payments.retrieve(paymentId).then(
        () => "done",
        (error: unknown) => (error as { code: unknown }).code,
      ),
    );
    await client.clock.advance(5000);
  }
  expect(ends.slice(-3)).toEqual(["done", "done", "done"]);
  expect(client.tokenRequests.length).toBeGreaterThan(0);
});

test("a token of a store whose writer's clock is ahead lives no longer than it was granted for", async () => {
  const aheadMs = Date.UTC(2026, 0, 1) + 600_000;
  const entry = {
    token: "shared",
    expiresAtMs: aheadMs + 60_000,
    staleAtMs: aheadMs + 54_000,
    lifetimeMs: 60_000,
  };
  const tokenStore = {
    get: () => Promise.resolve(JSON.stringify(entry)),
    set: () => Promise.resolve(undefined),
    delete: () => Promise.resolve(true),
  };
  const good = answers(200, payment());
  const client = testClient([good, good], { options: { tokenStore } });
  await client.payments.retrieve(paymentId);
  await client.clock.advance(61_000);
  await client.payments.retrieve(paymentId);
  expect(client.sent.map(({ headers }) => headers.get("authorization"))).toEqual([
    "Bearer shared",
    "Bearer token-number-1",
  ]);
});
