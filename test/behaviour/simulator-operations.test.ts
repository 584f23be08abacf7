import { beforeEach, describe, expect, it } from "vitest";
import type { Operation, OperationStatus, Payment, Purse } from "../../src/index.js";
import { testAmounts, type OperationAnswer, type PartnerAnswer } from "../../src/simulator/index.js";
import { simulateChecked } from "../support/checked.js";
import { movedBy, smallOrder, type Simulated } from "../support/simulated.js";
import { checkSchema } from "../unit/simulator/contract.js";

type Kind = "capture" | "refund" | "void";

const lists = { capture: "captures", refund: "refunds", void: "voids" } as const;
const total = 200_000;

let simulator: Simulated["simulator"];
let purse: Purse;
beforeEach(() => {
  ({ simulator, purse } = simulateChecked({ settlementDelayMs: 60_000 }));
  simulator.clock.freeze();
});

async function authorized(): Promise<Payment> {
  const { currency } = smallOrder;
  return purse.payments.create({
    amount: total,
    currency,
    order: { reference: "order-1", net_amount: total },
    split: [{ partner: "dalenys", method: "creditcard" }],
  });
}

/** A payment on which the operation is available in full. */
async function prepared(kind: Kind): Promise<Payment> {
  const payment = await authorized();
  return kind === "refund" ? purse.payments.capture(payment.id, { amount: total }) : payment;
}

function run(kind: Kind, id: string, amount: number): Promise<Payment> {
  return purse.payments[kind](id, { amount, merchant_reference: "reference-1" });
}

function lastOf(kind: Kind, payment: Payment): Operation {
  const operation = payment[lists[kind]].at(-1);
  if (operation === undefined) throw new Error("no operation");
  return operation;
}

/** How much the payment reports as done and as available for the kind. */
function countOf(kind: Kind, { amounts }: Payment): { done: number; available: number } {
  if (kind === "capture") return { done: amounts.total_captured, available: amounts.available_to_capture };
  if (kind === "void") return { done: amounts.total_voided, available: amounts.available_to_void };
  return { done: amounts.total_refunded, available: amounts.available_to_refund };
}

interface End {
  readonly status: OperationStatus;
  /** Part of the amount that was done, and part that is no longer available. */
  readonly done: number;
  readonly used: number;
}

const half = (amount: number): number => Math.floor(amount / 2);

function endsOf(answer: OperationAnswer, amount: number): { first: End; later: End } {
  const nothing = { done: 0, used: 0 };
  const all = { done: amount, used: amount };
  const underway = { done: 0, used: amount };
  const ends: Record<OperationAnswer, { first: End; later?: End }> = {
    approve: { first: { status: "SUCCESS", ...all } },
    refuse: { first: { status: "FAILURE", ...nothing } },
    pending: { first: { status: "PENDING", ...underway }, later: { status: "SUCCESS", ...all } },
    pending_then_refuse: {
      first: { status: "PENDING", ...underway },
      later: { status: "FAILURE", ...nothing },
    },
    undecided: { first: { status: "PENDING", ...underway } },
    uncertain: { first: { status: "UNCERTAIN", ...underway } },
    conflict: { first: { status: "CONFLICT", done: half(amount), used: half(amount) } },
  };
  const { first, later = first } = ends[answer];
  return { first, later };
}

function expectEnd(kind: Kind, payment: Payment, amount: number, { status, done, used }: End): void {
  checkSchema("#/components/schemas/Payment", payment);
  const operation = lastOf(kind, payment);
  expect(operation).toMatchObject({ amount, status, merchant_reference: "reference-1" });
  const sum = operation.partner_transactions.reduce((subtotal, part) => subtotal + part.amount, 0);
  expect(sum).toBe(amount);
  expect(countOf(kind, payment)).toEqual({ done, available: total - used });
  const moved = (movedBy(simulator, payment.id)[kind] ?? []).filter((part) => part !== total);
  expect(moved).toEqual(done === 0 ? [] : [done]);
  // The remaining amounts of the sources agree with the totals.
  const sources =
    kind === "refund"
      ? payment.captures.flatMap((capture) => capture.partner_transactions)
      : payment.authorization.partner_transactions;
  expect(sources.reduce((left, source) => left + (source.remaining_amount ?? 0), 0)).toBe(total - used);
}

const answers = Object.keys(testAmounts.operation) as Exclude<OperationAnswer, "approve">[]; // Its own keys.

describe.each(["capture", "refund", "void"] as const)("a %s", (kind) => {
  describe.each(["amount", "order"] as const)("answered by %s", (way) => {
    it.each(way === "amount" ? answers : (["approve", ...answers] as OperationAnswer[]))(
      "%s",
      async (answer) => {
        const payment = await prepared(kind);
        const amount = way === "amount" && answer !== "approve" ? testAmounts.operation[answer] : 90_001;
        if (way === "order") simulator.partners.next(answer, { kind });
        const { first, later } = endsOf(answer, amount);

        const answered = await run(kind, payment.id, amount);
        expect(answered.version).toBe((payment.version ?? 0) + 1);
        expectEnd(kind, answered, amount, first);
        expect(await purse.payments.retrieve(payment.id)).toEqual(answered);

        await simulator.clock.advance({ minutes: 1 });
        const read = await purse.payments.retrieve(payment.id);
        expectEnd(kind, read, amount, later);
        const before = lastOf(kind, answered);
        const after = lastOf(kind, read);
        const waitedMs = Date.parse(after.updated_at) - Date.parse(before.created_at);
        expect(waitedMs).toBe(first === later ? 0 : 60_000);
        expect(read.version).toBe((answered.version ?? 0) + (first === later ? 0 : 1));
        expect(after.created_at).toBe(before.created_at);
      },
    );
  });

  it.each(["undecided", "uncertain"] as const)("that is %s can be settled once", async (answer) => {
    const amount = 90_001;
    const doubtful = await prepared(kind);
    const failing = await prepared(kind);
    for (const [payment, settled] of [
      [doubtful, "approve"],
      [failing, "refuse"],
    ] as const) {
      simulator.partners.next(answer, { kind });
      const { id } = lastOf(kind, await run(kind, payment.id, amount));
      simulator.partners.settle(id, settled);
      expectEnd(kind, await purse.payments.retrieve(payment.id), amount, {
        status: settled === "approve" ? "SUCCESS" : "FAILURE",
        done: settled === "approve" ? amount : 0,
        used: settled === "approve" ? amount : 0,
      });
      expect(() => {
        simulator.partners.settle(id, "approve");
      }).toThrow(RangeError);
    }
  });

  it("that is pending reduces the available amount", async () => {
    const { id } = await prepared(kind);
    const amount = testAmounts.operation.pending_then_refuse;
    await run(kind, id, amount);
    await expect(run(kind, id, total - amount + 1)).rejects.toMatchObject({ code: "bad_request" });
    await simulator.clock.advance({ minutes: 1 });
    await run(kind, id, total);
    expect(movedBy(simulator, id)[kind]).toEqual([total]);
  });

  it("that exceeds the available amount is refused and moves nothing", async () => {
    const { id } = await prepared(kind);
    const before = simulator.ledger.entries(id);
    await expect(run(kind, id, total + 1)).rejects.toMatchObject({ code: "bad_request", status: 400 });
    expect(simulator.ledger.entries(id)).toEqual(before);
    expect((await purse.payments.retrieve(id))[lists[kind]]).toEqual([]);
  });

  it("that failed or is open is answered with 409 on replay, and the client recovers it", async () => {
    const { id } = await prepared(kind);
    for (const answer of ["refuse", "pending", "uncertain"] satisfies PartnerAnswer[]) {
      simulator.partners.next(answer, { kind });
      const params = { amount: 5, merchant_reference: answer };
      const options = { idempotencyKey: `key-${answer}` };
      const first = await purse.payments[kind](id, params, options).withResponse();
      const again = await purse.payments[kind](id, params, options).withResponse();
      expect([first.idempotency, again.idempotency]).toEqual(["created", "recovered"]);
      expect(again.operation?.id).toBe(first.operation?.id);
    }
    expect((await purse.payments.retrieve(id))[lists[kind]]).toHaveLength(3);
  });
});

it("nothing can be refunded before or during a pending capture", async () => {
  const { id } = await authorized();
  await expect(run("refund", id, 1)).rejects.toMatchObject({ status: 400 });
  const amount = testAmounts.operation.pending;
  await run("capture", id, amount);
  await expect(run("refund", id, 1)).rejects.toMatchObject({ status: 400 });
  await simulator.clock.advance({ minutes: 1 });
  await expect(run("refund", id, amount + 1)).rejects.toMatchObject({ status: 400 });
  await run("refund", id, amount - 1);
  expect(movedBy(simulator, id)).toEqual({ authorization: [total], capture: [amount], refund: [amount - 1] });
});

it("after a capture only the rest can be voided, and vice versa", async () => {
  const { id } = await authorized();
  await run("capture", id, 150_000);
  await expect(run("void", id, 50_001)).rejects.toMatchObject({ status: 400 });
  await run("void", id, 30_000);
  await expect(run("capture", id, 20_001)).rejects.toMatchObject({ status: 400 });
  const done = await run("capture", id, 20_000);
  expect(done.overview).toEqual({
    consumed: "TOTALLY",
    captured: "PARTIALLY",
    voided: "PARTIALLY",
    refunded: "NOT",
  });
  expect(Object.keys(done.links).sort()).toEqual(["refund", "self"]);
  await expect(run("void", id, 1)).rejects.toMatchObject({ status: 400 });
  const refunded = await run("refund", id, 170_000);
  expect(refunded.overview.refunded).toBe("TOTALLY");
  expect(Object.keys(refunded.links)).toEqual(["self"]);
  expect(movedBy(simulator, id)).toEqual({
    authorization: [total],
    capture: [150_000, 20_000],
    void: [30_000],
    refund: [170_000],
  });
});
