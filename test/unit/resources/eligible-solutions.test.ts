import { expect, it } from "vitest";
import { PurseAbortError, PurseServerError } from "../../../src/index.js";
import { failureAs } from "../../support/failures.js";
import { recordEvents } from "../../support/recorded-events.js";
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

it("is no change: no idempotency is told, though a key goes out", async () => {
  const { hooks, events } = recordEvents();
  const client = testClient([answers(200, list), answers(200, list)], { options: { hooks } });
  const result = await client.eligibleSolutions.list(params, { idempotencyKey: "key-1" }).withResponse();
  expect(result).not.toHaveProperty("idempotency");
  expect(result.idempotencyKey).toBe("key-1");
  expect(client.sent[0]?.headers.get("x-idempotency-key")).toBe("key-1");
  await client.api.POST("/payment/v2/eligible-solutions", {
    body: { ...params, entity_id: testCredentials.entityId },
  });
  const ends = events.filter(({ name }) => name === "end").map(({ event }) => event);
  expect(ends).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
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
