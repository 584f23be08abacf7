/** Time as the client sees it; replaced in tests. */
export interface Clock {
  /** Milliseconds that never decrease, for measuring durations. */
  monotonicMs(): number;
  /** Milliseconds since 1970, only for comparison with dates from other machines. */
  wallMs(): number;
  /** Runs `callback` once after `delayMs`; the returned function cancels it. */
  startTimer(callback: () => void, delayMs: number): () => void;
}

/** The longest delay that timers support; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  startTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, Math.min(delayMs, longestTimerMs));
    return () => {
      clearTimeout(timer);
    };
  },
};
