import type { Clock } from "../../clock.js";

/** Waits for `work` for at most `timeoutMs`, then returns the result of `late`. The work itself goes on. */
export async function withTimeout<T>(
  clock: Clock,
  timeoutMs: number,
  work: Promise<T>,
  late: () => T,
): Promise<T> {
  let cancel: (() => void) | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    cancel = clock.startTimer(() => {
      resolve(undefined);
    }, timeoutMs);
  });
  try {
    const first = await Promise.race([work.then((value) => ({ value })), timeout]);
    return first === undefined ? late() : first.value;
  } finally {
    cancel?.();
  }
}

export function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.startTimer(resolve, delayMs);
  });
}
