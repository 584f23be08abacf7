import { describe, expect, test } from "vitest";
import type { Difference, Journal } from "../../../src/journal/index.js";
// Loaded beforehand, because the clock of these tests does not wait for files.
import "../../../src/journal/reconcile.js";
import { bench, type Bench } from "../../support/journal.js";
import { paidPayment } from "../../support/simulated.js";

const capture = { id: "order-1/capture/1", amount: 3000, merchantReference: "CAP-1" };

async function differences(
  { end, journal }: Bench,
  options?: Parameters<Journal["reconcile"]>[0],
): Promise<Difference[]> {
  const found: Difference[] = [];
  const walk = async (): Promise<void> => {
    for await (const difference of journal.reconcile(options)) found.push(difference);
  };
  await end(walk());
  return found;
}

describe("reconcile", () => {
  test("yields nothing where journal and payment agree", async () => {
    const made = await bench();
    made.simulator.partners.next("refuse", { kind: "capture" });
    await made.end(made.journal.capture({ ...capture, id: "failed", paymentId: made.paymentId }));
    await made.end(made.journal.capture({ ...capture, paymentId: made.paymentId }));
    await made.end(made.journal.refund({ id: "r", amount: 100, paymentId: made.paymentId }));
    await made.end(made.journal.capture({ id: "refused", amount: 99_999, paymentId: made.paymentId }));
    made.simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    await made.end(
      made.journal.capture({ id: "open", amount: 5, merchantReference: "CAP-2", paymentId: made.paymentId }),
    );
    expect(await differences(made)).toEqual([]);
  });

  test("yields an operation that no movement asked for", async () => {
    const made = await bench();
    await made.end(made.journal.capture({ ...capture, paymentId: made.paymentId }));
    await made.end(made.purse.payments.refund(made.paymentId, { amount: 700 }).withResponse());
    expect(await differences(made)).toMatchObject([
      { type: "unknown", paymentId: made.paymentId, operation: { amount: 700, status: "SUCCESS" } },
    ]);
  });

  test("yields a movement whose operation has another status", async () => {
    const made = await bench();
    made.simulator.partners.next("undecided", { kind: "capture" });
    const { operationId = "" } = await made.end(
      made.journal.capture({ ...capture, paymentId: made.paymentId }),
    );
    expect(await differences(made)).toEqual([]);
    made.simulator.partners.settle(operationId, "approve");
    expect(await differences(made)).toMatchObject([
      { type: "status", movement: { id: capture.id, state: "pending" }, operation: { status: "SUCCESS" } },
    ]);
    expect(await made.journal.find(capture.id)).toMatchObject({ state: "pending" });
  });

  test("yields a movement whose operation is missing, or has another amount", async () => {
    const made = await bench();
    for (const id of ["missing", "amount"])
      await made.end(made.journal.capture({ id, amount: 1000, paymentId: made.paymentId }));
    const entries = await made.store.ofPayment(made.paymentId, undefined);
    for (const entry of entries) {
      const changed = entry.id === "missing" ? { ...entry, operationId: "gone" } : { ...entry };
      await made.store.write(changed, undefined);
    }
    const purse = {
      ...made.purse,
      payments: {
        ...made.purse.payments,
        retrieve: async (id: string) => {
          const payment = await made.purse.payments.retrieve(id);
          const captures = payment.captures.map((each) => ({ ...each, amount: 900 }));
          return { ...payment, captures };
        },
      },
    } as unknown as Bench["purse"]; // Its answers are another's.
    const found = await differences({ ...made, journal: made.start({}, purse) });
    expect(found.map(({ type, movement }) => [type, movement?.id]).sort()).toEqual(
      [
        ["amount", "amount"],
        ["missing", "missing"],
        ["unknown", undefined],
      ].sort(),
    );
  });

  test("yields a movement in doubt once its operation shows", async () => {
    const made = await bench();
    made.simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    await made.end(made.journal.capture({ ...capture, paymentId: made.paymentId }));
    const [entry] = await made.store.ofPayment(made.paymentId, undefined);
    if (entry !== undefined) await made.store.write({ ...entry, state: "in_doubt" }, undefined);
    expect(await differences(made)).toMatchObject([{ type: "status", movement: { state: "in_doubt" } }]);
  });

  test("yields all movements of a payment that is not there", async () => {
    const made = await bench({ maxRetries: 1 });
    await made.end(made.journal.capture({ ...capture, paymentId: made.paymentId }));
    made.simulator.reset();
    expect(await differences(made)).toMatchObject([{ type: "missing", paymentId: made.paymentId }]);
  });

  test("reads again what lags behind", async () => {
    const made = await bench();
    await made.end(made.journal.capture({ ...capture, paymentId: made.paymentId }));
    made.simulator.faults.add({ kind: "stale_read", times: 2 });
    expect(await differences(made)).toEqual([]);
  });

  test("looks at the payments that changed since then, through all pages", async () => {
    const made = await bench();
    const paymentIds: string[] = [];
    for (let number = 0; number < 205; number++) {
      const { id } = await made.end(paidPayment(made as never)); // The same two members.
      await made.journal.record({ kind: "capture", id: `c${String(number)}`, paymentId: id, amount: 100 });
      paymentIds.push(id);
    }
    await made.end(made.journal.resume());
    for (const id of paymentIds) await made.end(made.purse.payments.refund(id, { amount: 1 }).withResponse());
    expect(new Set((await differences(made)).map(({ paymentId }) => paymentId))).toEqual(new Set(paymentIds));
    expect(await differences(made, { since: new Date(made.clock.wallMs() + 1) })).toEqual([]);
  }, 60_000);

  test("ends when the signal aborts", async () => {
    const made = await bench();
    await made.end(made.journal.capture({ ...capture, paymentId: made.paymentId }));
    await expect(differences(made, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
    });
  });

  test("rejects when a payment cannot be read", async () => {
    const made = await bench();
    await made.end(made.journal.capture({ ...capture, paymentId: made.paymentId }));
    made.simulator.faults.add({ kind: "error_before", operation: "getPayment", times: "always" });
    await expect(differences(made)).rejects.toMatchObject({ code: "server" });
  });
});
