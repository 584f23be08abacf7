import { beforeEach, describe, expect, it } from "vitest";
import type { AuthorizationAnswer, TestCardName } from "../../src/simulator/index.js";
import { createVaultFormToken, testAmounts, testCards } from "../../src/simulator/index.js";
import type { CreatePaymentParams, Payment, Purse } from "../../src/index.js";
import { simulateChecked } from "../support/checked.js";
import { movedBy, smallOrder, type Simulated } from "../support/simulated.js";
import { checkSchema } from "../unit/simulator/contract.js";

let simulated: Simulated;
let simulator: Simulated["simulator"];
let purse: Purse;
beforeEach(() => {
  simulated = simulateChecked({ settlementDelayMs: 60_000 });
  ({ simulator, purse } = simulated);
  simulator.clock.freeze();
});

const card = { partner: "dalenys", method: "creditcard" };

function direct(changes: Partial<CreatePaymentParams> = {}): Promise<Payment> {
  const { amount, currency, order } = smallOrder;
  return purse.payments.create({ amount, currency, order, split: [card], ...changes });
}

async function read(payment: Payment): Promise<Payment> {
  const current = await purse.payments.retrieve(payment.id);
  checkSchema("#/components/schemas/Payment", current);
  return current;
}

/** Expects an authorization that holds no money. */
function expectNothingHeld(payment: Payment): void {
  expect(payment.amounts).toMatchObject({
    authorize_pending: 0,
    total_authorized: 0,
    available_to_capture: 0,
    available_to_void: 0,
  });
  expect(payment.overview).toEqual({ consumed: "NOT", captured: "NOT", voided: "NOT", refunded: "NOT" });
  expect(Object.keys(payment.links)).toEqual(["self"]);
  expect(movedBy(simulator, payment.id)).toEqual({});
}

describe("by card", () => {
  const names = Object.keys(testCards) as TestCardName[]; // Its own keys.

  it.each(names.map((name) => [name, testCards[name]] as const))("%s", async (_name, testCard) => {
    const session = await purse.clientSessions.create(smallOrder);
    const { redirectUrl } = await simulator.shopper.pay(session.id, { card: testCard.number });
    const claims = await purse.redirection.verify(redirectUrl, { clientSessionId: session.id });
    expect(claims).toMatchObject({
      client_session_status: "SUBMITTED",
      authorization_status: testCard.outcome,
    });
    const payment = await purse.payments.retrieve(claims.payment_id ?? "");
    checkSchema("#/components/schemas/Payment", payment);
    expect(payment.authorization).toMatchObject({
      status: testCard.outcome,
      partner_transactions: [
        {
          status: testCard.outcome,
          partner_status: testCard.partnerStatus,
          partner_status_description: testCard.partnerText,
          card: {
            last_four_digits: testCard.number.slice(-4),
            selected_network: testCard.network,
            three_ds: { flow: testCard.threeDsFlow },
          },
        },
      ],
    });
    if (testCard.outcome === "AUTHORIZED") {
      expect(movedBy(simulator, payment.id)).toEqual({ authorization: [smallOrder.amount] });
    } else expect(movedBy(simulator, payment.id)).toEqual({});
  });

  it("with a vault form token", async () => {
    const split = [{ vault_form_token: createVaultFormToken(testCards.refusedInsufficientFunds.number) }];
    const payment = await direct({ split });
    expect(payment.authorization.status).toBe("REFUSED");
    expect(payment.authorization.partner_transactions[0]).toMatchObject({
      partner_status: "51",
      card: { last_four_digits: "9995" },
    });
    expectNothingHeld(payment);
    expect(() => createVaultFormToken("4000")).toThrow(RangeError);
    // The documented format of vault tokens.
    expect(split[0]?.vault_form_token).toMatch(/^[a-zA-Z0-9_-]{32}$/);
  });
});

/** Both ways to choose an outcome other than approval: test amounts and queued answers. */
const ways = {
  amount: (answer: Exclude<AuthorizationAnswer, "approve">) => {
    const amount = testAmounts.authorization[answer];
    return direct({ amount, order: { ...smallOrder.order, net_amount: amount } });
  },
  order: (answer: AuthorizationAnswer) => {
    simulator.partners.next(answer);
    return direct();
  },
};

describe.each(["amount", "order"] as const)("by %s", (way) => {
  it.each([
    ["refuse", "REFUSED", "05"],
    ["error", "ERROR", "96"],
  ] as const)("%s", async (answer, status, partnerStatus) => {
    const payment = await ways[way](answer);
    expect(payment).toMatchObject({
      version: 1,
      authorization: {
        status,
        partner_transactions: [{ status, remaining_amount: 0, partner_status: partnerStatus }],
      },
    });
    expectNothingHeld(payment);
    await simulator.clock.advance({ days: 1 });
    expect(await read(payment)).toEqual(payment);
  });

  it.each(["pending", "pending_then_refuse", "undecided"] as const)("%s", async (answer) => {
    const payment = await ways[way](answer);
    expect(payment).toMatchObject({
      authorization: { status: "PENDING", partner_transactions: [{ status: "PENDING" }] },
      amounts: { authorize_pending: payment.amount, total_authorized: 0, available_to_capture: 0 },
    });
    expect(movedBy(simulator, payment.id)).toEqual({});
    await expect(purse.payments.capture(payment.id, { amount: 1 })).rejects.toMatchObject({ status: 400 });

    await simulator.clock.advance({ seconds: 59 });
    expect(await read(payment)).toEqual(payment);
    await simulator.clock.advance({ seconds: 1 });
    const later = await read(payment);
    if (answer === "undecided") expect(later).toEqual(payment);
    else if (answer === "pending") expectAuthorized(later, payment);
    else {
      expect(later.authorization.status).toBe("REFUSED");
      expectNothingHeld(later);
    }
  });
});

function expectAuthorized(later: Payment, before: Payment): void {
  expect(later).toMatchObject({
    version: (before.version ?? 0) + 1,
    created_at: before.created_at,
    authorization: {
      status: "AUTHORIZED",
      partner_transactions: [
        { status: "AUTHORIZED", remaining_amount: before.amount, partner_status: "0000" },
      ],
    },
    amounts: { authorize_pending: 0, total_authorized: before.amount, available_to_capture: before.amount },
  });
  const waitedMs = Date.parse(later.authorization.updated_at ?? "") - Date.parse(before.created_at);
  expect(waitedMs).toBe(60_000);
  expect(movedBy(simulator, before.id)).toEqual({ authorization: [before.amount] });
}

describe("a pending authorization", () => {
  it("can be settled once", async () => {
    simulator.partners.next("undecided");
    const payment = await direct();
    simulator.partners.settle(payment.id, "approve");
    expect((await read(payment)).authorization.status).toBe("AUTHORIZED");
    for (const answer of ["approve", "refuse"] as const) {
      expect(() => {
        simulator.partners.settle(payment.id, answer);
      }).toThrow(RangeError);
    }
    expect(movedBy(simulator, payment.id)).toEqual({ authorization: [payment.amount] });
  });

  it("does not settle again by itself", async () => {
    simulator.partners.next("pending");
    const payment = await direct();
    simulator.partners.settle(payment.id, "refuse");
    await simulator.clock.advance({ hours: 1 });
    const later = await read(payment);
    expect(later.authorization.status).toBe("REFUSED");
    expectNothingHeld(later);
  });

  it("records the caller's key in the ledger when it settles", async () => {
    simulator.partners.next("pending");
    const { amount, currency, order } = smallOrder;
    const params = { amount, currency, order, split: [card] };
    await purse.payments.create(params, { idempotencyKey: "key-of-the-payment" });
    await simulator.clock.advance({ hours: 1 });
    expect(simulator.ledger.entries()).toMatchObject([{ idempotencyKey: "key-of-the-payment", amount }]);
  });

  it("can be awaited with waitFor", async () => {
    simulator.partners.next("pending");
    const { id } = await direct();
    const waiting = purse.payments.waitFor(id, ({ authorization }) => authorization.status !== "PENDING");
    await simulator.clock.advance({ minutes: 1 });
    expect((await waiting).authorization.status).toBe("AUTHORIZED");
  });
});

it("a queued answer overrides the card, and the card overrides the amount", async () => {
  const amount = testAmounts.authorization.pending;
  const split = [{ vault_form_token: createVaultFormToken(testCards.error.number) }];
  const order = { ...smallOrder.order, net_amount: amount };
  expect((await direct({ amount, order, split })).authorization.status).toBe("ERROR");
  simulator.partners.next("approve");
  expect((await direct({ amount, order, split })).authorization.status).toBe("AUTHORIZED");
});

it("unknown payments and operations cannot be settled", () => {
  expect(() => {
    simulator.partners.settle("00000000-0000-4000-8000-000000000000", "approve");
  }).toThrow(RangeError);
});
