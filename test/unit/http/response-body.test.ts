import { expect, test } from "vitest";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { PurseUnreadableResponseError } from "../../../src/errors/unreadable-response-error.js";
import { PurseServerError, PurseApiError } from "../../../src/errors/api-error.js";
import { maxAnswerBytes, readBody } from "../../../src/http/response-body.js";
import { failureAs, rejectionOf } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { answers, type Step } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../support/test-client.js";

const chunk = new Uint8Array(1024 * 1024).fill(0x20);

/** A body of so many MiB of blanks, and what became of it. */
function blanks(mebibytes: number): {
  body: ReadableStream<Uint8Array>;
  sent: () => number;
  cancelled: () => boolean;
} {
  let sent = 0;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === mebibytes) {
        controller.close();
      } else {
        sent += 1;
        controller.enqueue(chunk);
      }
    },
    cancel() {
      isCancelled = true;
    },
  });
  return { body, sent: () => sent, cancelled: () => isCancelled };
}

test.each([
  ["HTML", "<html><body>Bad gateway</body></html>", "not_json"],
  ["nothing", "", "empty"],
  ["blanks", " \r\n\t", "empty"],
  ["an array", "[1]", "not_an_object"],
  ["text", '"paid"', "not_an_object"],
  ["null", "null", "not_an_object"],
  ["a number", "200", "not_an_object"],
  ["an object that is cut off", '{"id":"9a14', "not_json"],
  ["an object and more", '{"id":"1"}{"id":"2"}', "not_json"],
])("a successful read with %s in its body is an error of its own kind", async (_, body, reason) => {
  const client = testClient([answers(200, body, { "x-request-id": "req-1" })], {
    options: { maxRetries: 0 },
  });
  const error = await failureAs(PurseUnreadableResponseError, client.payments.retrieve(paymentId));
  expect(error).toMatchObject({ reason, status: 200, requestId: "req-1" });
  expect(error.message).not.toContain("<html>");
});

test("an empty 204 to a POST is unknown", async () => {
  const client = testClient([answers(204)], { options: { maxRetries: 0 } });
  const error = await failureAs(PurseOutcomeUnknownError, client.payments.capture(paymentId, { amount: 1 }));
  expect(error.reason).toBe("unreadable_answer");
});

test.each([
  ["without a declared length", {}],
  ["with a length that lies", { "content-length": "10" }],
  ["with an empty length", { "content-length": "" }],
  ["with a negative length", { "content-length": "-1" }],
  ["with its true length", { "content-length": String(17 * chunk.length) }],
  ["unpacked on the way", { "content-length": "10", "content-encoding": "gzip" }],
])("a body that is too large is not read to its end: %s", async (_, headers) => {
  const { body, sent, cancelled } = blanks(100);
  const client = testClient([() => Promise.resolve(new Response(body, { headers }))]);
  const error = await failureAs(PurseUnreadableResponseError, client.payments.retrieve(paymentId));
  expect(error.reason).toBe("too_large");
  expect(sent()).toBeLessThan(20);
  expect(cancelled()).toBe(true);
  expect(client.sent).toHaveLength(1);
});

test("an answer that is too large leaves a POST unknown, without another attempt", async () => {
  const { body } = blanks(17);
  const client = testClient([() => Promise.resolve(new Response(body))]);
  const error = await failureAs(PurseOutcomeUnknownError, client.payments.capture(paymentId, { amount: 1 }));
  expect(error).toMatchObject({ reason: "unreadable_answer", attempts: 1 });
});

test("an answer of exactly 16 MiB is read", async () => {
  const frame = '{"pad":""}';
  const text = `{"pad":"${"x".repeat(maxAnswerBytes - frame.length)}"}`;
  expect(await readBody(new Response(text))).toMatchObject({ kind: "object" });
  expect(await readBody(new Response(`${text} `))).toEqual({ kind: "unreadable", reason: "too_large" });
});

test("characters split between chunks come out whole", async () => {
  const bytes = new TextEncoder().encode('{"name":"Zoë 😀"}');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await readBody(new Response(body))).toEqual({ kind: "object", value: { name: "Zoë 😀" } });
});

test.each(["text/plain", "text/html; charset=utf-8", "application/octet-stream", "application/problem+json"])(
  "JSON is read as JSON though it is called %s",
  async (type) => {
    const client = testClient([answers(200, JSON.stringify(payment()), { "content-type": type })]);
    await expect(client.payments.retrieve(paymentId)).resolves.toMatchObject({ id: paymentId });
  },
);

test.each(['{"__proto__":{"admin":true},"id":"1"}', '{"\\u005f_proto__":{"admin":true},"id":"1"}'])(
  "a member called __proto__ is dropped: %s",
  async (text) => {
    const client = testClient([answers(200, text)]);
    const data = await client.payments.retrieve(paymentId);
    expect(Object.getOwnPropertyNames(data)).toEqual(["id"]);
    expect((data as { admin?: boolean }).admin).toBeUndefined();
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  },
);

test("fields, values and types that the spec does not know are passed on", async () => {
  const odd = { id: 5, novelty: { deep: [1] }, captures: "none", authorization: { status: "BRAND_NEW" } };
  const client = testClient([answers(200, odd), answers(200, {})]);
  expect(await client.payments.retrieve(paymentId)).toEqual(odd);
  expect(await client.payments.capture(paymentId, { amount: 1 })).toEqual({});
});

test.each([300, 301, 302, 303, 307, 308])("a redirect with status %d is not followed", async (status) => {
  const client = testClient([answers(status, null, { location: "https://evil.example/" })]);
  const error = await failureAs(PurseApiError, client.payments.retrieve(paymentId));
  expect(error.status).toBe(status);
  expect(client.sent).toHaveLength(1);
});

test("a redirect that the runtime hides is an answer without meaning to a read, and doubt to a POST", async () => {
  // Some runtimes show it with status 0, no headers and no body.
  const hidden: Step = () => Promise.resolve(Response.error());
  const client = testClient([hidden, hidden]);
  const error = await failureAs(PurseApiError, client.payments.retrieve(paymentId));
  expect(error).toMatchObject({ code: "api", status: 0 });
  const unknown = failureAs(PurseOutcomeUnknownError, client.payments.capture(paymentId, { amount: 1 }));
  expect(await unknown).toMatchObject({ reason: "redirected", attempts: 1 });
});

test.each([302, 307])("a redirected POST (%d) is unknown and goes nowhere else", async (status) => {
  const client = testClient([answers(status, null, { location: "https://evil.example/" })]);
  const error = await failureAs(PurseOutcomeUnknownError, client.payments.capture(paymentId, { amount: 1 }));
  expect(error).toMatchObject({ reason: "redirected", attempts: 1 });
  expect(client.sent.map(({ url }) => new URL(url).host)).toEqual(["purse.test"]);
});

test("a body that breaks off counts as a lost connection", async () => {
  const breaksOff: Step = () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(Object.assign(new TypeError("terminated"), { code: "ECONNREFUSED" }));
      },
    });
    return Promise.resolve(new Response(body));
  };
  const client = testClient([breaksOff, breaksOff, breaksOff, breaksOff]);
  const capture = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 1 }));
  expect((await failureAs(PurseOutcomeUnknownError, capture)).reason).toBe("connection_lost");
  const create = client.payments.create({
    amount: 1,
    currency: "EUR",
    order: { reference: "1", net_amount: 1 },
    split: [],
  });
  await failureAs(PurseOutcomeUnknownError, create);
  expect(client.sent).toHaveLength(4);
});

test("an error status with HTML keeps its meaning", async () => {
  const client = testClient([answers(502, "<html>")], { options: { maxRetries: 0 } });
  const error = await failureAs(PurseServerError, client.payments.retrieve(paymentId));
  expect(error).toMatchObject({ status: 502 });
  expect(error.problem).toBeUndefined();
});

test.each(["x-request-id", "request-id", "x-correlation-id"])(
  "the request id is read from %s",
  async (name) => {
    const client = testClient([
      answers(200, payment(), { [name]: "req-1" }),
      answers(404, {}, { [name]: "req-2" }),
    ]);
    expect((await client.payments.retrieve(paymentId).withResponse()).requestId).toBe("req-1");
    expect(await rejectionOf(client.payments.retrieve(paymentId))).toMatchObject({ requestId: "req-2" });
  },
);

test("a request id that is unfit for logs is left out", async () => {
  const client = testClient([answers(200, payment(), { "x-request-id": "x".repeat(129) })]);
  expect((await client.payments.retrieve(paymentId).withResponse()).requestId).toBeUndefined();
});
