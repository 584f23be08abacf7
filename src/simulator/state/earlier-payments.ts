import type { Payment } from "../../../generated/schema.js";
import type { SimulatorClock } from "./clock.js";
import type { SimulatorState } from "./state.js";

/** Keeps what a payment shows now, for reads that lag behind. To be called before each change. */
export function noteEarlier(
  { state, clock }: { readonly state: SimulatorState; readonly clock: SimulatorClock },
  payment: Payment,
): void {
  const note = state.paymentNotes[payment.id];
  if (note === undefined) return;
  const { authorization, captures, refunds, voids } = payment;
  // Only these change in place; what else changes is replaced as a whole.
  const changing = structuredClone({ authorization, captures, refunds, voids });
  note.earlier = { payment: { ...payment, ...changing }, untilMs: clock.nowMs() };
}

/** What a payment showed before its last change; undefined when it never changed, or did so before `sinceMs`. */
export function findEarlier(
  { paymentNotes }: SimulatorState,
  paymentId: string,
  sinceMs?: number,
): Payment | undefined {
  const earlier = paymentNotes[paymentId]?.earlier;
  return earlier === undefined || earlier.untilMs <= (sinceMs ?? -Infinity) ? undefined : earlier.payment;
}
