import type { Clock } from "../../clock.js";

/** Runs work on one key one at a time, within this process. */
export interface KeyedQueue<T> {
  /**
   * Runs `work`, or joins the queued run for this key. A queued run has not started yet, so it sees the current state, and
   * one serves all callers that arrive while another run is active.
   */
  runExclusive(key: string, work: () => Promise<T>): Promise<T>;
  /** Whether work on the key is running or queued. */
  has(key: string): boolean;
}

interface QueuedRun<T> {
  done?: Promise<T>;
  /** After this time the run is considered dead. */
  untilMs: number;
  /** Whether its own code ran to its end. */
  isOver: boolean;
}

/**
 * Some platforms (Workers) cancel everything a request started when that request ends: a run may never settle, or reject
 * without its own `finally` having run. So a run is considered dead after `longestMs`. Two runs may then overlap, as they can
 * in two processes; the store decides between them.
 */
export function createKeyedQueue<T>(clock: Clock, longestMs: number): KeyedQueue<T> {
  // Ordered by expiry, because all runs have the same limit.
  const atWork = new Map<string, QueuedRun<T>>();
  const next = new Map<string, QueuedRun<T>>();

  const createRun = (): QueuedRun<T> => ({ untilMs: clock.monotonicMs() + longestMs, isOver: false });

  function drop(key: string, run: QueuedRun<T>): void {
    if (next.get(key) === run) next.delete(key);
    if (atWork.get(key) !== run) return;
    atWork.delete(key);
    next.delete(key); // It waits for the run that is dropped.
  }

  function dropOld(): void {
    const nowMs = clock.monotonicMs();
    for (const runs of [atWork, next]) {
      for (const [key, run] of runs) {
        if (run.untilMs > nowMs) break;
        drop(key, run);
      }
    }
  }

  async function start(key: string, work: () => Promise<T>, run: QueuedRun<T>): Promise<T> {
    run.untilMs = clock.monotonicMs() + longestMs;
    atWork.delete(key); // Reinserted as the last entry.
    atWork.set(key, run);
    try {
      return await work();
    } finally {
      run.isOver = true;
      if (atWork.get(key) === run) atWork.delete(key);
    }
  }

  function begin(key: string, work: () => Promise<T>): Promise<T> {
    const run = createRun();
    return (run.done = start(key, work, run));
  }

  function queue(key: string, work: () => Promise<T>, current: QueuedRun<T>): Promise<T> {
    const run = createRun();
    const beginNext = (): Promise<T> => {
      if (next.get(key) === run) {
        next.delete(key);
        return start(key, work, run);
      }
      // Dropped in the meantime: runs that were queued since go first.
      return runExclusive(key, work).finally(() => {
        run.isOver = true;
      });
    };
    run.done = Promise.resolve(current.done).then(beginNext, beginNext);
    next.set(key, run);
    return run.done;
  }

  async function join(key: string, done: Promise<T>, run: QueuedRun<T>, work: () => Promise<T>): Promise<T> {
    try {
      return await done;
    } catch (error) {
      if (run.isOver) throw error;
      drop(key, run);
      return await runExclusive(key, work);
    }
  }

  function runExclusive(key: string, work: () => Promise<T>): Promise<T> {
    dropOld();
    const coming = next.get(key);
    if (coming?.done !== undefined) return join(key, coming.done, coming, work);
    const current = atWork.get(key);
    return current === undefined ? begin(key, work) : queue(key, work, current);
  }

  return {
    runExclusive,
    has(key) {
      dropOld();
      return atWork.has(key) || next.has(key);
    },
  };
}
