import type { Clock } from "../clock.js";
import { onAbort } from "./abort-listener.js";
import { createStop, type Stop } from "./cancellation.js";

/** Why waiting stopped before the work was done. */
export type InterruptionCause = "aborted" | "timeout" | "deadline";

/** Internal signal; never reaches a caller. */
export class Interruption extends Error {
  readonly reason: InterruptionCause;

  constructor(reason: InterruptionCause) {
    super(reason);
    this.reason = reason;
  }
}

/** The bounds of one call: when it must have ended, and the caller's way to end it earlier. */
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
 * Runs work that must not outlive the call: it rejects with an {@link Interruption} at once when the caller
 * aborts, when `timeoutMs` is over or when the call's deadline is, even if the work does not heed its stop.
 *
 * An own stop with a timer that is cleared, instead of `AbortSignal.any` with `AbortSignal.timeout`:
 * cheaper, and it leaves no listener on a long-lived signal and no timer behind.
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

/** Waits, unless the call ends first. */
export function pause(deadline: Deadline, delayMs: number): Promise<void> {
  return interruptible(deadline, undefined, (stop) => {
    return new Promise((resolve) => {
      stop.onStop(deadline.clock.startTimer(resolve, delayMs));
    });
  });
}
