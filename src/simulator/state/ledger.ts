import type { LedgerKind, LedgerEntry } from "./records.js";
import type { MinorUnits, Payment } from "../../../generated/schema.js";
import type { SimulatorState } from "./state.js";

/** Every movement of money, regardless of the answers sent: it shows how often a customer was charged. */
export interface Ledger {
  /** Everything that moved, oldest first: of one payment, or of all. */
  entries(paymentId?: string): readonly LedgerEntry[];
}

interface Movement {
  readonly kind: LedgerKind;
  readonly operationId: string;
  readonly amount: MinorUnits;
  readonly idempotencyKey: string | undefined;
}

export function record(state: SimulatorState, payment: Payment, movement: Movement): void {
  // An authorization of zero checks a card and moves nothing.
  if (movement.amount === 0) return;
  const { idempotencyKey, ...rest } = movement;
  state.ledger.push({
    sequence: state.ledger.length + 1,
    paymentId: payment.id,
    currency: payment.currency,
    ...rest,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
}

export function createLedger(state: SimulatorState): Ledger {
  return {
    entries: (paymentId) =>
      state.ledger
        .filter((entry) => paymentId === undefined || entry.paymentId === paymentId)
        .map((entry) => ({ ...entry })),
  };
}
