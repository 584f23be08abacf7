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

export function createTurns<T>(): Turns<T> {
  const atWork = new Map<string, Promise<T>>();
  const next = new Map<string, Promise<T>>();

  function begin(key: string, work: () => Promise<T>): Promise<T> {
    const turn = work().finally(() => {
      atWork.delete(key);
    });
    atWork.set(key, turn);
    return turn;
  }

  return {
    take(key, work) {
      const coming = next.get(key);
      if (coming !== undefined) return coming;
      const current = atWork.get(key);
      if (current === undefined) return begin(key, work);
      const beginNext = (): Promise<T> => {
        next.delete(key);
        return begin(key, work);
      };
      const turn = current.then(beginNext, beginNext);
      next.set(key, turn);
      return turn;
    },
    has: (key) => atWork.has(key) || next.has(key),
  };
}
