import type { Payment } from "../../generated/schema.js";
import { nextDueInMs, nextPassMs } from "./delays.js";
import { isMovement, toMovement, type MovementEntry } from "./entry.js";
import { startLease, underLease } from "./lease.js";
import type { MovementState } from "./movement.js";
import type { Parts } from "./parts.js";
import type { Finding } from "./read.js";
import { advance } from "./states.js";

/**
 * Puts what was found out into the store, and then tells the caller of it.
 *
 * @param nowMs the store's time.
 * @returns the entry as it is now; undefined if another has written it meanwhile, and then nothing was changed or told.
 */
export async function settle(
  parts: Parts,
  entry: MovementEntry,
  { evidence, payment, retryAfterMs }: Finding,
  nowMs: number,
): Promise<MovementEntry | undefined> {
  const next = advance(entry, evidence, nowMs, parts.doubtAfterMs);
  // Without a callback there is nothing to call, now or later.
  const due = parts.onChange === undefined ? { ...next, untold: "" } : next;
  const lease = startLease(parts);
  const dueInMs =
    due.untold === "" ? nextDueInMs(due, nowMs, parts.delays, parts.random, retryAfterMs) : parts.leaseMs;
  const written = await parts.store.write(due, dueInMs);
  if (written === undefined || !isMovement(written)) return undefined;
  parts.watch.reached(entry, written);
  return written.untold === "" ? written : tell(parts, { entry: written, ...lease }, payment, nowMs);
}

/**
 * Tells the caller of the states that it has not been told of. What fails is told again by the next pass, so that each
 * state is told at least once, even if the process dies in between.
 */
export async function tell(
  parts: Parts,
  held: { readonly entry: MovementEntry; readonly endsAtMs: number },
  payment: Payment | undefined,
  nowMs: number,
): Promise<MovementEntry> {
  const { entry } = held;
  try {
    await underLease(parts, held, undefined, async () => {
      for (const state of entry.untold.split(" ")) {
        await parts.onChange?.(toMovement(asIn(state as MovementState, entry)), payment);
      }
    });
  } catch (error) {
    parts.watch.failed("onChange", error);
    // What the store does not take is due when the lease is over.
    const kept = await parts.store.write(entry, nextPassMs).catch(() => undefined);
    return kept !== undefined && isMovement(kept) ? kept : entry;
  }
  const told = { ...entry, untold: "" };
  const dueInMs = nextDueInMs(told, nowMs, parts.delays, parts.random);
  const written = await parts.store.write(told, dueInMs).catch((error: unknown) => {
    parts.watch.failed("store", error);
    return undefined;
  });
  return written !== undefined && isMovement(written) ? written : told;
}

/** A movement as it was in a state that it has left since, before it could be told. */
function asIn(state: MovementState, entry: MovementEntry): MovementEntry {
  return state === entry.state ? entry : { ...entry, state, operationStatus: undefined };
}
