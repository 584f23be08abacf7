import { expect, it } from "vitest";
import { PurseAbortError, PurseServerError } from "../../../src/index.js";
import { failureAs } from "../../support/failures.js";
import { answers, fails, hangs } from "../../support/stub-fetch.js";
import { testClient, testCredentials } from "../../support/test-client.js";

const params = { amount: 4299, currency: "EUR", order: { reference: "1", net_amount: 4299 } };
const list = { amount: 4299, currency: "EUR", eligible_solutions: [] };

it("is tried again like a read, under one key and for the client's entity", async () => {
  const client = testClient([fails("ECONNRESET"), answers(502), answers(200, list)]);
  const listing = client.eligibleSolutions.list(params);
  await client.clock.advance(60_000);
  expect(await listing).toEqual(list);
  expect(client.sent.map(({ method }) => method)).toEqual(["POST", "POST", "POST"]);
  expect(new Set(client.sent.map(({ headers }) => headers.get("x-idempotency-key"))).size).toBe(1);
  expect(JSON.parse(client.sent[0]?.body ?? "")).toMatchObject({ entity_id: testCredentials.entityId });
});

it("fails without any doubt, because it changes nothing", async () => {
  const failing = testClient([answers(500)], { options: { maxRetries: 0 } });
  await failureAs(PurseServerError, failing.eligibleSolutions.list(params));
  const hanging = testClient([hangs()]);
  const abort = new AbortController();
  const listing = hanging.eligibleSolutions.list(params, { signal: abort.signal });
  setTimeout(() => {
    abort.abort();
  }, 20);
  await failureAs(PurseAbortError, listing);
});
