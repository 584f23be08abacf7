import type { Clock } from "../clock.js";
import { onAbort } from "./abort-listener.js";

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
export interface CallLimits {
  readonly clock: Clock;
  /** On the monotonic clock. */
  readonly endsAtMs: number;
  readonly signal: AbortSignal | undefined;
}

export function remainingMs(limits: CallLimits): number {
  return limits.endsAtMs - limits.clock.monotonicMs();
}

/**
 * Runs work that must not outlive the call: it rejects with an {@link Interruption} at once when the caller
 * aborts, when `timeoutMs` is over or when the call's deadline is, even if the work ignores its signal.
 *
 * An own controller with a timer that is cleared, instead of `AbortSignal.any` with `AbortSignal.timeout`:
 * cheaper, and it leaves no listener on a long-lived signal and no timer behind.
 */
export async function interruptible<T>(
  limits: CallLimits,
  timeoutMs: number | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, signal } = limits;
  const left = remainingMs(limits);
  if (signal?.aborted) throw new Interruption("aborted");
  if (left <= 0) throw new Interruption("deadline");

  const controller = new AbortController();
  let stop: ((cause: InterruptionCause) => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = (cause) => {
      const interruption = new Interruption(cause);
      reject(interruption);
      controller.abort(interruption);
    };
  });
  const limitMs = timeoutMs === undefined ? left : Math.min(timeoutMs, left);
  const cancelTimer = clock.startTimer(() => stop?.(limitMs < left ? "timeout" : "deadline"), limitMs);
  const forget = signal && onAbort(signal, () => stop?.("aborted"));

  const running = work(controller.signal);
  // Whichever of the two loses the race must not become an unhandled rejection.
  running.catch(ignore);
  stopped.catch(ignore);
  try {
    return await Promise.race([running, stopped]);
  } finally {
    cancelTimer();
    forget?.();
  }
}

/** Waits, unless the call ends first. */
export function pause(limits: CallLimits, delayMs: number): Promise<void> {
  return interruptible(limits, undefined, (signal) => {
    return new Promise((resolve) => {
      const cancel = limits.clock.startTimer(resolve, delayMs);
      signal.addEventListener("abort", cancel, { once: true });
    });
  });
}

function ignore(): void {
  // The outcome was already decided by the other promise.
}
