import type { Clock } from "../../clock.js";
import { PurseWebhookError } from "../../errors/webhook-error.js";
import { withTimeout } from "./with-timeout.js";

/** How a handler ended. */
export type HandlerEnd =
  { readonly kind: "succeeded" } | { readonly kind: "failed"; readonly error: unknown };

/** The handler has not ended in time. */
export interface HandlerLate {
  readonly kind: "late";
  readonly error: PurseWebhookError;
}

/**
 * Runs a handler for at most `timeoutMs`. It cannot be stopped from outside, so its signal is aborted, and
 * `onLateEnd` is called if it ends after all.
 */
export async function runWithTimeout(
  clock: Clock,
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<void>,
  onLateEnd: (end: HandlerEnd) => void,
): Promise<HandlerEnd | HandlerLate> {
  const controller = new AbortController();
  const running = endOf(run(controller.signal));
  const end = await withTimeout<HandlerEnd | undefined>(clock, timeoutMs, running, () => undefined);
  if (end !== undefined) return end;
  const error = new PurseWebhookError(
    "handler_timeout",
    `The handler has not ended within ${String(Math.floor(timeoutMs))} ms.`,
  );
  controller.abort(error);
  void running.then(onLateEnd);
  return { kind: "late", error };
}

async function endOf(work: Promise<void>): Promise<HandlerEnd> {
  try {
    await work;
    return { kind: "succeeded" };
  } catch (error) {
    return { kind: "failed", error };
  }
}
