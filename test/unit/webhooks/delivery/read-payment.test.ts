import { beforeEach, describe, expect, test } from "vitest";
import { PurseWebhookError, type Payment } from "../../../../src/index.js";
import { failureAs } from "../../../support/failures.js";
import { answers } from "../../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../../support/test-client.js";
import { createReceivers, type Receivers } from "../../../support/webhook-receiver.js";
import { delivery, runToAnswer, statedPayment, webhookSecret } from "../../../support/webhooks.js";

let receivers: Receivers;
beforeEach(() => {
  receivers = createReceivers();
});

const problem = { type: "about:blank", title: "Service unavailable", status: 503 };
const amounts = { total_authorized: 1000, total_captured: 400, total_refunded: 0, total_voided: 0 };

/** What a gateway, a cache or a fault can answer with status 200 instead of the payment. */
const others: readonly [string, unknown][] = [
  ["an empty object", {}],
  ["a problem", problem],
  ["a problem that names the payment as its instance", { ...problem, instance: "payment-1" }],
  ["another payment", statedPayment({ id: "payment-2", version: 9 })],
  ["a payment without an id", statedPayment({ id: undefined, version: 9 })],
  ["an id that is no text", statedPayment({ id: 1, version: 9 })],
  ["an id and nothing else", { id: "payment-1" }],
  ["a payment without its authorization", statedPayment({ version: 9, authorization: undefined })],
  ["a payment without its authorization's status", statedPayment({ version: 9, authorization: {} })],
  ["a payment without its amounts", statedPayment({ version: 9, amounts: undefined })],
  ["a payment without any total", statedPayment({ version: 9, amounts: {} })],
  [
    "a payment that lacks a total",
    statedPayment({ version: 9, amounts: { ...amounts, total_captured: undefined } }),
  ],
  [
    "a payment with a total in words",
    statedPayment({ version: 9, amounts: { ...amounts, total_voided: "1000" } }),
  ],
  ["a payment with a list of totals", statedPayment({ version: 9, amounts: [1000, 400] })],
  ["nothing", null],
  ["a list", [statedPayment({ version: 9 })]],
  ["text", "payment-1"],
];

describe.each(others)("a service that answers with %s", (_, answer) => {
  test("makes the sender come again, and no event is told of it or because of it", async () => {
    const { reader, handled, told, create, statusOf } = receivers;
    const receive = create();
    reader.answer = () => statedPayment({ amounts });
    expect(await statusOf(receive())).toBe(200);

    reader.answer = () => answer as Payment; // As a service may answer; that it is none is the case here.
    const response = await runToAnswer(receivers.clock, receive());
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(told).toMatchObject([[{ reason: "read_back_failed" }, { status: 503, paymentId: "payment-1" }]]);

    reader.answer = () => statedPayment({ version: 2, amounts: { ...amounts, total_refunded: 1 } });
    expect(await statusOf(receive())).toBe(200);
    expect(handled.map(({ event }) => event.changes)).toEqual([["authorized", "captured"], ["refunded"]]);
  });
});

describe("purse.webhooks.receive", () => {
  const read = (...steps: Parameters<typeof testClient>[0]): Promise<PurseWebhookError> => {
    const client = testClient(steps);
    const request = delivery({ body: { id: paymentId } });
    const received = client.webhooks.receive(request, { secrets: [webhookSecret] });
    return failureAs(PurseWebhookError, runToAnswer(client.clock, received));
  };

  test.each([
    ["an empty object", {}],
    ["a problem", problem],
    ["another payment", payment({ id: "f3b0a8b2-3c0e-4a9e-9b7e-0c1d2e3f4a5b" })],
  ])("is refused for now when the service answers with %s", async (_, answer) => {
    expect(await read(answers(200, answer))).toMatchObject({
      reason: "read_back_failed",
      status: 503,
      retryAfterMs: 30_000,
    });
  });

  test.each([400, 422, 410, 409])("is refused for now when the service answers with %d", async (status) => {
    const error = await read(answers(status), answers(status), answers(status));
    expect([error.reason, error.status]).toEqual(["read_back_failed", 503]);
  });

  test("is refused for good when the service answers with 404, and only then", async () => {
    const error = await read(answers(404));
    expect([error.reason, error.status, error.retryAfterMs]).toEqual(["payment_unknown", 400, undefined]);
  });
});
