import { beforeEach, describe, expect, it } from "vitest";
import { capturePayment, createPayment, refundPayment, voidPayment } from "../../generated/operations.js";
import type { CreatePaymentRequest, Payment, Problem, SplitRequest } from "../../generated/schema.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { connect, type Caller } from "../unit/simulator/caller.js";

const card = { partner: "dalenys", method: "creditcard" };
const gift = { partner: "illicado", method: "giftcard" };

let simulator: Simulator;
let caller: Caller;
beforeEach(async () => {
  simulator = createSimulator();
  caller = await connect(simulator);
});

function send(split: SplitRequest[], changes: Partial<CreatePaymentRequest> = {}): Promise<Response> {
  const body: CreatePaymentRequest = {
    entity_id: simulator.entityId,
    amount: 1000,
    currency: "EUR",
    order: { reference: "o", net_amount: 1000 },
    split,
    ...changes,
  };
  return caller.call(createPayment, { body, key: "same-key" });
}

async function create(split: SplitRequest[], changes?: Partial<CreatePaymentRequest>): Promise<Payment> {
  const response = await send(split, changes);
  expect(response.status).toBe(200);
  return (await response.json()) as Payment;
}

async function pointerOf(response: Response): Promise<unknown> {
  expect(response.status).toBe(400);
  return ((await response.json()) as Problem).errors?.[0]?.pointer;
}

describe("a split payment", () => {
  const shares = (transactions: Payment["captures"][number]["partner_transactions"] | undefined): unknown =>
    transactions?.map(({ method, amount }) => [method, amount]);

  it("is authorized in parts", async () => {
    const payment = await create([
      { ...card, amount: 700 },
      { ...gift, amount: 300 },
    ]);
    expect(payment.authorization.status).toBe("AUTHORIZED");
    expect(payment.split).toEqual([
      { ...card, amount: 700 },
      { ...gift, amount: 300 },
    ]);
    expect(payment.authorization.partner_transactions.map(({ amount }) => amount)).toEqual([700, 300]);
    expect(payment.client_session_id).toBeUndefined();
    expect(simulator.ledger.entries()).toMatchObject([
      { kind: "authorization", amount: 1000, idempotencyKey: "same-key" },
    ]);
  });

  it("captures gift cards first and refunds cards first", async () => {
    const { id } = await create([
      { ...card, amount: 700 },
      { ...gift, amount: 300 },
    ]);
    expect(shares((await caller.operate(capturePayment, id, 400)).captures[0]?.partner_transactions)).toEqual(
      [
        ["giftcard", 300],
        ["creditcard", 100],
      ],
    );
    await caller.operate(capturePayment, id, 500);
    const refunded = await caller.operate(refundPayment, id, 650);
    expect(shares(refunded.refunds[0]?.partner_transactions)).toEqual([
      ["creditcard", 100],
      ["creditcard", 500],
      ["giftcard", 50],
    ]);
    const voided = await caller.operate(voidPayment, id, 100);
    expect(voided.authorization.partner_transactions.map((part) => part.remaining_amount)).toEqual([0, 0]);
    expect(voided.amounts).toMatchObject({
      total_captured: 900,
      total_voided: 100,
      available_to_refund: 250,
    });
  });

  it("gives the remainder to the part without an amount", async () => {
    const payment = await create([{ ...gift, amount: 300 }, card]);
    expect(payment.split[1]?.amount).toBe(700);
  });

  it("must add up to the amount", async () => {
    expect(await pointerOf(await send([{ ...card, amount: 999 }]))).toBe("/split");
    expect(await pointerOf(await send([{ ...card, amount: 1001 }]))).toBe("/split");
    expect(await pointerOf(await send([card, gift]))).toBe("/split");
    expect(await pointerOf(await send([{ ...gift, amount: 1001 }, card]))).toBe("/split");
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("requires a partner and a method, except for cards", async () => {
    const sendAny = send as (split: object[]) => Promise<Response>; // As untyped callers may.
    expect(await pointerOf(await sendAny([{ method: "creditcard" }]))).toBe("/split/0");
    expect(await pointerOf(await sendAny([{ ...gift, amount: 1 }, { partner: "x" }]))).toBe("/split/1");
    expect(await pointerOf(await sendAny([{ ...gift, amount: "1" }]))).toBe("/split/0/amount");
    expect((await create([{ vault_form_token: "token" }])).split[0]).toEqual({ ...card, amount: 1000 });
  });
});

describe("a payment that reuses another", () => {
  it("takes partner, method and card from its parent", async () => {
    const parent = await caller.pay({ allow_future_usage: true });
    const [transaction] = parent.authorization.partner_transactions;
    for (const part of [
      { parent_payment_id: parent.id },
      { parent_partner_transaction_id: transaction?.id ?? "" },
      { parent_partner_token: transaction?.partner_token ?? "" },
      {
        parent_partner_token: transaction?.partner_token ?? "",
        parent_partner_reference: transaction?.partner_reference ?? "",
      },
    ]) {
      const payment = await create([part]);
      expect(payment.split).toEqual([{ ...card, amount: 1000, ...part }]);
      expect(payment.authorization.partner_transactions[0]?.card).toEqual(transaction?.card);
    }
  });

  it("requires an existing parent that allows future usage", async () => {
    const parent = await caller.pay();
    expect(await pointerOf(await send([{ parent_payment_id: parent.id }]))).toBe(
      "/split/0/parent_payment_id",
    );
    expect(await pointerOf(await send([{ parent_partner_token: "none" }]))).toBe(
      "/split/0/parent_partner_token",
    );
    expect(simulator.ledger.entries()).toHaveLength(1);
  });
});

it("is captured immediately with automatic capture", async () => {
  const payment = await create([card], { capture_mode: "AUTOMATIC" });
  expect(payment).toMatchObject({ version: 2, captures: [{ amount: 1000, triggered_by: "MERCHANT" }] });
});

it("is created again when the key is repeated, because no key is documented here", async () => {
  await create([card]);
  await create([card]);
  expect(simulator.ledger.entries()).toHaveLength(2);
});

it("must not exceed its order or be zero", async () => {
  expect(await pointerOf(await send([card], { amount: 1001 }))).toBe("/amount");
  expect(await pointerOf(await send([card], { amount: 0 }))).toBe("/amount");
});
