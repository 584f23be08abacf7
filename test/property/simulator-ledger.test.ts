import fc from "fast-check";
import { expect, it } from "vitest";
import type { OperationList } from "../../generated/operations.js";
import type { Payment } from "../../generated/schema.js";
import type { Context } from "../../src/simulator/context.js";
import { executeOperation } from "../../src/simulator/payments/operations.js";
import { partnerAnswers } from "../../src/simulator/partners/partner-answers.js";
import { createPartnerControl } from "../../src/simulator/payments/partners.js";
import { createPayment } from "../../src/simulator/payments/payments.js";
import { Refusal } from "../../src/simulator/protocol/problems.js";
import type { SettledAnswer, LedgerKind, PartnerAnswer } from "../../src/simulator/state/records.js";
import { runDue } from "../../src/simulator/timeline.js";
import { createContext } from "../unit/simulator/context.js";
import { checkSchema } from "../unit/simulator/contract.js";

const lists = ["captures", "refunds", "voids"] as const;

type Step =
  | { readonly do: "executeOperation"; readonly list: OperationList; readonly amount: number }
  | { readonly do: "order"; readonly answer: PartnerAnswer; readonly method?: string }
  | { readonly do: "settle"; readonly index: number; readonly answer: SettledAnswer }
  | { readonly do: "wait" };

const methods = ["giftcard", "creditcard", "wallet"];
const answer = fc.constantFrom(...partnerAnswers);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("executeOperation" as const),
        list: fc.constantFrom(...lists),
        amount: fc.integer({ min: 1, max: 700 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record(
        { do: fc.constant("order" as const), answer, method: fc.constantFrom(...methods) },
        { requiredKeys: ["do", "answer"] },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("settle" as const),
        index: fc.nat(8),
        answer: fc.constantFrom("approve" as const, "refuse" as const),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: "wait" as const }) },
  ),
  { maxLength: 25 },
);
const parts = fc.array(
  fc.record({ method: fc.constantFrom(...methods), amount: fc.integer({ min: 1, max: 500 }) }),
  {
    minLength: 1,
    maxLength: 4,
  },
);

it("ledger, totals and remaining amounts agree for any sequence of partner answers", () => {
  fc.assert(
    fc.property(
      parts,
      fc.array(answer, { maxLength: 3 }),
      fc.boolean(),
      steps,
      (split, first, isAutomatic, rest) => {
        const { context, moveTo } = createContext();
        const partners = createPartnerControl(context);
        for (const ordered of first) partners.next(ordered);
        const amount = split.reduce((sum, part) => sum + part.amount, 0);
        const payment = createPayment(
          context,
          {
            entity_id: context.settings.entityId,
            amount,
            currency: "EUR",
            capture_mode: isAutomatic ? "AUTOMATIC" : "MANUAL",
            order: { reference: "order-1", net_amount: amount },
            split: split.map((part) => ({ ...part, partner: "partner" })),
          },
          undefined,
        );
        check(context, payment);
        let version = payment.version ?? 0;
        for (const step of rest) {
          take(step);
          check(context, payment);
          expect(payment.version).toBeGreaterThanOrEqual(version);
          version = payment.version ?? 0;
        }

        function take(step: Step): void {
          if (step.do === "order") {
            partners.next(step.answer, step.method === undefined ? {} : { method: step.method });
          } else if (step.do === "wait") {
            moveTo(context.clock.nowMs() + context.settings.settlementDelayMs);
            runDue(context);
          } else if (step.do === "settle") {
            const ids = [payment.id, ...lists.flatMap((list) => payment[list].map(({ id }) => id))];
            tolerate(RangeError, () => {
              partners.settle(ids[step.index % ids.length] ?? "", step.answer);
            });
          } else {
            tolerate(Refusal, () => {
              executeOperation(context, step.list, payment, { amount: step.amount });
            });
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});

function tolerate(expected: new (...values: never[]) => Error, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof expected)) throw error;
  }
}

function check({ state }: Context, payment: Payment): void {
  checkSchema("#/components/schemas/Payment", payment);
  const moved = (kind: LedgerKind): number =>
    state.ledger.reduce((sum, entry) => sum + (entry.kind === kind ? entry.amount : 0), 0);
  const { amounts } = payment;
  expect(amounts).toMatchObject({
    total_authorized: moved("authorization"),
    total_captured: moved("capture"),
    total_voided: moved("void"),
    total_refunded: moved("refund"),
  });
  for (const amount of Object.values(amounts)) expect(amount).toBeGreaterThanOrEqual(0);
  expect(moved("authorization")).toBeLessThanOrEqual(payment.amount);
  expect(moved("capture") + moved("void")).toBeLessThanOrEqual(moved("authorization"));
  expect(moved("refund")).toBeLessThanOrEqual(moved("capture"));
  if (payment.authorization.status !== "AUTHORIZED") expect(moved("capture")).toBe(0);

  const held = payment.authorization.partner_transactions;
  const captured = payment.captures.flatMap((capture) => capture.partner_transactions);
  expect(remaining(held)).toBe(amounts.available_to_void);
  expect(remaining(captured)).toBe(amounts.available_to_refund);
  for (const part of [...held, ...captured]) {
    expect(part.remaining_amount).toBeGreaterThanOrEqual(0);
    expect(part.remaining_amount).toBeLessThanOrEqual(part.amount);
  }
}

function remaining(transactions: readonly { readonly remaining_amount?: number }[]): number {
  return transactions.reduce((sum, part) => sum + (part.remaining_amount ?? 0), 0);
}
