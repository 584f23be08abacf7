/** Rejects when the caller aborts, as `fetch` does. The work itself goes on. */
export async function untilAborted<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    // A reason can be any value; `fetch` also rejects with it unchanged.
    stop = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([run(), aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
