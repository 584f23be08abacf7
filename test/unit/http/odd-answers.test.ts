import { expect, test } from "vitest";
import { PurseApiError } from "../../../src/errors/api-error.js";
import { PurseConnectionError } from "../../../src/errors/connection-error.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { throws, type Step } from "../../support/stub-fetch.js";
import { payment, paymentId, paymentParams, testClient } from "../../support/test-client.js";

const captureOptions = { idempotencyKey: "key-1" };

/** Answers with an object that only looks like a `Response`. */
function answersOddly(members: Record<string, unknown>): Step {
  return () => {
    const { body } = new Response(JSON.stringify(payment()));
    return Promise.resolve({ status: 200, headers: new Headers(), body, ...members } as unknown as Response);
  };
}

const refuses = (): never => {
  throw new Error("do not look");
};
const hostile = new Proxy({}, { get: refuses, has: refuses, getPrototypeOf: refuses, ownKeys: refuses });

const oddHeads: readonly [string, Step][] = [
  ["no headers", answersOddly({ headers: undefined })],
  ["headers that are null", answersOddly({ headers: null })],
  ["headers in a plain object", answersOddly({ headers: { "content-type": "application/json" } })],
  ["headers in a Map", answersOddly({ headers: new Map([["content-type", "application/json"]]) })],
  ["headers whose get() throws", answersOddly({ headers: { get: refuses } })],
  ["a proxy of Headers", answersOddly({ headers: new Proxy(new Headers(), {}) })],
  ["an object made from the class of Headers", answersOddly({ headers: Object.create(Headers.prototype) })],
  ["headers that cannot be listed", answersOddly({ headers: { get: () => null } })],
  ["hostile headers", answersOddly({ headers: hostile })],
  ["no status", answersOddly({ status: undefined })],
  ["a status that is text", answersOddly({ status: "200" })],
  ["a status that is not a number", answersOddly({ status: Number.NaN })],
  ["a status with a fraction", answersOddly({ status: 200.5 })],
  ["nothing", () => Promise.resolve(undefined as unknown as Response)],
  ["null", () => Promise.resolve(null as unknown as Response)],
  ["a text", () => Promise.resolve("200" as unknown as Response)],
  ["a hostile object", () => Promise.resolve(Object.assign(Object.create(hostile) as Response, {}))],
];

test.each(oddHeads)("a capture that is answered with %s is lost, and keeps its key", async (_, step) => {
  const client = testClient([step, step, step]);
  const call = client.payments.capture(paymentId, { amount: 3000 }, captureOptions);
  const error = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call));
  expect(error).toMatchObject({ reason: "connection_lost", idempotencyKey: "key-1", attempts: 3 });
});

test.each(oddHeads)("a read that is answered with %s is a connection error", async (_, step) => {
  const client = testClient([step], { options: { maxRetries: 0 } });
  await failureAs(PurseConnectionError, client.payments.retrieve(paymentId));
});

test("the error names what is wrong with an answer of this client's fetch", async () => {
  const client = testClient([answersOddly({ headers: {} })], { options: { maxRetries: 0 } });
  const error = await failureAs(PurseConnectionError, client.payments.retrieve(paymentId));
  expect(error.message).toContain("`fetch` is not a Response with status and headers (UNUSABLE_RESPONSE)");
});

const oddErrors: readonly [string, unknown][] = [
  [
    "a code that throws",
    Object.defineProperty(new Error("x"), "code", {
      get: refuses,
    }),
  ],
  ["a cause that throws", Object.defineProperty(new Error("x"), "cause", { get: refuses })],
  ["a name that throws", Object.defineProperty(new Error("x"), "name", { get: refuses })],
  ["members that throw", Object.defineProperty(new Error("x"), "errors", { get: refuses })],
  ["a hostile object", hostile],
  ["a cause that is hostile", new Error("x", { cause: hostile })],
  ["nothing", undefined],
];

test.each(oddErrors)("a capture whose fetch fails with %s is lost, and keeps its key", async (_, failure) => {
  const step = throws(failure);
  const client = testClient([step, step, step]);
  const call = client.payments.capture(paymentId, { amount: 3000 }, captureOptions);
  const error = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call));
  expect(error).toMatchObject({ reason: "connection_lost", idempotencyKey: "key-1" });
});

const strangeStatuses = [99, 100, 199, 600, 999, -1, 2_000];

test.each(strangeStatuses)(
  "a capture that is answered with status %d may have moved money",
  async (status) => {
    const step = answersOddly({ status });
    const client = testClient([step, step, step]);
    const call = client.payments.capture(paymentId, { amount: 3000 }, captureOptions);
    const error = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call));
    expect(error).toMatchObject({ reason: "unreadable_answer", idempotencyKey: "key-1" });
    expect(client.sent).toHaveLength(3);
  },
);

test.each(strangeStatuses)(
  "a payment created with status %d is unknown after one request",
  async (status) => {
    const client = testClient([answersOddly({ status })]);
    const call = client.payments.create(paymentParams);
    await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call));
    expect(client.sent).toHaveLength(1);
  },
);

test.each(strangeStatuses)("purse.api tells status %d of a POST as an unknown outcome", async (status) => {
  const client = testClient([answersOddly({ status })]);
  const init = { params: { path: { id: paymentId } }, body: { amount: 3000 } };
  const call = client.api.POST("/payment/v2/payments/{id}/captures", init);
  await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call));
});

test("a read with a status of 99 is an answer that the API does not document", async () => {
  const client = testClient([answersOddly({ status: 99 })], { options: { maxRetries: 0 } });
  const error = await failureAs(PurseApiError, client.payments.retrieve(paymentId));
  expect(error).toMatchObject({ code: "api", status: 99 });
});

test("headers of another implementation are read, and handed on as Headers", async () => {
  class OtherHeaders {
    readonly #inner = new Headers({ "x-request-id": "req-1" });
    get(name: string): string | null {
      return this.#inner.get(name);
    }
    [Symbol.iterator](): IterableIterator<[string, string]> {
      return this.#inner.entries();
    }
  }
  const client = testClient([answersOddly({ headers: new OtherHeaders() })]);
  const { requestId, response } = await client.payments.retrieve(paymentId).withResponse();
  expect(requestId).toBe("req-1");
  expect(response.headers).toBeInstanceOf(Headers);
  expect(response.headers.get("x-request-id")).toBe("req-1");
});
