import { describe, expect, test, vi } from "vitest";
import type { Payment } from "../../../src/index.js";
import type { Journal } from "../../../src/journal/index.js";
import { bench, type Bench } from "../../support/journal.js";
import { smallOrder } from "../../support/simulated.js";

async function expecting(): Promise<
  Bench & { onPayment: ReturnType<typeof vi.fn>; sessionId: string; statuses: () => string[] }
> {
  const onPayment = vi.fn();
  const made = await bench({ onPayment });
  const session = await made.end(Promise.resolve(made.purse.clientSessions.create(smallOrder)));
  await made.journal.expect({ clientSessionId: session.id });
  const statuses = (): string[] =>
    onPayment.mock.calls.map(([payment]) => (payment as Payment).authorization.status);
  return { ...made, onPayment, sessionId: session.id, statuses };
}

async function paymentOf({ purse, end }: Bench, sessionId: string): Promise<Payment> {
  const { payment_id: id = "" } = await end(Promise.resolve(purse.clientSessions.retrieve(sessionId)));
  return end(Promise.resolve(purse.payments.retrieve(id)));
}

describe("an expected session", () => {
  test("tells its payment though no webhook comes, once", async () => {
    const made = await expecting();
    expect(await made.passAfter(0)).toEqual({ taken: 1, settled: 0, open: 1 });
    await made.simulator.shopper.pay(made.sessionId);
    await made.passAfter(15_000);
    expect(made.statuses()).toEqual(["AUTHORIZED"]);
    expect(await made.passAfter(3_600_000)).toMatchObject({ taken: 0 });
  });

  test("is read by the next pass, then at most 15 s apart", async () => {
    const made = await expecting();
    const reads: number[] = [];
    for (let seconds = 0; seconds < 120; seconds++) {
      const { taken } = await made.passAfter(seconds === 0 ? 0 : 1000);
      if (taken > 0) reads.push(seconds);
    }
    const pauses = reads.slice(1).map((second, index) => second - (reads[index] ?? 0));
    expect(reads[0]).toBe(0);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(15);
    expect(pauses.length).toBeLessThan(20);
  });

  test("tells what a webhook, a return page and a pass all bring once", async () => {
    const made = await expecting();
    await made.simulator.shopper.pay(made.sessionId);
    const payment = await paymentOf(made, made.sessionId);
    await made.end(made.journal.observe(payment));
    await made.end(Promise.all([made.journal.observe(payment), made.start().observe(payment)]));
    await made.passAfter(15_000);
    expect(made.statuses()).toEqual(["AUTHORIZED"]);
  });

  test("tells once what processes learn at the same moment", async () => {
    const made = await expecting();
    await made.simulator.shopper.pay(made.sessionId);
    const payment = await paymentOf(made, made.sessionId);
    const all: Journal[] = [made.journal, made.start(), made.start()];
    await made.end(
      Promise.all([...all.map((each) => each.observe(payment)), ...all.map((each) => each.resume())]),
    );
    expect(made.statuses()).toEqual(["AUTHORIZED"]);
  });

  test("tells each further state, and none that is older", async () => {
    const made = await expecting();
    await made.simulator.shopper.pay(made.sessionId);
    const before = await paymentOf(made, made.sessionId);
    await made.end(made.purse.payments.capture(before.id, { amount: 1000 }).withResponse());
    const after = await paymentOf(made, made.sessionId);
    await made.end(made.journal.observe(after));
    await made.end(made.journal.observe(before));
    expect(
      made.onPayment.mock.calls.map(([{ amounts }]) => (amounts as Payment["amounts"]).total_captured),
    ).toEqual([1000]);
    await made.end(made.purse.payments.capture(before.id, { amount: 500 }).withResponse());
    await made.end(made.journal.observe(await paymentOf(made, made.sessionId)));
    expect(made.onPayment).toHaveBeenCalledTimes(2);
  });

  test("whose payment is not decided is read until it is", async () => {
    const made = await expecting();
    made.simulator.partners.next("pending", { kind: "authorization" });
    await made.simulator.shopper.pay(made.sessionId);
    await made.passAfter(15_000);
    expect(made.statuses()).toEqual(["PENDING"]);
    await made.passAfter(300_000);
    await made.passAfter(15_000);
    expect(made.statuses()).toEqual(["PENDING", "AUTHORIZED"]);
  });

  test("that was refused is told", async () => {
    const made = await expecting();
    made.simulator.partners.next("refuse", { kind: "authorization" });
    await made.simulator.shopper.pay(made.sessionId);
    await made.passAfter(0);
    expect(made.statuses()).toEqual(["REFUSED"]);
    expect(await made.passAfter(60_000)).toMatchObject({ taken: 0 });
  });

  test("that ended without a payment is read no more", async () => {
    const made = await expecting();
    await made.end(Promise.resolve(made.purse.clientSessions.abort(made.sessionId)));
    expect(await made.passAfter(0)).toEqual({ taken: 1, settled: 1, open: 0 });
    expect(made.onPayment).not.toHaveBeenCalled();
  });

  test("is read until an hour after its end, or until told", async () => {
    const made = await expecting();
    made.simulator.partners.next("undecided", { kind: "authorization" });
    await made.simulator.shopper.pay(made.sessionId);
    const other = await made.end(Promise.resolve(made.purse.clientSessions.create(smallOrder)));
    await made.journal.expect({ clientSessionId: other.id, until: new Date(made.clock.wallMs() + 60_000) });
    await made.passAfter(30_000);
    expect(await made.passAfter(31_000)).toMatchObject({ taken: 2, settled: 1 });
    // The session ends after half an hour.
    expect(await made.passAfter(40 * 60_000)).toMatchObject({ taken: 1, settled: 0 });
    expect(await made.passAfter(80 * 60_000)).toMatchObject({ taken: 1, settled: 1 });
  });

  test("whose reading fails is read again", async () => {
    const made = await expecting();
    await made.simulator.shopper.pay(made.sessionId);
    made.simulator.faults.add({ kind: "error_before", operation: "getClientSession" });
    made.simulator.faults.add({ kind: "error_before", operation: "getPayment" });
    await made.passAfter(0);
    await made.passAfter(15_000);
    expect(made.statuses()).toEqual([]);
    await made.passAfter(15_000);
    expect(made.statuses()).toEqual(["AUTHORIZED"]);
  });

  test("that is not found is given up after an hour", async () => {
    const { journal, passAfter } = await bench();
    await journal.expect({ clientSessionId: "00000000-0000-4000-8000-000000000000" });
    expect(await passAfter(3_500_000)).toMatchObject({ taken: 1, settled: 0 });
    expect(await passAfter(3_600_000)).toMatchObject({ taken: 1, settled: 1 });
  });

  test("whose onPayment throws is told again by the next pass", async () => {
    const made = await expecting();
    made.onPayment.mockRejectedValueOnce(new Error("no"));
    await made.simulator.shopper.pay(made.sessionId);
    await made.end(made.journal.observe(await paymentOf(made, made.sessionId)));
    expect(await made.passAfter(10)).toEqual({ taken: 1, settled: 1, open: 0 });
    expect(made.statuses()).toEqual(["AUTHORIZED", "AUTHORIZED"]);
    expect(await made.passAfter(60_000)).toMatchObject({ taken: 0 });
  });

  test("may be expected twice", async () => {
    const made = await expecting();
    await made.journal.expect({ clientSessionId: made.sessionId });
    expect(await made.passAfter(0)).toMatchObject({ taken: 1 });
  });

  test("is no movement", async () => {
    const made = await expecting();
    expect(await made.journal.list()).toEqual([]);
    expect(await made.journal.find(made.sessionId)).toBeUndefined();
  });
});

test("a payment that is not expected tells nothing", async () => {
  const onPayment = vi.fn();
  const { journal, end, read } = await bench({ onPayment });
  await end(journal.observe(await read()));
  expect(onPayment).not.toHaveBeenCalled();
});
