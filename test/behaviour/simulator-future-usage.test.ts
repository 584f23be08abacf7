import { beforeEach, describe, expect, it } from "vitest";
import type { CreateClientSessionParams, CreatePaymentParams, Payment, Purse } from "../../src/index.js";
import { testAmounts, testCards } from "../../src/simulator/index.js";
import { simulateChecked } from "../support/checked.js";
import { movedBy, smallOrder, type Simulated } from "../support/simulated.js";
import { checkSchema } from "../unit/simulator/contract.js";

let simulator: Simulated["simulator"];
let purse: Purse;
beforeEach(() => {
  ({ simulator, purse } = simulateChecked());
});

async function first(
  changes: Partial<CreateClientSessionParams> = {},
  means: Parameters<Simulated["simulator"]["shopper"]["pay"]>[1] = {},
): Promise<Payment> {
  const session = await purse.clientSessions.create({ ...smallOrder, allow_future_usage: true, ...changes });
  await simulator.shopper.pay(session.id, means);
  const { payment_id: id } = await purse.clientSessions.retrieve(session.id);
  const payment = await purse.payments.retrieve(id ?? "");
  checkSchema("#/components/schemas/Payment", payment);
  return payment;
}

function later(
  split: CreatePaymentParams["split"],
  changes: Partial<CreatePaymentParams> = {},
): Promise<Payment> {
  const { amount, currency, order } = smallOrder;
  return purse.payments.create({ amount, currency, order, split, ...changes });
}

/** The card is authorized, the gift card is refused. */
function refusedByGiftCard(): Promise<Payment> {
  simulator.partners.next("refuse", { method: "giftcard" });
  const card = { partner: "dalenys", method: "creditcard", amount: 10_000 };
  const giftCard = { partner: "illicado", method: "giftcard", amount: 2000 };
  return later([card, giftCard], { allow_future_usage: true });
}

describe("a first payment", () => {
  it("of zero checks the card and charges nothing", async () => {
    const payment = await first({ amount: 0 });
    expect(payment).toMatchObject({
      amount: 0,
      authorization: { status: "AUTHORIZED" },
      overview: { consumed: "NOT", captured: "NOT", voided: "NOT", refunded: "NOT" },
    });
    expect(payment.authorization.partner_transactions[0]?.partner_token).toBeTruthy();
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("of zero is never captured", async () => {
    const payment = await first({ amount: 0, capture_mode: "AUTOMATIC" });
    expect(payment.captures).toEqual([]);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("returns a token for the card, but not for the gift card", async () => {
    const { authorization } = await first({}, { giftCardAmount: 2000 });
    const tokens = authorization.partner_transactions.map((part) => [part.method, typeof part.partner_token]);
    expect(tokens).toEqual([
      ["giftcard", "undefined"],
      ["creditcard", "string"],
    ]);
  });

  it("returns no token unless future usage is allowed", async () => {
    const { authorization } = await first({ allow_future_usage: false });
    expect(authorization.partner_transactions[0]?.partner_token).toBeUndefined();
  });
});

describe("a later payment", () => {
  it("can reuse the card repeatedly without the shopper", async () => {
    const parent = await first({ amount: 0 });
    for (const amount of [4000, 5000]) {
      const payment = await later([{ parent_payment_id: parent.id }], { amount });
      expect(payment).toMatchObject({
        authorization: { status: "AUTHORIZED" },
        split: [{ partner: "dalenys", method: "creditcard", amount, parent_payment_id: parent.id }],
      });
      expect(payment.client_session_id).toBeUndefined();
      expect(payment.authorization.partner_transactions[0]?.card?.last_four_digits).toBe("1111");
      expect(movedBy(simulator, payment.id)).toEqual({ authorization: [amount] });
    }
  });

  it("uses the card of a split parent, not the gift card", async () => {
    const parent = await first({}, { giftCardAmount: 2000 });
    const { split } = await later([{ parent_payment_id: parent.id }]);
    expect(split[0]?.method).toBe("creditcard");
    const [giftCard] = parent.authorization.partner_transactions;
    await expect(later([{ parent_partner_transaction_id: giftCard?.id ?? "" }])).rejects.toMatchObject({
      status: 400,
    });
  });

  it("can be refused like any other", async () => {
    const parent = await first();
    const amount = testAmounts.authorization.refuse;
    const order = { reference: "renewal-2", net_amount: amount };
    const payment = await later([{ parent_payment_id: parent.id }], { amount, order });
    expect(payment.authorization.status).toBe("REFUSED");
    expect(movedBy(simulator, payment.id)).toEqual({});
  });

  it.each([
    ["is unknown", () => Promise.resolve({ id: "00000000-0000-4000-8000-000000000000" })],
    ["does not allow future usage", () => first({ allow_future_usage: false })],
    ["was refused", () => first({}, { card: testCards.refused.number })],
    ["is pending", () => first({}, { card: testCards.undecided.number })],
    ["was refused by another partner", () => refusedByGiftCard()],
    ["is only a gift card", () => first({}, { giftCardAmount: smallOrder.amount })],
  ])("is refused when its parent %s", async (_what, makeParent) => {
    const parent = await makeParent();
    const before = simulator.ledger.entries();
    await expect(later([{ parent_payment_id: parent.id }])).rejects.toMatchObject({
      code: "bad_request",
      status: 400,
    });
    expect(simulator.ledger.entries()).toEqual(before);
  });

  it("with a saved card requires customer.reference", async () => {
    const split = [{ wallet_token: "wallet-token", vault_form_token: "form-token" }];
    await expect(later(split)).rejects.toMatchObject({ status: 400 });
    const payment = await later(split, { customer: { reference: "customer-1" } });
    expect(payment.authorization.status).toBe("AUTHORIZED");
  });

  it("carries at most one 3-D Secure transaction", async () => {
    const part = { amount: 6000, vault_form_token: "form-token", three_ds_server_trans_id: "transaction" };
    await expect(later([part, part])).rejects.toMatchObject({ status: 400 });
  });
});
