import { PurseAbortError } from "../errors/abort-error.js";
import { PurseTimeoutError } from "../errors/timeout-error.js";
import type { RequestOptions } from "../options.js";
import { refuseArgument } from "../members.js";
import { checkOptions } from "./call.js";
import { Interruption, pause, remainingMs, type CallLimits } from "./interruption.js";
import { checkDurationMs } from "./option-checks.js";
import type { Surroundings } from "./settings.js";

/** How long to poll, and how to end it earlier. */
export interface PollOptions {
  /** Milliseconds in all; the client's `deadlineMs` by default. */
  deadlineMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface PollingParts extends Surroundings {
  readonly deadlineMs: number;
}

const firstDelayMs = 500;
const longestDelayMs = 5000;

export async function pollUntil<T>(
  read: (limits: RequestOptions) => Promise<T>,
  isDone: (value: T) => boolean,
  options: PollOptions | undefined,
  { clock, random, deadlineMs: standardDeadlineMs }: PollingParts,
): Promise<T> {
  const { signal, deadlineMs = standardDeadlineMs } = checkOptions(options, ["deadlineMs", "signal"]);
  if (typeof isDone !== "function") refuseArgument("predicate", "must be a function.");
  checkDurationMs(deadlineMs, "options.deadlineMs", refuseArgument);
  const limits: CallLimits = { clock, endsAtMs: clock.monotonicMs() + deadlineMs, signal };
  for (let round = 0; ; round++) {
    const leftMs = remainingMs(limits);
    if (leftMs <= 0) throw timedOut();
    const value = await read({ signal, deadlineMs: leftMs });
    const isWanted: unknown = isDone(value); // An async predicate would give a promise, which is no answer.
    if (isWanted === true) return value;
    try {
      await pause(limits, Math.min(longestDelayMs, firstDelayMs * 2 ** round) * (0.5 + random() / 2));
    } catch (error) {
      if (error instanceof Interruption && error.reason === "aborted") {
        throw new PurseAbortError("waitFor: the caller's signal ended the wait.");
      }
      throw timedOut();
    }
  }
}

function timedOut(): PurseTimeoutError {
  return new PurseTimeoutError("waitFor: the payment was not as wanted within deadlineMs.");
}
