import type { LedgerKind, LedgerEntry, LedgerPart } from "./records.js";
import type { Payment } from "../../../generated/schema.js";
import type { SimulatorState } from "./state.js";

/** Every movement of money, regardless of the answers sent: it shows how often a customer was charged. */
export interface Ledger {
  /** Everything that moved, oldest first: of one payment, or of all. */
  entries(paymentId?: string): readonly LedgerEntry[];
}

interface Movement {
  readonly kind: LedgerKind;
  readonly operationId: string;
  /** The partner transactions that moved money now. */
  readonly moved: readonly LedgerPart[];
  readonly idempotencyKey: string | undefined;
}

export function record(state: SimulatorState, payment: Payment, movement: Movement): void {
  const { idempotencyKey, moved, kind, operationId } = movement;
  const amount = moved.reduce((total, part) => total + part.amount, 0);
  // An authorization of zero checks a card and moves nothing.
  if (amount === 0) return;
  state.ledger.push({
    sequence: state.ledger.length + 1,
    paymentId: payment.id,
    kind,
    operationId,
    amount,
    currency: payment.currency,
    parts: moved.map(({ partner, method, amount: share }) => ({ partner, method, amount: share })),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
}

export function createLedger(state: SimulatorState): Ledger {
  return {
    entries: (paymentId) =>
      state.ledger
        .filter((entry) => paymentId === undefined || entry.paymentId === paymentId)
        .map((entry) => ({ ...entry, parts: partsOf(entry).map((part) => ({ ...part })) })),
  };
}

/** Dumps of earlier versions have entries without parts. */
function partsOf({ parts }: Partial<Pick<LedgerEntry, "parts">>): readonly LedgerPart[] {
  return parts ?? [];
}
