import { Interruption, pause, startDeadline } from "../http/interruption.js";
import { ask } from "./ask.js";
import { isMovement, isToBeAsked, type Entry, type MovementEntry } from "./entry.js";
import { startLease, underLease, type Held } from "./lease.js";
import { isSettled } from "./movement.js";
import type { Parts } from "./parts.js";
import { readMovement, type Finding } from "./read.js";
import { watchSession } from "./sessions.js";
import { settle, tell } from "./settle.js";

/** What a pass has done. */
export interface PassResult {
  /** How many entries it worked on: movements, and expected sessions. */
  readonly taken: number;
  /** How many of these have nothing left to do. */
  readonly settled: number;
  /** How many of these are due again later. */
  readonly open: number;
}

/** How many entries one pass works on at once. */
const lanes = 8;

/** Works on what is due, each entry once, until nothing is left or the signal aborts. */
export async function runPass(
  parts: Parts,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<PassResult> {
  let taken = 0;
  let settled = 0;
  // What comes due while the pass is under way is for the next one.
  let dueByMs: number | undefined;
  let isExhausted = false;

  async function take(most: number): Promise<readonly Held[]> {
    const wanted = Math.min(most, limit - taken);
    if (isExhausted || wanted <= 0 || signal?.aborted === true) return [];
    taken += wanted;
    const lease = startLease(parts);
    const entries = await parts.store.take(wanted, parts.leaseMs, dueByMs);
    taken -= wanted - entries.length;
    dueByMs ??= entries[0]?.nowMs;
    if (entries.length < wanted) isExhausted = true;
    return entries.map((entry) => ({ entry, ...lease }));
  }

  async function work(first: Held): Promise<void> {
    for (let held: Held | undefined = first; held !== undefined; [held] = await take(1)) {
      if (await handle(parts, held, signal)) settled += 1;
    }
  }

  const ends = await Promise.allSettled((await take(lanes)).map(work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return { taken, settled, open: taken - settled };
}

/** Whether the entry has nothing left to do. What fails here is due again when the lease is over. */
async function handle(parts: Parts, held: Held, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    const { entry } = held;
    const after = isMovement(entry)
      ? await pursue(parts, { ...held, entry }, signal)
      : await underLease(parts, held, signal, (stop) => watchSession(parts, entry, stop));
    return after?.untold === "" && isDone(after);
  } catch (error) {
    parts.watch.failed("store", error);
    return false;
  }
}

function isDone({ state }: Entry): boolean {
  return state === "closed" || isSettled(state);
}

/** Asks for a movement or reads its payment, by its state, and settles it. */
export async function pursue(
  parts: Parts,
  held: Held<MovementEntry>,
  signal: AbortSignal | undefined,
): Promise<MovementEntry | undefined> {
  const { entry } = held;
  const startedMs = parts.clock.monotonicMs();
  if (isSettled(entry.state)) {
    const { payment } = await underLease(parts, held, signal, (stop) => readMovement(parts, entry, stop));
    return tell(parts, held, payment, entry.nowMs);
  }
  const look = isToBeAsked(entry) ? ask : readMovement;
  const finding: Finding = await underLease(parts, held, signal, (stop) => look(parts, entry, stop));
  // Time goes on while the service is asked; the store's own is that of the taking.
  return settle(parts, entry, finding, Math.round(entry.nowMs + parts.clock.monotonicMs() - startedMs));
}

/** Passes until the signal aborts. A pass that fails, because the store does, is followed by the next. */
export async function runPasses(
  parts: Parts,
  everyMs: number,
  limit: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = startDeadline(parts.clock, Infinity, signal);
  while (!signal.aborted) {
    try {
      await runPass(parts, limit, signal);
    } catch (error) {
      parts.watch.failed("store", error);
    }
    try {
      await pause(deadline, everyMs);
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
    }
  }
}
