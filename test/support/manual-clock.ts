import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../src/clock.js";

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** How many timers wait to go off. */
  pendingTimers(): number;
  /** In how many milliseconds the next timer goes off. */
  nextTimerInMs(): number | undefined;
  /** Moves time on, letting timers go off in their order and their consequences play out. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock alone, as an administrator or NTP would. */
  stepWallClock(ms: number): void;
}

export function manualClock({ startMs = 1_000_000, wallMs = Date.UTC(2026, 0, 1) } = {}): ManualClock {
  let nowMs = startMs;
  let wallOffsetMs = wallMs - startMs;
  const timers = new Set<Timer>();

  function nextTimer(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) if (next === undefined || timer.dueMs < next.dueMs) next = timer;
    return next;
  }

  return {
    monotonicMs: () => nowMs,
    wallMs: () => nowMs + wallOffsetMs,
    startTimer(callback, delayMs) {
      const timer = { callback, dueMs: nowMs + delayMs };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pendingTimers: () => timers.size,
    nextTimerInMs() {
      const next = nextTimer();
      return next === undefined ? undefined : next.dueMs - nowMs;
    },
    stepWallClock(ms) {
      wallOffsetMs += ms;
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (let next = nextTimer(); next !== undefined && next.dueMs <= untilMs; next = nextTimer()) {
        nowMs = Math.max(nowMs, next.dueMs);
        timers.delete(next);
        next.callback();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

/** Lets everything play out that waits for promises and streams, and not for time. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 8; round++) await setImmediate();
}

/** Lets time run, from timer to timer, until the promise is settled; gives the promise back. */
export async function runToEnd<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  const progress = { isSettled: false };
  const note = (): void => {
    progress.isSettled = true;
  };
  promise.then(note, note);
  await settle();
  while (!progress.isSettled) {
    const waitMs = clock.nextTimerInMs();
    if (waitMs === undefined) break;
    await clock.advance(waitMs);
  }
  return promise;
}
