import type { Payment } from "../../../generated/schema.js";
import type { SimulatorClock } from "./clock.js";
import type { SimulatorState } from "./state.js";

/** Keeps a copy for stale reads. Call before each change. */
export function noteEarlier(
  { state, clock }: { readonly state: SimulatorState; readonly clock: SimulatorClock },
  payment: Payment,
): void {
  const note = state.paymentNotes[payment.id];
  if (note === undefined) return;
  const { authorization, captures, refunds, voids } = payment;
  // Only these are changed in place; other members are replaced.
  const changing = structuredClone({ authorization, captures, refunds, voids });
  note.earlier = { payment: { ...payment, ...changing }, untilMs: clock.nowMs() };
}

/** The payment before its last change; undefined if it has not changed since `sinceMs`. */
export function findEarlier(
  { paymentNotes }: SimulatorState,
  paymentId: string,
  sinceMs?: number,
): Payment | undefined {
  const earlier = paymentNotes[paymentId]?.earlier;
  return earlier === undefined || earlier.untilMs <= (sinceMs ?? -Infinity) ? undefined : earlier.payment;
}
