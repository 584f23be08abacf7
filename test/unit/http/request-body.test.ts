import fc from "fast-check";
import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import type { CaptureParams, CreatePaymentParams } from "../../../src/resources/params.js";
import { failureAs } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { payment, paymentId, paymentParams, sessionId, testClient } from "../../support/test-client.js";

async function refusedArgument(params: unknown): Promise<string> {
  const client = testClient([answers(200, payment())]);
  const error = await failureAs(
    PurseInvalidArgumentError,
    client.payments.create(params as CreatePaymentParams),
  );
  expect(client.sent).toHaveLength(0);
  expect(client.tokenRequests).toHaveLength(0);
  return error.argument;
}

async function sentBody(params: unknown, entityId?: string): Promise<unknown> {
  const client = testClient([answers(200, payment())], { options: { entityId } });
  await client.payments.create(params as CreatePaymentParams);
  return JSON.parse(client.sent[0]?.body ?? "");
}

test.each([
  [1.5],
  [19.99 * 100],
  [Number.NaN],
  [Infinity],
  ["12"],
  [-1],
  [12n],
  [2 ** 53],
  [null],
  [true],
  [{}],
  [new Number(12)],
])("the amount %s is refused before anything is sent", async (amount) => {
  const client = testClient([answers(200, payment())]);
  const call = client.payments.capture(paymentId, { amount } as CaptureParams);
  expect((await failureAs(PurseInvalidArgumentError, call)).argument).toBe("params.amount");
  expect(client.sent).toHaveLength(0);
});

test.each([0, 1, 4299, 2 ** 53 - 1])("the amount %d goes out as it is", async (amount) => {
  const client = testClient([answers(200, payment())]);
  await client.payments.capture(paymentId, { amount });
  expect(client.sent[0]?.body).toBe(`{"amount":${String(amount)}}`);
});

test("no amount other than a whole number ever goes out, and none is scaled", async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ noNaN: false }), async (amount) => {
      const client = testClient([answers(200, payment())]);
      const outcome = await client.payments.capture(paymentId, { amount }).then(
        () => "sent",
        () => "refused",
      );
      const isGood = Number.isSafeInteger(amount) && amount >= 0;
      expect(outcome).toBe(isGood ? "sent" : "refused");
      if (isGood) expect(JSON.parse(client.sent[0]?.body ?? "")).toEqual({ amount: amount + 0 });
    }),
  );
});

test.each([
  [{ order: { reference: "1", net_amount: 1.5 } }, "params.order.net_amount"],
  [{ order: { reference: "1", net_amount: 1, tax_amount: "2" } }, "params.order.tax_amount"],
  [{ split: [{ amount: 1 }, { amount: -1 }] }, "params.split[1].amount"],
  [{ order: { items: [{ unit_gross_price: 0.1 }] } }, "params.order.items[0].unit_gross_price"],
])("amounts deep inside are checked too (%#)", async (members, argument) => {
  expect(await refusedArgument({ ...paymentParams, ...members })).toBe(argument);
});

test.each(["amount", "currency", "order", "split"])("a body without %s is refused", async (name) => {
  expect(await refusedArgument({ ...paymentParams, [name]: undefined })).toBe(`params.${name}`);
});

test("a capture without an amount is refused", async () => {
  const client = testClient([answers(200, payment())]);
  const call = client.payments.capture(paymentId, {} as CaptureParams);
  expect((await failureAs(PurseInvalidArgumentError, call)).argument).toBe("params.amount");
  expect(client.sent).toHaveLength(0);
});

test.each([[null], ["{}"], [12], [[]]])("params given as %j are refused", async (params) => {
  expect(await refusedArgument(params)).toMatch(/^params/);
});

test("a body that holds itself is refused", async () => {
  const order: Record<string, unknown> = { reference: "1", net_amount: 1 };
  order["parent"] = order;
  expect(await refusedArgument({ ...paymentParams, order })).toBe("params.order.parent");
});

test("the same object in two places is no circle", async () => {
  const address = { city: "Paris" };
  const body = await sentBody({ ...paymentParams, billing: address, shipping: address }, "entity-1");
  expect(body).toMatchObject({ billing: address, shipping: address });
});

test("a body nested beyond reason is refused", async () => {
  let order: object = {};
  for (let level = 0; level < 10_000; level++) order = { order };
  expect(await refusedArgument({ ...paymentParams, order })).toMatch(/^params(\.order)+$/);
});

test.each([
  ["a function", () => 1],
  ["a symbol", Symbol("s")],
  ["a bigint", 1n],
  ["NaN", Number.NaN],
  ["Infinity", -Infinity],
])("%s anywhere in a body is refused and not dropped without a word", async (_, value) => {
  expect(await refusedArgument({ ...paymentParams, custom: { value } })).toBe("params.custom.value");
});

test("an own toJSON is refused: what it would write was not checked", async () => {
  const order = { reference: "1", net_amount: 1, toJSON: () => ({ net_amount: 1.5 }) };
  expect(await refusedArgument({ ...paymentParams, order })).toBe("params.order");
});

test("members left undefined are not sent", async () => {
  const body = await sentBody({ ...paymentParams, webhook: undefined }, "entity-1");
  expect(body).toEqual({ ...paymentParams, entity_id: "entity-1" });
});

test("the client's entity id is filled in where there is none", async () => {
  expect(await sentBody(paymentParams, "entity-1")).toMatchObject({ entity_id: "entity-1" });
  expect(await sentBody({ ...paymentParams, entity_id: undefined }, "entity-1")).toMatchObject({
    entity_id: "entity-1",
  });
});

test("an entity id given with the call is not overridden", async () => {
  expect(await sentBody({ ...paymentParams, entity_id: "mine" }, "entity-1")).toMatchObject({
    entity_id: "mine",
  });
});

test("an entity id that nobody gives is asked for", async () => {
  const client = testClient([], { options: { entityId: undefined } });
  const error = await failureAs(PurseInvalidArgumentError, client.payments.create(paymentParams));
  expect(error.argument).toBe("params.entity_id");
});

test("a capture is not given an entity id", async () => {
  const client = testClient([answers(200, payment())]);
  await client.payments.capture(paymentId, { amount: 1 });
  expect(client.sent[0]?.body).toBe('{"amount":1}');
});

test("aborting a session sends the one status there is", async () => {
  const client = testClient([answers(200, { id: sessionId, status: "ABORTED_BY_MERCHANT" })]);
  await client.clientSessions.abort(sessionId);
  expect(client.sent[0]?.path).toBe(`/payment/v2/client-sessions/${sessionId}/abort`);
  expect(client.sent[0]?.body).toBe('{"status":"ABORTED_BY_MERCHANT"}');
});

test("the caller's params are never written to", async () => {
  const params = deepFreeze({ ...structuredClone(paymentParams), customer: { reference: "c" } });
  const before = structuredClone(params);
  expect(await sentBody(params, "entity-1")).toEqual({ ...before, entity_id: "entity-1" });
  expect(params).toEqual(before);
});

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === "object" && member !== null) deepFreeze(member as object);
  }
  return Object.freeze(value);
}
