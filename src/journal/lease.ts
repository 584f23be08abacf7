import { onAbort } from "../http/abort-listener.js";
import type { Entry } from "./entry.js";
import type { Parts } from "./parts.js";

/** An entry that this process holds, and until when it may rely on that. */
export interface Held<T extends Entry = Entry> {
  readonly entry: T;
  /** On this process's monotonic clock, counted from before the store was asked, so never later than the store's own end. */
  readonly endsAtMs: number;
}

/**
 * Works under a lease and renews it meanwhile. The work's signal aborts when the lease is lost, when its end comes without
 * a renewal, or when the caller's signal does; what it gives after that is based on an old revision, and changes
 * nothing in the store.
 */
export async function underLease<T>(
  { store, clock, leaseMs }: Pick<Parts, "store" | "clock" | "leaseMs">,
  { entry, endsAtMs }: Held,
  callerSignal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  let leaseEndsAtMs = endsAtMs;
  let isOver = false;
  let cancelTimer: (() => void) | undefined;

  async function renew(): Promise<void> {
    const askedAtMs = clock.monotonicMs();
    if (askedAtMs >= leaseEndsAtMs) {
      abort();
      return;
    }
    try {
      if (await store.renew(entry, leaseMs)) leaseEndsAtMs = askedAtMs + leaseMs;
      else abort();
    } catch {
      // The store may be back before the lease is over.
    }
    if (!isOver && !controller.signal.aborted) wait();
  }

  function wait(): void {
    cancelTimer = clock.startTimer(() => void renew(), leaseMs / 3);
  }

  if (callerSignal?.aborted === true || clock.monotonicMs() >= endsAtMs) abort();
  const forget = callerSignal === undefined ? undefined : onAbort(callerSignal, abort);
  wait();
  try {
    return await work(controller.signal);
  } finally {
    isOver = true;
    cancelTimer?.();
    forget?.();
  }
}

/** Counts from before the entry is asked for. */
export function startLease({ clock, leaseMs }: Pick<Parts, "clock" | "leaseMs">): {
  readonly endsAtMs: number;
} {
  return { endsAtMs: clock.monotonicMs() + leaseMs };
}
