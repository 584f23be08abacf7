import type { Clock } from "../clock.js";
import { onAbort } from "./abort-listener.js";
import { createStop, type Stop } from "./cancellation.js";

/** Why the work was ended before it was done. */
export type InterruptionCause = "aborted" | "timeout" | "deadline";

/** Internal; never reaches a caller. */
export class Interruption extends Error {
  readonly reason: InterruptionCause;

  constructor(reason: InterruptionCause) {
    super(reason);
    this.reason = reason;
  }
}

/** When a call must have ended, and the caller's signal to end it earlier. */
export interface Deadline {
  readonly clock: Clock;
  /** On the monotonic clock. */
  readonly endsAtMs: number;
  readonly signal: AbortSignal | undefined;
}

export function startDeadline(clock: Clock, inMs: number, signal?: AbortSignal): Deadline {
  return { clock, endsAtMs: clock.monotonicMs() + inMs, signal };
}

export function remainingMs(deadline: Deadline): number {
  return deadline.endsAtMs - deadline.clock.monotonicMs();
}

/**
 * Runs work that must not outlive the call: rejects with an {@link Interruption} as soon as the caller aborts, or
 * `timeoutMs` or the call's deadline is over, even if the work ignores its stop.
 *
 * Cheaper than `AbortSignal.any` with `AbortSignal.timeout`, and leaves no listener on a long-lived signal and no timer.
 */
export async function interruptible<T>(
  deadline: Deadline,
  timeoutMs: number | undefined,
  work: (stop: Stop) => Promise<T>,
): Promise<T> {
  const { clock, signal } = deadline;
  const left = remainingMs(deadline);
  if (signal?.aborted) throw new Interruption("aborted");
  if (left <= 0) throw new Interruption("deadline");

  const { stop, cancel, end } = createStop();
  const interrupt = (cause: InterruptionCause): void => {
    cancel(new Interruption(cause));
  };
  const limitMs = timeoutMs === undefined ? left : Math.min(timeoutMs, left);
  const cancelTimer = clock.startTimer(() => {
    interrupt(limitMs < left ? "timeout" : "deadline");
  }, limitMs);
  const forget =
    signal &&
    onAbort(signal, () => {
      interrupt("aborted");
    });

  try {
    return await new Promise<T>((resolve, reject) => {
      stop.onStop(reject);
      work(stop).then(resolve, reject);
    });
  } finally {
    cancelTimer();
    end();
    forget?.();
  }
}

/** Waits; rejects with an {@link Interruption} if the call ends first. */
export function pause(deadline: Deadline, delayMs: number): Promise<void> {
  return interruptible(deadline, undefined, (stop) => {
    return new Promise((resolve) => {
      stop.onStop(deadline.clock.startTimer(resolve, delayMs));
    });
  });
}
