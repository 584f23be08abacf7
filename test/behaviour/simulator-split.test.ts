import { beforeEach, describe, expect, it } from "vitest";
import type { CreatePaymentParams, Payment, Purse } from "../../src/index.js";
import { testAmounts, testCards } from "../../src/simulator/index.js";
import { simulateChecked } from "../support/checked.js";
import { movedBy, smallOrder, type Simulated } from "../support/simulated.js";
import { checkSchema } from "../unit/simulator/contract.js";

const gift = { partner: "illicado", method: "giftcard" };
const card = { partner: "dalenys", method: "creditcard" };

let simulator: Simulated["simulator"];
let purse: Purse;
beforeEach(() => {
  ({ simulator, purse } = simulateChecked({ settlementDelayMs: 60_000 }));
  simulator.clock.freeze();
});

async function pay(
  split: CreatePaymentParams["split"] = [{ ...gift, amount: 300 }, card],
  changes: Partial<CreatePaymentParams> = {},
): Promise<Payment> {
  const payment = await purse.payments.create({
    amount: 1000,
    currency: "EUR",
    order: { reference: "order-1", net_amount: 1_000_000 },
    split,
    ...changes,
  });
  checkSchema("#/components/schemas/Payment", payment);
  return payment;
}

async function read({ id }: Payment): Promise<Payment> {
  const payment = await purse.payments.retrieve(id);
  checkSchema("#/components/schemas/Payment", payment);
  return payment;
}

const statuses = ({ authorization }: Payment): unknown => [
  authorization.status,
  ...authorization.partner_transactions.map(({ status }) => status),
];

/** Expects that everything authorized was voided: nothing is charged and nothing stays blocked. */
function expectLetGo(payment: Payment, held: number): void {
  expect(payment.amounts).toEqual({
    authorize_pending: 0,
    total_authorized: held,
    total_voided: held,
    available_to_void: 0,
    total_captured: 0,
    available_to_capture: 0,
    total_refunded: 0,
    available_to_refund: 0,
  });
  expect(movedBy(simulator, payment.id)).toEqual(held === 0 ? {} : { authorization: [held], void: [held] });
  expect(Object.keys(payment.links)).toEqual(["self"]);
}

describe("when the second partner fails after the first has authorized", () => {
  it.each([
    ["refuse", "REFUSED"],
    ["error", "ERROR"],
  ] as const)("%s: the first part is voided", async (answer, status) => {
    simulator.partners.next(answer, { kind: "authorization", method: "creditcard" });
    const payment = await pay();
    expect(statuses(payment)).toEqual([status, "AUTHORIZED", status]);
    expect(payment.voids).toMatchObject([{ amount: 300, status: "SUCCESS" }]);
    expectLetGo(payment, 300);
    await expect(purse.payments.capture(payment.id, { amount: 1 })).rejects.toMatchObject({ status: 400 });
  });

  it("triggered by a test amount", async () => {
    const amount = testAmounts.authorization.refuse + 300;
    const payment = await pay(undefined, { amount });
    expect(statuses(payment)).toEqual(["REFUSED", "AUTHORIZED", "REFUSED"]);
    expectLetGo(payment, 300);
  });

  it("on the payment page", async () => {
    const session = await purse.clientSessions.create(smallOrder);
    const { redirectUrl } = await simulator.shopper.pay(session.id, {
      card: testCards.refused.number,
      giftCardAmount: 2000,
    });
    const claims = await purse.redirection.verify(redirectUrl, { clientSessionId: session.id });
    expect(claims.authorization_status).toBe("REFUSED");
    const payment = await purse.payments.retrieve(claims.payment_id ?? "");
    expect(payment.split).toEqual([
      { ...gift, amount: 2000 },
      { ...card, amount: 10_000 },
    ]);
    expectLetGo(payment, 2000);
  });

  it("the merchant can void what the automatic void could not", async () => {
    simulator.partners.next("refuse", { method: "creditcard" });
    simulator.partners.next("refuse", { kind: "void" });
    const payment = await pay();
    expect(payment.amounts).toMatchObject({ available_to_void: 300, available_to_capture: 0 });
    expect(Object.keys(payment.links)).toEqual(["self", "void"]);
    expect(movedBy(simulator, payment.id)).toEqual({ authorization: [300] });
    await expect(purse.payments.capture(payment.id, { amount: 1 })).rejects.toMatchObject({ status: 400 });
    await purse.payments.void(payment.id, { amount: 300 });
    expectLetGo(await read(payment), 300);
  });
});

it("when the first partner refuses, the second is not tried", async () => {
  simulator.partners.next("refuse", { method: "giftcard" });
  const payment = await pay();
  expect(statuses(payment)).toEqual(["REFUSED", "REFUSED"]);
  expect(payment.split).toHaveLength(2);
  expectLetGo(payment, 0);
});

describe("while a part is pending", () => {
  it("the others stay authorized, and nothing can be captured", async () => {
    simulator.partners.next("pending", { method: "creditcard" });
    const payment = await pay();
    expect(statuses(payment)).toEqual(["PENDING", "AUTHORIZED", "PENDING"]);
    expect(payment.amounts).toMatchObject({
      authorize_pending: 700,
      total_authorized: 300,
      available_to_capture: 0,
      available_to_void: 300,
    });
    await expect(purse.payments.capture(payment.id, { amount: 1 })).rejects.toMatchObject({ status: 400 });
    await simulator.clock.advance({ minutes: 1 });
    const later = await read(payment);
    expect(statuses(later)).toEqual(["AUTHORIZED", "AUTHORIZED", "AUTHORIZED"]);
    expect(later.amounts).toMatchObject({ authorize_pending: 0, available_to_capture: 1000 });
    expect(movedBy(simulator, payment.id)).toEqual({ authorization: [300, 700] });
  });

  it("its refusal voids the others", async () => {
    simulator.partners.next("pending_then_refuse", { method: "creditcard" });
    const payment = await pay();
    await simulator.clock.advance({ minutes: 1 });
    const later = await read(payment);
    expect(statuses(later)).toEqual(["REFUSED", "AUTHORIZED", "REFUSED"]);
    expectLetGo(later, 300);
  });

  it("the refusal of another part aborts it", async () => {
    simulator.partners.next("pending", { method: "giftcard" });
    simulator.partners.next("refuse", { method: "creditcard" });
    const payment = await pay();
    expect(statuses(payment)).toEqual(["REFUSED", "ABORTED", "REFUSED"]);
    await simulator.clock.advance({ minutes: 1 });
    expect(await read(payment)).toEqual(payment);
    expectLetGo(payment, 0);
  });
});

describe("an operation over several partners", () => {
  it("settles part by part, each moving its money once", async () => {
    const { id } = await pay();
    simulator.partners.next("pending", { kind: "capture", partner: "illicado" });
    simulator.partners.next("pending_then_refuse", { kind: "capture", partner: "dalenys" });
    const captured = await purse.payments.capture(id, { amount: 1000 });
    expect(captured.captures[0]).toMatchObject({ status: "PENDING" });
    expect(movedBy(simulator, id)).toEqual({ authorization: [1000] });
    await simulator.clock.advance({ minutes: 1 });
    const later = await purse.payments.retrieve(id);
    checkSchema("#/components/schemas/Payment", later);
    expect(later.captures[0]).toMatchObject({
      status: "CONFLICT",
      partner_transactions: [
        { ...gift, amount: 300, remaining_amount: 300, status: "SUCCESS" },
        { ...card, amount: 700, remaining_amount: 0, status: "FAILURE" },
      ],
    });
    expect(later.amounts).toMatchObject({ total_captured: 300, available_to_capture: 700 });
    await purse.payments.capture(id, { amount: 700 });
    expect(movedBy(simulator, id)).toEqual({ authorization: [1000], capture: [300, 700] });
  });

  it("in conflict completes all parts but the last", async () => {
    const { id } = await pay();
    simulator.partners.next("conflict", { kind: "capture" });
    const { operation } = await purse.payments.capture(id, { amount: 1000 }).withResponse();
    expect(operation).toMatchObject({
      status: "CONFLICT",
      partner_transactions: [{ status: "SUCCESS" }, { status: "FAILURE" }],
    });
    expect(movedBy(simulator, id)).toEqual({ authorization: [1000], capture: [300] });
  });

  it("shows in the ledger what moved at each partner", async () => {
    const { id } = await pay();
    await purse.payments.capture(id, { amount: 900 });
    await purse.payments.refund(id, { amount: 700 });
    await purse.payments.void(id, { amount: 100 });
    const parts = (): unknown =>
      simulator.ledger
        .entries(id)
        .map((entry) => [
          entry.kind,
          ...entry.parts.map(({ method, amount }) => `${method} ${String(amount)}`),
        ]);
    expect(parts()).toEqual([
      ["authorization", "giftcard 300", "creditcard 700"],
      ["capture", "giftcard 300", "creditcard 600"],
      ["refund", "creditcard 600", "giftcard 100"],
      ["void", "creditcard 100"],
    ]);
    const [entry] = simulator.ledger.entries(id);
    expect(entry?.parts[0]).toEqual({ ...gift, amount: 300 });
    expect(entry?.parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(entry?.amount);
  });

  it("shows only the parts that succeeded, and each when it did", async () => {
    const { id } = await pay();
    simulator.partners.next("pending", { kind: "capture", partner: "illicado" });
    await purse.payments.capture(id, { amount: 1000 });
    await simulator.clock.advance({ minutes: 1 });
    const captures = simulator.ledger.entries(id).filter(({ kind }) => kind === "capture");
    expect(captures.map(({ parts }) => parts)).toEqual([
      [{ ...card, amount: 700 }],
      [{ ...gift, amount: 300 }],
    ]);
  });

  it("loads ledger entries of earlier versions, which have no parts", async () => {
    const { id } = await pay();
    const dump = simulator.dump();
    for (const entry of dump.state.ledger) Reflect.deleteProperty(entry, "parts");
    simulator.load(dump);
    expect(simulator.ledger.entries(id)).toMatchObject([{ amount: 1000, parts: [] }]);
  });

  it("refunds the right one of two cards at the same partner", async () => {
    const { id } = await pay([
      { ...gift, amount: 100 },
      { ...gift, amount: 200 },
      { ...card, amount: 700 },
    ]);
    simulator.partners.next("pending_then_refuse", { kind: "capture" });
    await purse.payments.capture(id, { amount: 250 });
    const remaining = async (): Promise<unknown> =>
      (await purse.payments.retrieve(id)).authorization.partner_transactions.map(
        (part) => part.remaining_amount,
      );
    expect(await remaining()).toEqual([0, 50, 700]);
    await simulator.clock.advance({ minutes: 1 });
    expect(await remaining()).toEqual([100, 200, 700]);
  });

  it("follows the requested order, with unnamed sources before the last step", async () => {
    const paypal = { partner: "paypal", method: "wallet" };
    const { id } = await pay([
      { ...gift, amount: 300 },
      { ...paypal, amount: 300 },
      { ...card, amount: 400 },
    ]);
    const any = { partner: "*", method: "*" };
    const params = {
      amount: 800,
      // The documentation describes this list but not its name.
      priorities: [{ partner: "*", method: "creditcard" }, any, { partner: "illicado", method: "*" }],
    };
    const { captures } = await purse.payments.capture(id, params);
    expect(captures[0]?.partner_transactions.map(({ partner, amount }) => [partner, amount])).toEqual([
      ["dalenys", 400],
      ["paypal", 300],
      ["illicado", 100],
    ]);
  });
});
