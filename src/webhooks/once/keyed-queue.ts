import type { Clock } from "../../clock.js";

/** Lets work on one key happen one at a time, within this process. */
export interface Turns<T> {
  /**
   * Does the work, or has it done by a turn that has not begun yet and so will see all that is there now. However many
   * come while one is at work, one more turn serves them all.
   */
  take(key: string, work: () => Promise<T>): Promise<T>;
  /** Whether work on the key is going on, or waits for its turn. */
  has(key: string): boolean;
}

interface Turn<T> {
  done?: Promise<T>;
  /** After this it is taken for dead. */
  untilMs: number;
  /** Whether its own code came to its end. */
  isOver: boolean;
}

/**
 * Some platforms (Workers) end whatever a request began when that request ends: a turn may never settle, or be rejected
 * without its own code having run, and then does not tidy up after itself. So a turn counts for no longer than
 * `longestMs`. That two may be at work then is no worse than with two processes: it is the store that decides.
 */
export function createTurns<T>(clock: Clock, longestMs: number): Turns<T> {
  // Each in the order of their ends, because all last equally long.
  const atWork = new Map<string, Turn<T>>();
  const next = new Map<string, Turn<T>>();

  const createTurn = (): Turn<T> => ({ untilMs: clock.monotonicMs() + longestMs, isOver: false });

  function drop(key: string, turn: Turn<T>): void {
    if (next.get(key) === turn) next.delete(key);
    if (atWork.get(key) !== turn) return;
    atWork.delete(key);
    next.delete(key); // It waits for the one that is dropped.
  }

  function dropOld(): void {
    const nowMs = clock.monotonicMs();
    for (const turns of [atWork, next]) {
      for (const [key, turn] of turns) {
        if (turn.untilMs > nowMs) break;
        drop(key, turn);
      }
    }
  }

  async function run(key: string, work: () => Promise<T>, turn: Turn<T>): Promise<T> {
    turn.untilMs = clock.monotonicMs() + longestMs;
    atWork.delete(key); // To stand last.
    atWork.set(key, turn);
    try {
      return await work();
    } finally {
      turn.isOver = true;
      if (atWork.get(key) === turn) atWork.delete(key);
    }
  }

  function begin(key: string, work: () => Promise<T>): Promise<T> {
    const turn = createTurn();
    return (turn.done = run(key, work, turn));
  }

  function queue(key: string, work: () => Promise<T>, current: Turn<T>): Promise<T> {
    const turn = createTurn();
    const beginNext = (): Promise<T> => {
      if (next.get(key) === turn) {
        next.delete(key);
        return run(key, work, turn);
      }
      // Dropped meanwhile: whoever came since goes first.
      return take(key, work).finally(() => {
        turn.isOver = true;
      });
    };
    turn.done = Promise.resolve(current.done).then(beginNext, beginNext);
    next.set(key, turn);
    return turn.done;
  }

  async function join(key: string, done: Promise<T>, turn: Turn<T>, work: () => Promise<T>): Promise<T> {
    try {
      return await done;
    } catch (error) {
      if (turn.isOver) throw error;
      drop(key, turn);
      return await take(key, work);
    }
  }

  function take(key: string, work: () => Promise<T>): Promise<T> {
    dropOld();
    const coming = next.get(key);
    if (coming?.done !== undefined) return join(key, coming.done, coming, work);
    const current = atWork.get(key);
    return current === undefined ? begin(key, work) : queue(key, work, current);
  }

  return {
    take,
    has(key) {
      dropOld();
      return atWork.has(key) || next.has(key);
    },
  };
}
