/** Time as the client sees it; replaced in tests. */
export interface Clock {
  /** Milliseconds that only ever grow. Measures durations. */
  monotonicMs(): number;
  /** Milliseconds since 1970. Only for comparing with dates that others wrote. */
  wallMs(): number;
  /** Runs `callback` once after `delayMs`; the returned function cancels it. */
  startTimer(callback: () => void, delayMs: number): () => void;
}

/** Longest delay that timers can represent; a larger one would fire at once. */
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
