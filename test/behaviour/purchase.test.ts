import { describe, expect, it } from "vitest";
import { movedBy, paidPayment, simulate, smallOrder } from "../support/simulated.js";

describe("a purchase", () => {
  it("goes from session to refund, and the money moves as often as asked", async () => {
    const simulated = simulate();
    const { purse, simulator } = simulated;
    const { id } = await paidPayment(simulated);

    const captured = await purse.payments.capture(id, { amount: 5000, merchant_reference: "CAP-1" });
    expect(captured.amounts).toMatchObject({ total_captured: 5000, available_to_capture: 7000 });
    await purse.payments.capture(id, { amount: 7000 });
    const refunded = await purse.payments.refund(id, { amount: 2000 });
    expect(refunded.amounts).toMatchObject({
      total_captured: 12000,
      total_refunded: 2000,
      available_to_refund: 10000,
    });

    expect(movedBy(simulator, id)).toEqual({ authorization: [12000], capture: [5000, 7000], refund: [2000] });
  });

  it("releases what is not captured", async () => {
    const simulated = simulate();
    const { id } = await paidPayment(simulated);
    const payment = await simulated.purse.payments.void(id, { amount: 12000 });
    expect(payment.amounts).toMatchObject({ total_voided: 12000, available_to_capture: 0 });
    expect(movedBy(simulated.simulator, id)).toEqual({ authorization: [12000], void: [12000] });
  });

  it("asks for one token in all, also for calls made at once", async () => {
    const simulated = simulate();
    const { id } = await paidPayment(simulated);
    await Promise.all(Array.from({ length: 50 }, () => simulated.purse.payments.retrieve(id)));
    const tokenRequests = simulated.simulator.requests().filter(({ path }) => path === "/oauth/token");
    expect(tokenRequests).toHaveLength(1);
  });

  it("sends a key of its own with every POST but the token request", async () => {
    const simulated = simulate();
    const { purse, simulator } = simulated;
    const { id } = await paidPayment(simulated);
    await purse.payments.capture(id, { amount: 1 });
    await purse.payments.capture(id, { amount: 1 });
    const posts = simulator
      .requests()
      .filter(({ method, path }) => method === "POST" && path.startsWith("/payment/"));
    const keys = posts.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).not.toContain(undefined);
    expect(new Set(keys).size).toBe(posts.length);
    expect(posts.length).toBeGreaterThanOrEqual(3);
  });

  it("tells refused from not genuine", async () => {
    const { purse, simulator } = simulate();
    const session = await purse.clientSessions.create(smallOrder);
    const { redirectUrl } = await simulator.shopper.refuse(session.id);
    const claims = await purse.redirection.verify(redirectUrl, { clientSessionId: session.id });
    expect(claims.authorization_status).toBe("REFUSED");
    const forged = redirectUrl.replace(/.{20}$/, "AAAAAAAAAAAAAAAAAAAA");
    await expect(purse.redirection.verify(forged)).rejects.toMatchObject({ code: "redirection" });
  });

  it("refuses the genuine token of another session", async () => {
    const { purse, simulator } = simulate();
    const session = await purse.clientSessions.create(smallOrder);
    const { redirectUrl } = await simulator.shopper.pay(session.id);
    await expect(purse.redirection.verify(redirectUrl, { clientSessionId: "another" })).rejects.toMatchObject(
      {
        code: "redirection",
        reason: "other_session",
      },
    );
  });

  it("aborts a session, which then cannot be paid", async () => {
    const { purse, simulator } = simulate();
    const session = await purse.clientSessions.create(smallOrder);
    expect((await purse.clientSessions.abort(session.id)).status).toBe("ABORTED_BY_MERCHANT");
    const { redirectUrl } = await simulator.shopper.pay(session.id);
    const claims = await purse.redirection.verify(redirectUrl);
    expect(claims.payment_id).toBeUndefined();
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("waits for a payment to be as wanted, and not for ever", async () => {
    const simulated = simulate();
    const { purse } = simulated;
    const { id } = await paidPayment(simulated);
    const waiting = purse.payments.waitFor(id, ({ amounts }) => amounts.total_captured === 700, {
      deadlineMs: 10_000,
    });
    await purse.payments.capture(id, { amount: 700 });
    expect((await waiting).amounts.total_captured).toBe(700);
    const hopeless = purse.payments.waitFor(id, () => false, { deadlineMs: 30 });
    await expect(hopeless).rejects.toMatchObject({ code: "timeout" });
  });
});
