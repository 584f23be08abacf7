import fc from "fast-check";
import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import type { CaptureParams, CreatePaymentParams } from "../../../src/resources/request-types.js";
import { failureAs } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { payment, paymentId, paymentParams, sessionId, testClient } from "../../support/test-client.js";

async function refusalOf(params: unknown): Promise<PurseInvalidArgumentError> {
  const client = testClient([answers(200, payment())]);
  const error = await failureAs(
    PurseInvalidArgumentError,
    client.payments.create(params as CreatePaymentParams),
  );
  expect(client.sent).toHaveLength(0);
  expect(client.tokenRequests).toHaveLength(0);
  return error;
}

async function refusedArgument(params: unknown): Promise<string> {
  return (await refusalOf(params)).argument;
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

test.each([
  [42.99, "is 42.99"],
  ["4299", "is a string"],
  [null, "is null"],
])("the refusal of the amount %j says what it is and what it must be", async (amount, what) => {
  const client = testClient([]);
  const call = client.payments.capture(paymentId, { amount } as CaptureParams);
  const { message } = await failureAs(PurseInvalidArgumentError, call);
  expect(message).toMatch(new RegExp(`^params\\.amount ${what}, but must be a non-negative whole number`));
  expect(message).toContain("minor units");
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
  const error = await refusalOf({ ...paymentParams, [name]: undefined });
  expect(error.message).toBe(`params.${name} is missing, and the API requires it.`);
});

test("a capture without an amount is refused", async () => {
  const client = testClient([answers(200, payment())]);
  const call = client.payments.capture(paymentId, {} as CaptureParams);
  expect((await failureAs(PurseInvalidArgumentError, call)).argument).toBe("params.amount");
  expect(client.sent).toHaveLength(0);
});

test.each([
  [null, "null"],
  ["{}", "a string"],
  [12, "a number"],
  [[], "an array"],
])("params given as %j are refused", async (params, what) => {
  expect((await refusalOf(params)).message).toBe(`params must be an object, but is ${what}.`);
});

test("a body that holds itself is refused", async () => {
  const order: Record<string, unknown> = { reference: "1", net_amount: 1 };
  order["parent"] = order;
  expect((await refusalOf({ ...paymentParams, order })).message).toBe(
    "params.order.parent refers to itself.",
  );
});

test("the same object in two places is no circle", async () => {
  const address = { city: "Paris" };
  const body = await sentBody({ ...paymentParams, billing: address, shipping: address }, "entity-1");
  expect(body).toMatchObject({ billing: address, shipping: address });
});

test("a body nested beyond reason is refused", async () => {
  let order: object = {};
  for (let level = 0; level < 10_000; level++) order = { order };
  const error = await refusalOf({ ...paymentParams, order });
  expect(error.argument).toMatch(/^params(\.order)+$/);
  expect(error.message).toContain("nested too deeply");
});

test("a body of thirty-two levels is sent, one of thirty-three is not", async () => {
  const nested = (levels: number): object => {
    let custom: object = {};
    for (let level = 1; level < levels; level++) custom = { custom };
    return custom;
  };
  // The body itself is a level.
  await sentBody({ ...paymentParams, custom: nested(31) }, "entity-1");
  await refusedArgument({ ...paymentParams, custom: nested(32) });
});

test.each([
  ["a function", () => 1],
  ["a symbol", Symbol("s")],
  ["a bigint", 1n],
  ["NaN", Number.NaN],
  ["Infinity", -Infinity],
])("%s anywhere in a body is refused and not dropped without a word", async (_, value) => {
  const error = await refusalOf({ ...paymentParams, custom: { value } });
  expect(error.argument).toBe("params.custom.value");
  const rule = typeof value === "number" ? "must be a finite number" : `it is a ${typeof value}`;
  expect(error.message).toContain(rule);
});

test("a hole in a list is refused, and not sent as null", async () => {
  const error = await refusalOf({ ...paymentParams, custom: ["a", undefined] });
  expect(error.message).toBe("params.custom[1] is missing from its list.");
});

test("a list of amounts' names holds no amounts", async () => {
  const body = await sentBody({ ...paymentParams, custom: ["amount", 1.5] }, "entity-1");
  expect(body).toMatchObject({ custom: ["amount", 1.5] });
});

test.each([
  ["a Map", new Map([["a", 1]])],
  ["a Set", new Set([1])],
  ["bytes", new Uint8Array(2)],
  [
    "a generator",
    (function* () {
      yield 1;
    })(),
  ],
  ["a URL", new URL("https://shop.example")],
  ["a promise without await", Promise.resolve("CAP-1")],
  ["a pattern", /a/],
  ["an error", new Error("a")],
  ["a buffer", new ArrayBuffer(2)],
  ["a boxed whole number", Object(1n) as unknown],
  ["a boxed symbol", Object(Symbol("a")) as unknown],
])("%s is refused: JSON has no word for it", async (_, value) => {
  const error = await refusalOf({ ...paymentParams, custom: value });
  expect(error.argument).toBe("params.custom");
  expect(error.message).toContain("plain data");
});

test("texts, numbers, truth values, null, dates, lists and objects go out as JSON has them", async () => {
  const custom = { text: "a", number: -1.5, is: true, not: null, list: [1, "b", null], deep: { er: {} } };
  const at = new Date(Date.UTC(2026, 0, 1));
  expect(await sentBody({ ...paymentParams, custom, at }, "entity-1")).toEqual({
    ...paymentParams,
    custom,
    at: "2026-01-01T00:00:00.000Z",
    entity_id: "entity-1",
  });
});

test("an own toJSON is refused: what it would write was not checked", async () => {
  const order = { reference: "1", net_amount: 1, toJSON: () => ({ net_amount: 1.5 }) };
  expect(await refusedArgument({ ...paymentParams, order })).toBe("params.order");
});

test("members left undefined are not sent", async () => {
  const body = await sentBody({ ...paymentParams, webhook: undefined }, "entity-1");
  expect(body).toEqual({ ...paymentParams, entity_id: "entity-1" });
});

test("an amount that may be left out is left out when it is undefined", async () => {
  const order = { reference: "1", net_amount: 1, tax_amount: undefined };
  expect(await sentBody({ ...paymentParams, order }, "entity-1")).toMatchObject({
    order: { reference: "1", net_amount: 1 },
  });
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

test("a missing entity id is asked for", async () => {
  const client = testClient([], { options: { entityId: undefined } });
  const error = await failureAs(PurseInvalidArgumentError, client.payments.create(paymentParams));
  expect(error.argument).toBe("params.entity_id");
  expect(error.message).toContain("Give it here or as the client's entityId.");
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

/** Answers with each of the values in turn. */
function changing(...values: readonly unknown[]): () => unknown {
  let asked = 0;
  return () => values[Math.min(asked++, values.length - 1)];
}

test("a getter is asked once: what was checked is what is sent", async () => {
  const read = changing(1, 1.5);
  const order = {
    reference: "order-1",
    get net_amount() {
      return read();
    },
  };
  const body = await sentBody({ ...paymentParams, order }, "entity-1");
  expect(body).toMatchObject({ order: { reference: "order-1", net_amount: 1 } });
});

test("a getter in a list cannot change its answer either", async () => {
  const split: unknown[] = [];
  Object.defineProperty(split, 0, { enumerable: true, get: changing({ amount: 1 }, { amount: 0.5 }) });
  expect(await sentBody({ ...paymentParams, split }, "entity-1")).toMatchObject({ split: [{ amount: 1 }] });
});

test("a getter whose first answer is wrong is refused, even if its next answer would be right", async () => {
  const read = changing(1.5, 1);
  const order = {
    reference: "1",
    get net_amount() {
      return read();
    },
  };
  expect(await refusedArgument({ ...paymentParams, order })).toBe("params.order.net_amount");
});

test("a hole in a list is refused and not sent as null", async () => {
  expect(await refusedArgument({ ...paymentParams, split: Object.assign([], { 1: { amount: 1 } }) })).toBe(
    "params.split[0]",
  );
});

test("a date is sent as text, even with a toJSON of its own", async () => {
  const date = new Date(0);
  const lying = Object.assign(new Date(0), { toJSON: () => ({ amount: 1.5 }) });
  expect(await sentBody({ ...paymentParams, date, lying }, "entity-1")).toMatchObject({
    date: "1970-01-01T00:00:00.000Z",
    lying: "1970-01-01T00:00:00.000Z",
  });
});

test.each([
  ["an invalid date", new Date(Number.NaN)],
  ["a boxed number", new Number(1.5)],
  ["a boxed boolean", new Boolean(true)],
])("%s is refused", async (_, value) => {
  expect(await refusedArgument({ ...paymentParams, custom: { value } })).toBe("params.custom.value");
});

test("a member called __proto__ is sent like any other", async () => {
  const order = JSON.parse('{"reference":"1","net_amount":1,"__proto__":{"net_amount":2}}') as object;
  const client = testClient([answers(200, payment())]);
  await client.payments.create({ ...paymentParams, order } as CreatePaymentParams);
  expect(client.sent[0]?.body).toContain('"__proto__":{"net_amount":2}');
});
