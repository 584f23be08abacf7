import { expect, it } from "vitest";
import type { KnownOperationStatus } from "../../../generated/enums.js";
import type { CreatePaymentRequest, Payment } from "../../../generated/schema.js";
import type { Context } from "../../../src/simulator/context.js";
import { operate } from "../../../src/simulator/operations.js";
import { createPayment } from "../../../src/simulator/payments.js";
import { createSigningKeys } from "../../../src/simulator/redirection-signing.js";
import { createState } from "../../../src/simulator/state.js";
import { checkSchema } from "./contract.js";

const entityId = "8f093776-fb6d-41ef-b0f9-e6c49ab1fb0a";

/** A card of 700 and a gift card of 300, at partners that end each share as told. */
function authorize(outcomes: Partial<Record<string, KnownOperationStatus>>): {
  context: Context;
  payment: Payment;
} {
  const context: Context = {
    settings: {
      clientId: "",
      clientSecret: "",
      apiKey: "",
      requireApiKey: false,
      entityId,
      tokenLifetimeSeconds: 1,
      sessionLifetimeMs: 1,
    },
    state: createState(),
    clock: { nowMs: () => 0 },
    partners: { operate: ({ method }) => outcomes[method] ?? "SUCCESS" },
    signingKeys: createSigningKeys(),
    webhooks: { notify: () => undefined, idle: () => Promise.resolve(), close: () => Promise.resolve() },
    baseUrl: () => "",
  };
  const request: CreatePaymentRequest = {
    entity_id: entityId,
    amount: 1000,
    currency: "EUR",
    order: { reference: "o", net_amount: 1000 },
    split: [
      { partner: "dalenys", method: "creditcard", amount: 700 },
      { partner: "illicado", method: "giftcard" },
    ],
  };
  return { context, payment: createPayment(context, request, undefined) };
}

it.each([
  [
    "PENDING",
    "PENDING",
    "PENDING",
    { available_to_capture: 0, total_captured: 0, available_to_refund: 0 },
    [],
  ],
  [
    "FAILURE",
    "FAILURE",
    "FAILURE",
    { available_to_capture: 1000, total_captured: 0, available_to_refund: 0 },
    [],
  ],
  [
    "FAILURE",
    "SUCCESS",
    "CONFLICT",
    { available_to_capture: 700, total_captured: 300, available_to_refund: 300 },
    [300],
  ],
  [
    "UNCERTAIN",
    "SUCCESS",
    "CONFLICT",
    { available_to_capture: 0, total_captured: 300, available_to_refund: 300 },
    [300],
  ],
] as const)(
  "a capture with card %s and gift card %s is %s",
  (creditcard, giftcard, status, amounts, moved) => {
    const { context, payment } = authorize({ creditcard, giftcard });
    operate(context, "captures", payment, { amount: 1000 });
    expect(payment.captures[0]?.status).toBe(status);
    expect(payment.amounts).toMatchObject(amounts);
    checkSchema("#/components/schemas/Payment", payment);
    const captures = context.state.ledger.filter(({ kind }) => kind === "capture");
    expect(captures.map(({ amount }) => amount)).toEqual(moved);
  },
);

it("keeps a state that JSON can hold", () => {
  const { context, payment } = authorize({});
  operate(context, "captures", payment, { amount: 10 }, "key");
  expect(JSON.parse(JSON.stringify(context.state))).toEqual({ ...context.state });
});
