import { beforeEach, describe, expect, it } from "vitest";
import type { ClientSession, Payment, Purse } from "../../src/index.js";
import { testCards } from "../../src/simulator/index.js";
import { simulateChecked } from "../support/checked.js";
import { movedBy, smallOrder, type Simulated } from "../support/simulated.js";
import { checkSchema } from "../unit/simulator/contract.js";

let simulator: Simulated["simulator"];
let purse: Purse;
let session: ClientSession;
beforeEach(async () => {
  ({ simulator, purse } = simulateChecked({ settlementDelayMs: 60_000, sessionLifetimeMs: 1_800_000 }));
  simulator.clock.freeze();
  session = await purse.clientSessions.create(smallOrder);
});

async function read(): Promise<ClientSession> {
  const current = await purse.clientSessions.retrieve(session.id);
  checkSchema("#/components/schemas/ClientSession", current);
  return current;
}

async function paymentOf({ payment_id: id }: ClientSession): Promise<Payment> {
  return purse.payments.retrieve(id ?? "");
}

async function claimsOf(redirectUrl: string): Promise<unknown> {
  const claims = await purse.redirection.verify(redirectUrl, { clientSessionId: session.id });
  return [claims.client_session_status, claims.authorization_status];
}

const incompatible = { code: "bad_request", status: 400 };

describe("a session", () => {
  it("is created, then submitted", async () => {
    expect(session.status).toBe("CREATED");
    expect(session.payment_id).toBeUndefined();
    expect(Object.keys(session.links)).toEqual(["self", "abort"]);
    await simulator.shopper.pay(session.id);
    const submitted = await read();
    expect(submitted.status).toBe("SUBMITTED");
    expect(Object.keys(submitted.links)).toEqual(["self", "payment"]);
    expect((await paymentOf(submitted)).client_session_id).toBe(session.id);
  });

  it("cannot be paid twice", async () => {
    const first = await simulator.shopper.pay(session.id);
    const again = await simulator.shopper.pay(session.id);
    expect(await claimsOf(again.redirectUrl)).toEqual(await claimsOf(first.redirectUrl));
    expect(simulator.ledger.entries()).toHaveLength(1);
  });

  it("cannot be paid again after a refusal", async () => {
    await simulator.shopper.pay(session.id, { card: testCards.refused.number });
    const again = await simulator.shopper.pay(session.id);
    expect(await claimsOf(again.redirectUrl)).toEqual(["SUBMITTED", "REFUSED"]);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("expires by the clock, for the shopper too", async () => {
    await simulator.clock.advance({ minutes: 29, seconds: 59 });
    expect((await read()).status).toBe("CREATED");
    await simulator.clock.advance({ seconds: 1 });
    const expired = await read();
    expect(expired.status).toBe("EXPIRED");
    expect(Object.keys(expired.links)).toEqual(["self"]);
    const { redirectUrl } = await simulator.shopper.pay(session.id);
    expect(await claimsOf(redirectUrl)).toEqual(["EXPIRED", undefined]);
    await expect(purse.clientSessions.abort(session.id)).rejects.toMatchObject(incompatible);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("does not expire once submitted or aborted", async () => {
    const other = await purse.clientSessions.create(smallOrder);
    await purse.clientSessions.abort(other.id);
    await simulator.shopper.pay(session.id);
    await simulator.clock.advance({ days: 1 });
    expect((await read()).status).toBe("SUBMITTED");
    expect((await purse.clientSessions.retrieve(other.id)).status).toBe("ABORTED_BY_MERCHANT");
  });
});

describe("an abort", () => {
  it("ends an unpaid session once", async () => {
    expect((await purse.clientSessions.abort(session.id)).status).toBe("ABORTED_BY_MERCHANT");
    const { redirectUrl } = await simulator.shopper.pay(session.id);
    expect(await claimsOf(redirectUrl)).toEqual(["ABORTED_BY_MERCHANT", undefined]);
    await expect(purse.clientSessions.abort(session.id)).rejects.toMatchObject(incompatible);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it.each(["approved", "refused", "error"] as const)(
    "is refused after a payment that was %s",
    async (card) => {
      await simulator.shopper.pay(session.id, { card: testCards[card].number });
      const moved = simulator.ledger.entries();
      await expect(purse.clientSessions.abort(session.id)).rejects.toMatchObject(incompatible);
      expect((await read()).status).toBe("SUBMITTED");
      expect(simulator.ledger.entries()).toEqual(moved);
    },
  );

  it("is refused after the shopper has cancelled", async () => {
    const { redirectUrl } = await simulator.shopper.cancel(session.id);
    expect(await claimsOf(redirectUrl)).toEqual(["ABORTED_BY_CUSTOMER", undefined]);
    await expect(purse.clientSessions.abort(session.id)).rejects.toMatchObject(incompatible);
  });

  it("aborts a pending payment and releases its authorized parts", async () => {
    await simulator.shopper.pay(session.id, {
      card: testCards.pendingThenApproved.number,
      giftCardAmount: 2000,
    });
    expect(Object.keys((await read()).links)).toEqual(["self", "abort", "payment"]);
    const aborted = await purse.clientSessions.abort(session.id);
    expect(aborted.status).toBe("ABORTED_BY_MERCHANT");
    const payment = await paymentOf(aborted);
    checkSchema("#/components/schemas/Payment", payment);
    expect(payment.authorization.status).toBe("ABORTED");
    expect(payment.authorization.partner_transactions.map(({ status }) => status)).toEqual([
      "AUTHORIZED",
      "ABORTED",
    ]);
    await simulator.clock.advance({ hours: 1 });
    expect(await paymentOf(aborted)).toEqual(payment);
    expect(movedBy(simulator, payment.id)).toEqual({ authorization: [2000], void: [2000] });
  });
});
