import type { Clock } from "../../clock.js";

/** Waits for the work, but no longer than `patienceMs`; then gives what `late` gives. The work itself goes on. */
export async function withPatience<T>(
  clock: Clock,
  patienceMs: number,
  work: Promise<T>,
  late: () => T,
): Promise<T> {
  let cancel: (() => void) | undefined;
  const impatience = new Promise<undefined>((resolve) => {
    cancel = clock.startTimer(() => {
      resolve(undefined);
    }, patienceMs);
  });
  try {
    const first = await Promise.race([work.then((value) => ({ value })), impatience]);
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
