import { PurseAbortError } from "../errors/abort-error.js";
import type { AnyPurseError } from "../errors/union.js";
import { isPurseError } from "../errors/union.js";
import { PurseError } from "../errors/purse-error.js";
import { PurseTimeoutError } from "../errors/timeout-error.js";
import type { RequestOptions } from "../options.js";
import { refuseArgument } from "../checks/members.js";
import { checkOptions } from "./prepare.js";
import { refusedByTransport } from "../http/failure.js";
import { Interruption, pause, remainingMs, startDeadline } from "../http/interruption.js";
import { checkDurationMs } from "../checks/options.js";
import type { Runtime } from "./settings.js";

/** How long to poll, and how to end it earlier. */
export interface PollOptions {
  /** Milliseconds in all; the client's `deadlineMs` by default. */
  deadlineMs?: number | undefined;
  /** Ends the wait with `PurseAbortError`. */
  signal?: AbortSignal | undefined;
}

export interface PollingParts extends Runtime {
  readonly deadlineMs: number;
}

const firstDelayMs = 500;
const longestDelayMs = 5000;

/**
 * Reads until a reading is as wanted. Readings that fail for a reason that may pass do not end it: the next one comes after
 * the usual interval, or later if the service asks for that.
 */
export async function pollUntil<T>(
  read: (limits: RequestOptions) => Promise<T>,
  isDone: (value: T) => boolean,
  options: PollOptions | undefined,
  { clock, random, deadlineMs: standardDeadlineMs }: PollingParts,
): Promise<T> {
  const { signal, deadlineMs = standardDeadlineMs } = checkOptions(options, ["deadlineMs", "signal"]);
  if (typeof isDone !== "function") refuseArgument("predicate", "must be a function.");
  checkDurationMs(deadlineMs, "options.deadlineMs", refuseArgument);
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
      // One that our own deadline has ended says less than the one before.
      if (stillLeftMs > 0) failure = reading;
    } else {
      const isWanted: unknown = isDone(reading); // An async predicate would give a promise, which is no answer.
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

/** Gives a reading, or an error that may pass; rejects with any other. */
async function tryReading<T>(read: () => Promise<T>): Promise<T | AnyPurseError> {
  try {
    return await read();
  } catch (error) {
    if (isPurseError(error) && mayPass(error)) return error;
    throw error;
  }
}

const passing: readonly AnyPurseError["code"][] = [
  "connection",
  "rate_limit",
  "server",
  "timeout",
  "token",
  "unreadable_response",
];

/** Of errors that have one: asking again would end the same way. */
const lasting: readonly unknown[] = [
  "credentials_refused",
  "request_refused",
  "too_large",
  "unsupported_fetch",
  refusedByTransport,
];

/** Whether reading again may succeed where this reading failed. */
export function mayPass(error: AnyPurseError): boolean {
  const { reason } = error as { reason?: unknown }; // Not every error has one.
  const { code } = (error.cause ?? {}) as { code?: unknown }; // An error of our own making.
  if (lasting.includes(reason) || lasting.includes(code)) return false;
  return passing.includes(error.code) || error.status === 408 || error.status === 425;
}

function timedOut(failure: AnyPurseError | undefined): PurseTimeoutError {
  const message = "waitFor: the payment was not as wanted within deadlineMs";
  if (failure === undefined) return new PurseTimeoutError(`${message}.`);
  const { name, code } = failure;
  return new PurseTimeoutError(`${message}; the last reading failed: ${failure.message}`, {
    cause: { name, code },
  });
}
