import { describe, expect, it } from "vitest";
import { createSession, showSession } from "../../../../src/simulator/payments/client-sessions.js";
import type { Context } from "../../../../src/simulator/context.js";
import { createPaymentLink, openPaymentLink } from "../../../../src/simulator/payments/payment-links.js";
import { createPayment, paySession } from "../../../../src/simulator/payments/payments.js";
import { Refusal } from "../../../../src/simulator/protocol/problems.js";
import type { SessionRecord } from "../../../../src/simulator/state/records.js";
import { testCards } from "../../../../src/simulator/partners/test-cards.js";
import { runDue } from "../../../../src/simulator/timeline.js";
import { checkSchema } from "../contract.js";
import { createContext, splitRequest } from "../context.js";

const orderOf = ({ settings }: Context): Parameters<typeof createPaymentLink>[1] => ({
  entity_id: settings.entityId,
  amount: 1000,
  currency: "EUR",
  order: { reference: "order-1", net_amount: 1000 },
  shopper_redirection_url: "https://shop.example/return",
});

describe("a parent", () => {
  it("of another entity is treated as unknown", () => {
    const { context } = createContext();
    const own = createPayment(context, splitRequest(context, { allow_future_usage: true }), undefined);
    const foreignId = "5b0a8a0c-5a53-4ad0-8c3e-0d9d8e7f6a5b";
    context.state.payments[foreignId] = {
      ...structuredClone(own),
      id: foreignId,
      entity_id: "5e3a0862-7cc3-4427-92ba-9e1e9595f571",
    };
    const reuse = (id: string): unknown =>
      createPayment(context, splitRequest(context, { split: [{ parent_payment_id: id }] }), undefined);
    expect(() => reuse(foreignId)).toThrow("There is no such earlier payment.");
    expect(context.state.ledger).toHaveLength(1);
    reuse(own.id);
    expect(context.state.ledger).toHaveLength(2);
  });
});

it("a session expires on time, even before its job has run", () => {
  const { context, moveTo } = createContext();
  const session = createSession(context, orderOf(context));
  moveTo(context.settings.sessionLifetimeMs);
  expect(() => paySession(context, session, testCards.approved, "")).toThrow(Refusal);
  expect(showSession(context, session).status).toBe("EXPIRED");
  expect(context.state.ledger).toEqual([]);
});

describe("a gift card on the page", () => {
  const start = (): { context: Context; session: SessionRecord } => {
    const { context } = createContext();
    return { context, session: createSession(context, orderOf(context)) };
  };

  it.each([
    [0, ["creditcard", 1000]],
    [1, ["giftcard", 1, "creditcard", 999]],
    [1000, ["giftcard", 1000]],
  ])("of %i leaves the rest to the card", (amount, parts) => {
    const { context, session } = start();
    const payment = paySession(context, session, testCards.approved, "Test Shopper", amount);
    expect(payment.split.flatMap((part) => [part.method, part.amount])).toEqual(parts);
    checkSchema("#/components/schemas/Payment", payment);
  });

  it.each([-1, 1001, 0.5, Number.NaN])("of %d is refused, and the session stays open", (amount) => {
    const { context, session } = start();
    expect(() => paySession(context, session, testCards.approved, "", amount)).toThrow(Refusal);
    expect(session.status).toBe("CREATED");
    expect(context.state.ledger).toEqual([]);
  });
});

describe("a payment link", () => {
  it("shows the same session until it has failed", () => {
    const { context } = createContext();
    const { id = "" } = createPaymentLink(context, orderOf(context));
    const first = openPaymentLink(context, id);
    expect(openPaymentLink(context, id)).toBe(first);
    if (first === undefined) throw new Error("no session");
    paySession(context, first, testCards.refused, "");
    const second = openPaymentLink(context, id);
    expect(second?.id).not.toBe(first.id);
    if (second === undefined) throw new Error("no session");
    paySession(context, second, testCards.approved, "");
    expect(openPaymentLink(context, id)).toBe(second);
  });

  it("opens no new session after it has expired, but keeps an open one", () => {
    const { context, moveTo } = createContext();
    const { paymentLinkLifetimeMs, sessionLifetimeMs } = context.settings;
    const { id = "" } = createPaymentLink(context, orderOf(context));
    moveTo(paymentLinkLifetimeMs - 1);
    runDue(context);
    const session = openPaymentLink(context, id);
    expect(session).toBeDefined();
    moveTo(paymentLinkLifetimeMs);
    runDue(context);
    expect(openPaymentLink(context, id)).toBe(session);
    moveTo(paymentLinkLifetimeMs + sessionLifetimeMs);
    runDue(context);
    expect(openPaymentLink(context, id)).toBeUndefined();
  });
});

it("webhooks of a payment have increasing versions", () => {
  const { context, notified, moveTo } = createContext();
  const answers = ["pending", "pending_then_refuse"] as const;
  for (const answer of answers) context.state.partnerOrders.push({ answer });
  createPayment(context, splitRequest(context), undefined);
  expect(notified).toEqual([["authorization", 1]]);
  moveTo(context.settings.settlementDelayMs);
  runDue(context);
  expect(notified).toEqual([
    ["authorization", 1],
    ["authorization", 2],
    ["authorization", 3],
  ]);
});
