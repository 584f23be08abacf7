import { PurseAbortError } from "../errors/abort-error.js";
import type { AnyPurseError } from "../errors/union.js";
import { isPurseError } from "../errors/union.js";
import { PurseError } from "../errors/purse-error.js";
import { PurseTimeoutError } from "../errors/timeout-error.js";
import type { RequestOptions } from "../options.js";
import { Interruption, pause, remainingMs, startDeadline } from "../http/interruption.js";
import { isTemporary } from "./is-temporary.js";
import type { Runtime } from "./settings.js";

/** How long to poll, and how to end it early. */
export interface PollOptions {
  /** Milliseconds in all; the client's `deadlineMs` by default. */
  deadlineMs?: number | undefined;
  /** Ends the wait with `PurseAbortError`. */
  signal?: AbortSignal | undefined;
}

/** What to poll; already checked. */
export interface Poll<T> {
  readonly read: (limits: RequestOptions) => Promise<T>;
  readonly isDone: (value: T) => boolean;
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
}

const firstDelayMs = 500;
const longestDelayMs = 5000;

/**
 * Polls until `isDone` returns true. A read that fails for a temporary reason does not end it: the next one follows after
 * the usual interval, or later if the service asks for that.
 */
export async function pollUntil<T>(
  { read, isDone, deadlineMs, signal }: Poll<T>,
  { clock, random }: Runtime,
): Promise<T> {
  const deadline = startDeadline(clock, deadlineMs, signal);
  let failure: AnyPurseError | undefined;
  for (let round = 0; ; round++) {
    const leftMs = remainingMs(deadline);
    if (leftMs <= 0) throw timedOut(failure);
    let intervalMs = Math.min(longestDelayMs, firstDelayMs * 2 ** round) * (0.5 + random() / 2);
    const reading = await tryReading(() => read({ signal, deadlineMs: leftMs }));
    if (reading instanceof PurseError) {
      const { retryAfterMs = 0 } = reading;
      const stillLeftMs = remainingMs(deadline);
      if (retryAfterMs > 0 && retryAfterMs >= stillLeftMs) throw reading;
      intervalMs = Math.max(intervalMs, retryAfterMs);
      // A read that our own deadline ended says less than the one before.
      if (stillLeftMs > 0) failure = reading;
    } else {
      const isWanted: unknown = isDone(reading); // An async predicate would return a promise, which is truthy.
      if (isWanted === true) return reading;
      failure = undefined;
    }
    try {
      await pause(deadline, intervalMs);
    } catch (error) {
      if (error instanceof Interruption && error.reason === "aborted") {
        throw new PurseAbortError("waitFor: the caller's signal ended the wait.");
      }
      throw timedOut(failure);
    }
  }
}

/** Resolves to what was read, or to a temporary error; rejects with any other. */
async function tryReading<T>(read: () => Promise<T>): Promise<T | AnyPurseError> {
  try {
    return await read();
  } catch (error) {
    if (isPurseError(error) && isTemporary(error)) return error;
    throw error;
  }
}

function timedOut(failure: AnyPurseError | undefined): PurseTimeoutError {
  const message = "waitFor: the predicate did not return true within deadlineMs";
  if (failure === undefined) return new PurseTimeoutError(`${message}.`);
  const { name, code } = failure;
  return new PurseTimeoutError(`${message}; the last read failed: ${failure.message}`, {
    cause: { name, code },
  });
}
