import { expect, test } from "vitest";
import {
  PurseInvalidArgumentError,
  PurseWebhookError,
  type ReceiveWebhookOptions,
} from "../../../../src/index.js";
import { failureAs, failureOf, renderingsOf } from "../../../support/failures.js";
import { answers, fails, hangs, type Step } from "../../../support/stub-fetch.js";
import { payment, paymentId, testClient, type TestClient } from "../../../support/test-client.js";
import { delivery, runToAnswer, webhookSecret, type DeliveryParts } from "../../../support/webhooks.js";

const options: ReceiveWebhookOptions = { secrets: [webhookSecret] };
const genuine = { body: { id: paymentId } };

async function refusalOf(
  parts: DeliveryParts | Request,
  steps: readonly Step[] = [answers(200, payment())],
  given: Partial<ReceiveWebhookOptions> = {},
): Promise<PurseWebhookError & { client: TestClient }> {
  const client = testClient(steps);
  const request = parts instanceof Request ? parts : delivery(parts);
  const call = runToAnswer(client.clock, client.webhooks.receive(request, { ...options, ...given }));
  return Object.assign(await failureAs(PurseWebhookError, call), { client });
}

test("the payment is the service's, not what the delivery says", async () => {
  const client = testClient([answers(200, payment({ version: 7, amount: 4299 }))]);
  const forged = { body: { ...payment({ id: paymentId, version: 9, amount: 1 }), status: "PAID" } };
  const received = await client.webhooks.receive(delivery(forged), options);
  expect(received).toEqual({
    id: paymentId,
    version: 7,
    announcedVersion: 9,
    payment: payment({ version: 7, amount: 4299 }),
  });
  // Fresh from the partners: nothing allows an older answer.
  expect(client.sent.map(({ method, path }) => [method, path])).toEqual([
    ["GET", `/payment/v2/payments/${paymentId}`],
  ]);
  expect(client.sent[0]?.headers.get("cache-control")).toBeNull();
});

test("versions that are no numbers are left out", async () => {
  const client = testClient([answers(200, payment({ version: "7" }))]);
  const received = await client.webhooks.receive(
    delivery({ body: { id: paymentId, version: "8" } }),
    options,
  );
  expect(Object.keys(received).sort()).toEqual(["id", "payment"]);
});

const large = 1024 * 1024;
const refused: readonly [string, number, string, DeliveryParts][] = [
  ["method_not_allowed", 405, "GET", { method: "GET" }],
  ["method_not_allowed", 405, "PUT", { method: "PUT" }],
  ["content_type_unsupported", 415, "no content type", { headers: { "content-type": "" } }],
  [
    "content_type_unsupported",
    415,
    "a form",
    { headers: { "content-type": "application/x-www-form-urlencoded" } },
  ],
  [
    "content_type_unsupported",
    415,
    "text",
    { headers: { "content-type": "text/plain; a=application/json" } },
  ],
  ["content_type_unsupported", 415, "almost JSON", { headers: { "content-type": "application/jsonp" } }],
  ["secret_wrong", 401, "another secret", { headers: { "x-purse-webhook-secret": "x".repeat(20) } }],
  ["secret_wrong", 401, "no secret", { headers: { "x-purse-webhook-secret": "" } }],
  [
    "secret_wrong",
    401,
    "a secret twice",
    { headers: { "x-purse-webhook-secret": `${webhookSecret}, ${webhookSecret}` } },
  ],
  ["body_too_large", 413, "a large body", { body: " ".repeat(large + 1) }],
  ["body_invalid", 400, "no body", { body: null }],
  ["body_invalid", 400, "broken JSON", { body: '{"id":"x"' }],
  ["body_invalid", 400, "an array", { body: `[{"id":"${paymentId}"}]` }],
  ["body_invalid", 400, "null", { body: "null" }],
  ["body_invalid", 400, "no id", { body: {} }],
  ["body_invalid", 400, "an empty id", { body: { id: "" } }],
  ["body_invalid", 400, "a number as id", { body: { id: 5 } }],
  ["body_invalid", 400, "an inherited id", { body: `{"__proto__":{"id":"${paymentId}"}}` }],
  ["body_invalid", 400, "a path as id", { body: { id: "../client-sessions/x" } }],
  ["body_invalid", 400, "dots as id", { body: { id: ".." } }],
  ["body_invalid", 400, "encoded dots as id", { body: { id: "%2e%2e" } }],
  ["body_invalid", 400, "a line break in the id", { body: { id: "a\nb" } }],
  ["body_invalid", 400, "a very long id", { body: { id: "x".repeat(256) } }],
];

test.each(refused)("%s (%d): %s", async (reason, status, _, parts) => {
  const error = await refusalOf(parts);
  expect({ reason: error.reason, status: error.status, code: error.code }).toEqual({
    reason,
    status,
    code: "webhook",
  });
  expect(error.client.sent).toHaveLength(0);
});

test.each(["application/json", "Application/JSON; charset=utf-8", "application/vnd.purse+json"])(
  "%s is JSON",
  async (contentType) => {
    const client = testClient([answers(200, payment())]);
    const request = delivery({ ...genuine, headers: { "content-type": contentType } });
    await expect(client.webhooks.receive(request, options)).resolves.toMatchObject({ id: paymentId });
  },
);

test("nothing of the body is read before the secret is known to be right", async () => {
  const request = delivery({ ...genuine, headers: { "x-purse-webhook-secret": "wrong" } });
  await refusalOf(request);
  expect(request.bodyUsed).toBe(false);
});

test("a body of exactly the limit is read, one byte more is not", async () => {
  const body = JSON.stringify({ id: paymentId });
  const client = testClient([answers(200, payment())]);
  const received = client.webhooks.receive(delivery({ body }), { ...options, maxBytes: body.length });
  await expect(received).resolves.toMatchObject({ id: paymentId });
  const error = await refusalOf({ body }, [], { maxBytes: body.length - 1 });
  expect(error.reason).toBe("body_too_large");
});

/** A delivery whose body comes chunk by chunk, and says how many were taken. */
function streamed(
  chunks: number,
  headers: Record<string, string> = {},
): { request: Request; taken: () => number } {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken += 1;
      if (taken > chunks) controller.close();
      else controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { "content-type": "application/json", "x-purse-webhook-secret": webhookSecret, ...headers },
    body,
    duplex: "half",
  };
  return { request: new Request("https://shop.example/purse", init), taken: () => taken };
}

test("an endless body is not read to its end, even with a small declared length", async () => {
  const { request, taken } = streamed(10_000, { "content-length": "20" });
  expect((await refusalOf(request)).reason).toBe("body_too_large");
  expect(taken()).toBeLessThan(30);
});

test("a body that declares too much is not read at all", async () => {
  const { request, taken } = streamed(1, { "content-length": String(large + 1) });
  expect((await refusalOf(request)).reason).toBe("body_too_large");
  expect(taken()).toBeLessThanOrEqual(1); // The stream's own look ahead.
});

test("a body that breaks off is unreadable", async () => {
  const body = new ReadableStream({
    pull() {
      throw new Error("connection reset");
    },
  });
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { "content-type": "application/json", "x-purse-webhook-secret": webhookSecret },
    body,
    duplex: "half",
  };
  const error = await refusalOf(new Request("https://shop.example/purse", init));
  expect([error.reason, error.status]).toEqual(["body_unreadable", 400]);
});

test("a body that was read before is a fault of the receiver", async () => {
  const request = delivery(genuine);
  await request.text();
  const error = await refusalOf(request);
  expect([error.reason, error.status]).toEqual(["body_consumed", 500]);
});

test("a payment that the service does not know is unknown for good", async () => {
  const error = await refusalOf(genuine, [answers(404)]);
  expect([error.reason, error.status, error.retryAfterMs]).toEqual(["payment_unknown", 400, undefined]);
});

test("a payment that goes by another spelling of the id is unknown", async () => {
  const error = await refusalOf({ body: { id: paymentId.toUpperCase() } });
  expect(error.reason).toBe("payment_unknown");
});

const passing: readonly [string, Step][] = [
  ["a server error", answers(500)],
  ["a lost connection", fails("ECONNRESET")],
  ["an unreadable answer", answers(200, "<html>")],
  ["refused credentials", answers(401)],
  ["a missing permission", answers(403)],
];

test.each(passing)("%s while reading back asks the sender to come again", async (_, step) => {
  const error = await refusalOf(genuine, [step, step, step, step]);
  expect([error.reason, error.status, error.retryAfterMs]).toEqual(["read_back_failed", 503, 30_000]);
  expect(error.cause).toMatchObject({ name: expect.stringMatching(/^Purse/) as string });
});

test("a rate limit's own wish is passed on", async () => {
  const error = await refusalOf(genuine, [answers(429, null, { "retry-after": "120" })]);
  expect([error.status, error.retryAfterMs]).toEqual([503, 120_000]);
});

test("reading back takes no longer than its deadline", async () => {
  const client = testClient([hangs(), hangs(), hangs()]);
  const startMs = client.clock.monotonicMs();
  const call = client.webhooks.receive(delivery(genuine), { ...options, deadlineMs: 3000 });
  expect((await failureAs(PurseWebhookError, runToAnswer(client.clock, call))).reason).toBe(
    "read_back_failed",
  );
  expect(client.clock.monotonicMs() - startMs).toBe(3000);
  expect(client.clock.pendingTimers()).toBe(0);
});

test("no rendering of a refusal shows the secret or the body", async () => {
  const planted = "planted-in-the-body";
  for (const parts of [
    { body: `{"${planted}` },
    { body: { id: `${planted}/` } },
    { body: { id: planted }, headers: { "x-purse-webhook-secret": planted } },
    { body: { id: paymentId, planted } },
  ]) {
    const error = await refusalOf(parts, [answers(404, { detail: webhookSecret, title: planted })]);
    expect(renderingsOf(error)).not.toContain(planted);
    expect(renderingsOf(error)).not.toContain(webhookSecret);
  }
});

test("a second secret, and a header of another name, are accepted", async () => {
  const client = testClient([answers(200, payment()), answers(200, payment())]);
  const both = { secrets: ["the-new-secret-of-the-shop", webhookSecret] };
  for (const given of both.secrets) {
    const request = delivery({ ...genuine, headers: { "x-purse-webhook-secret": "", "x-mine": given } });
    const received = client.webhooks.receive(request, { ...both, headerName: "X-Mine" });
    await expect(received).resolves.toMatchObject({ id: paymentId });
  }
});

test.each([
  [undefined],
  [{}],
  [{ secrets: [] }],
  [{ secrets: ["short"] }],
  [{ ...options, maxBytes: 0 }],
  [{ ...options, maxBytes: 1.5 }],
  [{ ...options, maxBytes: "1" }],
  [{ ...options, deadlineMs: Infinity }],
  [{ ...options, headerName: "a b" }],
  [{ ...options, header_name: "x-shop" }],
  [{ ...options, secret: webhookSecret }],
  [{ ...options, timeoutMs: undefined }],
  [[webhookSecret]],
  [new Map(Object.entries(options))],
  [Object.create(options)],
])("the options %j are refused as an argument, not as a delivery", async (given) => {
  const call = testClient([]).webhooks.receive(delivery(genuine), given as ReceiveWebhookOptions);
  expect(await failureOf(call)).toBeInstanceOf(PurseInvalidArgumentError);
});
