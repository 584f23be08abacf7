import { expect, it } from "vitest";
import type { Payment } from "../../../../generated/schema.js";
import type { Context } from "../../../../src/simulator/context.js";
import { executeOperation } from "../../../../src/simulator/payments/operations.js";
import type { OperationAnswer } from "../../../../src/simulator/state/records.js";
import { createPartnerControl } from "../../../../src/simulator/payments/partners.js";
import { createPayment } from "../../../../src/simulator/payments/payments.js";
import { checkSchema } from "../contract.js";
import { createContext, splitRequest } from "../context.js";

/** An authorized payment with a card of 700 and a gift card of 300, and queued answers to captures by method. */
function authorize(answers: Partial<Record<string, OperationAnswer>> = {}): {
  context: Context;
  payment: Payment;
} {
  const { context } = createContext();
  const partners = createPartnerControl(context);
  for (const [method, answer] of Object.entries(answers)) {
    if (answer !== undefined) partners.next(answer, { kind: "capture", method });
  }
  return { context, payment: createPayment(context, splitRequest(context), undefined) };
}

it.each([
  [
    "pending",
    "pending",
    "PENDING",
    { available_to_capture: 0, total_captured: 0, available_to_refund: 0 },
    [],
  ],
  [
    "refuse",
    "refuse",
    "FAILURE",
    { available_to_capture: 1000, total_captured: 0, available_to_refund: 0 },
    [],
  ],
  [
    "refuse",
    "approve",
    "CONFLICT",
    { available_to_capture: 700, total_captured: 300, available_to_refund: 300 },
    [300],
  ],
  [
    "uncertain",
    "approve",
    "UNCERTAIN",
    { available_to_capture: 0, total_captured: 300, available_to_refund: 300 },
    [300],
  ],
  [
    "pending",
    "uncertain",
    "PENDING",
    { available_to_capture: 0, total_captured: 0, available_to_refund: 0 },
    [],
  ],
] as const)(
  "a capture with card %s and gift card %s is %s",
  (creditcard, giftcard, status, amounts, moved) => {
    const { context, payment } = authorize({ creditcard, giftcard });
    executeOperation(context, "captures", payment, { amount: 1000 });
    expect(payment.captures[0]?.status).toBe(status);
    expect(payment.amounts).toMatchObject(amounts);
    checkSchema("#/components/schemas/Payment", payment);
    const captures = context.state.ledger.filter(({ kind }) => kind === "capture");
    expect(captures.map(({ amount }) => amount)).toEqual(moved);
  },
);

it("uses each queued answer once, the oldest match first", () => {
  const { context, payment } = authorize();
  const partners = createPartnerControl(context);
  partners.next("uncertain", { kind: "refund" });
  partners.next("refuse");
  partners.next("refuse", { partner: "unknown" });
  partners.next("pending");
  for (let count = 0; count < 3; count++) executeOperation(context, "captures", payment, { amount: 10 });
  expect(payment.captures.map(({ status }) => status)).toEqual(["FAILURE", "PENDING", "SUCCESS"]);
  expect(context.state.partnerOrders.map(({ answer }) => answer)).toEqual(["uncertain", "refuse"]);
  partners.reset();
  expect(context.state.partnerOrders).toEqual([]);
});

it("keeps answers queued that apply only to other kinds", () => {
  const { context } = createContext();
  const partners = createPartnerControl(context);
  partners.next("conflict");
  partners.next("error");
  const payment = createPayment(context, splitRequest(context), undefined);
  expect(payment.authorization.status).toBe("ERROR");
  expect(context.state.partnerOrders).toEqual([{ answer: "conflict" }]);
});

it("refuses answers that do not apply to the kind", () => {
  const partners = createPartnerControl(createContext().context);
  expect(() => {
    partners.next("conflict", { kind: "authorization" });
  }).toThrow(RangeError);
  expect(() => {
    partners.next("error", { kind: "capture" });
  }).toThrow(RangeError);
});

it("refuses unknown answers", () => {
  const { context, payment } = authorize();
  const partners = createPartnerControl(context);
  const untyped = partners as unknown as Record<"next" | "settle", (...values: string[]) => void>; // As callers in JavaScript may.
  expect(() => {
    untyped.next("refused");
  }).toThrow(RangeError);
  partners.next("undecided");
  executeOperation(context, "captures", payment, { amount: 1 });
  expect(() => {
    untyped.settle(payment.captures[0]?.id ?? "", "approved");
  }).toThrow(RangeError);
  expect(payment.captures[0]?.status).toBe("PENDING");
  expect(context.state.partnerOrders).toEqual([]);
});

it("keeps its state JSON-serializable", () => {
  const { context, payment } = authorize({ creditcard: "pending" });
  executeOperation(context, "captures", payment, { amount: 10 }, "key");
  executeOperation(context, "captures", payment, { amount: 900 }, "other key");
  expect(JSON.parse(JSON.stringify(context.state))).toEqual({ ...context.state });
});
