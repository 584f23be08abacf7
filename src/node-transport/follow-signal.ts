import type { Stop } from "../http/cancellation.js";

/** The stop that a caller's own signal brings about. */
export function followSignal(signal: AbortSignal): Stop {
  return {
    signal,
    get reason() {
      return signal.aborted ? reasonOf(signal) : undefined;
    },
    onStop(callback) {
      const tell = (): void => {
        callback(reasonOf(signal));
      };
      signal.addEventListener("abort", tell, { once: true });
      return () => {
        signal.removeEventListener("abort", tell);
      };
    },
  };
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException("This operation was aborted", "AbortError");
}
