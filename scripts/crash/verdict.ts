import type { Movement } from "../../src/journal/index.js";
import type { LedgerEntry } from "../../src/simulator/index.js";
import type { Order } from "./orders.js";

/** What the ledger, the journal and the callbacks do not agree on. Empty if the money is right. */
export function findFaults(
  orders: readonly Order[],
  movements: readonly Movement[],
  ledger: readonly LedgerEntry[],
  told: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const faults: string[] = [];
  const byId = new Map(movements.map((movement) => [movement.id, movement]));
  if (movements.length !== orders.length)
    faults.push(`${String(orders.length)} were ordered, and ${String(movements.length)} are in the journal`);
  const keys = new Set(movements.map(({ idempotencyKey }) => idempotencyKey));
  for (const entry of ledger)
    if (!keys.has(entry.idempotencyKey ?? ""))
      faults.push(`no movement asked for ledger entry ${String(entry.sequence)}`);
  for (const order of orders) {
    const { id, amount } = order.input;
    const movement = byId.get(id);
    if (movement === undefined) {
      faults.push(`${id} is not in the journal`);
      continue;
    }
    const entries = ledger.filter(({ idempotencyKey }) => idempotencyKey === movement.idempotencyKey);
    const fault = faultOf(order, movement, entries);
    if (fault !== undefined) faults.push(`${id} (${order.kind} ${String(amount)}): ${fault}`);
    if (told.get(id)?.has(movement.state) !== true) faults.push(`${id}: ${movement.state} was not told`);
  }
  return faults;
}

function faultOf(order: Order, movement: Movement, entries: readonly LedgerEntry[]): string | undefined {
  const { state, operationStatus } = movement;
  const moved = entries.reduce((sum, { amount }) => sum + amount, 0);
  const times = `${state} ${operationStatus ?? ""}, and the ledger has ${String(entries.length)} entries of ${String(moved)}`;
  if (entries.length > 1) return times;
  switch (state) {
    case "succeeded":
      return moved === order.input.amount ? undefined : times;
    case "refused":
      return moved === 0 && order.isTooMuch ? undefined : times;
    case "failed":
      return (operationStatus === "FAILURE" ? moved === 0 : moved < order.input.amount) ? undefined : times;
    case "in_doubt":
      // Only what was made to last: a partner that never answers, or a refusal after a lost answer.
      return operationStatus === "UNCERTAIN" || (order.isTooMuch && moved === 0) ? undefined : times;
    case "open":
    case "pending":
      return `still ${times}`;
  }
}
