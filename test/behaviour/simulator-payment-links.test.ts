import { beforeEach, describe, expect, it } from "vitest";
import type { CreatePaymentLinkParams, Payment, PaymentLink, Purse } from "../../src/index.js";
import { testCards } from "../../src/simulator/index.js";
import { simulateChecked } from "../support/checked.js";
import { movedBy, smallOrder, type Simulated } from "../support/simulated.js";

let simulator: Simulated["simulator"];
let purse: Purse;
let received: Payment[];
beforeEach(() => {
  received = [];
  // The simulator sends a string.
  const deliver = (_url: string, init: RequestInit): Promise<Response> => {
    received.push(JSON.parse(init.body as string) as Payment);
    return Promise.resolve(new Response());
  };
  const options = { settlementDelayMs: 60_000, paymentLinkLifetimeMs: 86_400_000, fetch: deliver };
  ({ simulator, purse } = simulateChecked(options));
  simulator.clock.freeze();
});

async function create(changes: Partial<CreatePaymentLinkParams> = {}): Promise<string> {
  const link: PaymentLink = await purse.paymentLinks.create({ ...smallOrder, ...changes });
  return link.id ?? "";
}

async function pay(id: string, card = testCards.approved): Promise<Payment> {
  const { redirectUrl } = await simulator.shopper.payLink(id, { card: card.number });
  const claims = await purse.redirection.verify(redirectUrl);
  return purse.payments.retrieve(claims.payment_id ?? "");
}

const linkStatus = (id: string): string | undefined => simulator.dump().state.paymentLinks[id]?.status;

describe("a payment link", () => {
  it("leads to a page, a payment and a webhook", async () => {
    const id = await create({ webhook: { url: "https://shop.example/hook" } });
    const payment = await pay(id);
    expect(payment).toMatchObject({
      amount: smallOrder.amount,
      order_reference: smallOrder.order.reference,
      authorization: { status: "AUTHORIZED" },
    });
    const session = await purse.clientSessions.retrieve(payment.client_session_id ?? "");
    expect(session).toMatchObject({ status: "SUBMITTED", integration_mode: "HOSTED_PAGE" });
    expect(linkStatus(id)).toBe("PAID");
    await simulator.idle();
    expect(received.map((notice) => notice.id)).toEqual([payment.id]);
  });

  it("can be paid once", async () => {
    const id = await create();
    const payment = await pay(id);
    expect((await pay(id)).id).toBe(payment.id);
    expect(simulator.ledger.entries()).toHaveLength(1);
  });

  it("stays open after a failed attempt", async () => {
    const id = await create();
    const refused = await pay(id, testCards.refused);
    expect(linkStatus(id)).toBe("OPENED");
    const paid = await pay(id);
    expect(paid.id).not.toBe(refused.id);
    expect(linkStatus(id)).toBe("PAID");
    expect(movedBy(simulator, paid.id)).toEqual({ authorization: [smallOrder.amount] });
  });

  it("cannot be paid again while a payment is pending", async () => {
    const id = await create();
    const payment = await pay(id, testCards.pendingThenApproved);
    expect(payment.authorization.status).toBe("PENDING");
    expect((await pay(id)).id).toBe(payment.id);
    expect(linkStatus(id)).toBe("OPENED");
    await simulator.clock.advance({ minutes: 1 });
    expect(linkStatus(id)).toBe("PAID");
    expect((await pay(id)).id).toBe(payment.id);
    expect(simulator.ledger.entries()).toHaveLength(1);
  });

  it("can be paid again when the pending payment is refused or the session expires", async () => {
    const id = await create();
    await pay(id, testCards.pendingThenRefused);
    await simulator.clock.advance({ hours: 1 });
    await pay(id, testCards.refused);
    await simulator.clock.advance({ hours: 1 });
    expect((await pay(id)).authorization.status).toBe("AUTHORIZED");
  });

  it("expires", async () => {
    const id = await create();
    await simulator.clock.advance({ days: 1 });
    expect(linkStatus(id)).toBe("EXPIRED");
    await expect(pay(id)).rejects.toThrow();
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("does not expire once it is paid", async () => {
    const id = await create();
    await pay(id);
    await simulator.clock.advance({ days: 2 });
    expect(linkStatus(id)).toBe("PAID");
  });

  it("must exist", async () => {
    await expect(pay("00000000-0000-4000-8000-000000000000")).rejects.toThrow("404");
  });
});
