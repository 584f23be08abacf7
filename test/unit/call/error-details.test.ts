import { expect, test } from "vitest";
import { PurseApiError } from "../../../src/errors/api-error.js";
import { failureAs } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient, testCredentials } from "../../support/test-client.js";

async function refusedWith(document: object, headers: Record<string, string> = {}): Promise<PurseApiError> {
  const client = testClient([answers(400, document, headers)]);
  return failureAs(PurseApiError, client.payments.retrieve(paymentId));
}

test("type, title and status of a problem document are kept", async () => {
  const document = { type: "urn:x", title: "Bad", status: 400, instance: "/elsewhere" };
  expect((await refusedWith(document)).problem).toStrictEqual({ type: "urn:x", title: "Bad", status: 400 });
});

test.each([
  [{ title: "Bad" }, { title: "Bad" }],
  [{ type: "urn:x", title: "" }, { type: "urn:x" }],
  [{ type: "", title: "Bad" }, { title: "Bad" }],
  [{ type: "urn:x", status: "400" }, { type: "urn:x" }],
  [{ status: 422 }, { status: 422 }],
])("of the problem %j what is there is kept", async (document, problem) => {
  expect((await refusedWith(document)).problem).toStrictEqual(problem);
});

test.each([[{}], [{ type: "", title: "" }], [{ type: 5, title: null, status: "400" }]])(
  "the document %j is no problem",
  async (document) => {
    expect((await refusedWith(document)).problem).toBeUndefined();
  },
);

test("a type that the API documents is kept, though a secret may look like a part of it", async () => {
  const client = testClient([answers(400, { type: "urn:eu.purse:write-conflict" })], {
    options: { apiKey: "purse:write" },
  });
  const error = await failureAs(PurseApiError, client.payments.retrieve(paymentId));
  expect(error.problem?.type).toBe("urn:eu.purse:write-conflict");
});

test("field problems are kept as far as they say something", async () => {
  const errors = [
    { pointer: "/amount", detail: "too high", more: 1 },
    { pointer: "/a" },
    { detail: "b" },
    {},
  ];
  expect((await refusedWith({ errors })).problems).toStrictEqual([
    { pointer: "/amount", detail: "too high" },
    { pointer: "/a" },
    { detail: "b" },
    {},
  ]);
});

test("field problems without words lose them", async () => {
  const errors = [{ pointer: "", detail: "" }];
  expect((await refusedWith({ errors })).problems).toStrictEqual([{}]);
});

test.each([[undefined], [null], ["amount"], [{ pointer: "/amount" }]])(
  "field problems that are no list (%j) are none",
  async (errors) => {
    expect((await refusedWith({ errors })).problems).toStrictEqual([]);
  },
);

test("fifty field problems are kept, and no more", async () => {
  const errors = Array.from({ length: 60 }, (_, index) => ({ pointer: `/${String(index)}` }));
  expect((await refusedWith({ errors })).problems).toStrictEqual(errors.slice(0, 50));
});

test.each([[""], [5], [null], [undefined]])("a detail of %j is none", async (detail) => {
  expect((await refusedWith({ detail })).detail).toBeUndefined();
});

test.each([
  ["a card number", "4111111111111111"],
  ["the API key", `id-${testCredentials.apiKey}`],
  ["a blank", "req 1"],
])("a request id that holds %s is none, on errors and on results", async (_, id) => {
  expect((await refusedWith({}, { "x-request-id": id })).requestId).toBeUndefined();
  const client = testClient([answers(200, payment(), { "x-request-id": id })]);
  expect((await client.payments.retrieve(paymentId).withResponse()).requestId).toBeUndefined();
});

test("behind a request id that is unfit for use the next one is taken", async () => {
  const headers = { "x-request-id": "x".repeat(129), "x-correlation-id": "c".repeat(128) };
  expect((await refusedWith({}, headers)).requestId).toBe("c".repeat(128));
});
