/** A caller's signal that counts who still listens to it. */
export interface WatchedSignal {
  readonly signal: AbortSignal;
  readonly abort: (reason?: unknown) => void;
  readonly listeners: () => number;
}

export function watchedSignal(): WatchedSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const listening = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.defineProperty(signal, "addEventListener", {
    value: (...args: Parameters<typeof add>) => {
      if (args[0] === "abort") listening.add(args[1]);
      add(...args);
    },
  });
  Object.defineProperty(signal, "removeEventListener", {
    value: (...args: Parameters<typeof remove>) => {
      if (args[0] === "abort") listening.delete(args[1]);
      remove(...args);
    },
  });
  return {
    signal,
    abort(reason) {
      controller.abort(reason);
      listening.clear(); // All of ours listen once.
    },
    listeners: () => listening.size,
  };
}
