import type { FetchFunction } from "./runtime-fetch.js";
import { uncached } from "./uncached.js";

/** Tells work that it must not go on. */
export interface Stop {
  /** Made when it is first asked for, as it costs a twentieth of a whole request over the Node transport. */
  readonly signal: AbortSignal;
  /** Why it must not go on; nothing while it may. */
  readonly reason: Error | undefined;
  /** Calls back once when the work must stop; the returned function ends that. */
  onStop(callback: (reason: Error) => void): () => void;
}

/** A stop, what brings it about, and what ends it when the work is done. */
export interface StopControl {
  readonly stop: Stop;
  readonly bringAbout: (reason: Error) => void;
  /**
   * Lets go of those who wait. A connection may hold on to its last request, and through it to all that can be reached
   * from there: an answer that stays for so long costs the garbage collector more than it cost to read it.
   */
  readonly end: () => void;
}

export function createStop(): StopControl {
  let controller: AbortController | undefined;
  let stoppedBy: Error | undefined;
  let callbacks: ((reason: Error) => void)[] = [];
  const stop: Stop = {
    get signal() {
      if (controller === undefined) {
        controller = new AbortController();
        if (stoppedBy !== undefined) controller.abort(stoppedBy);
      }
      return controller.signal;
    },
    get reason() {
      return stoppedBy;
    },
    onStop(callback) {
      callbacks.push(callback);
      return () => {
        callbacks = callbacks.filter((each) => each !== callback);
      };
    },
  };
  const end = (): void => {
    callbacks = [];
  };
  const bringAbout = (reason: Error): void => {
    const waiting = callbacks;
    end();
    stoppedBy = reason;
    for (const callback of waiting) callback(reason);
    controller?.abort(reason);
  };
  return { stop, bringAbout, end };
}

type StoppableFetch = (url: string, init: RequestInit, stop: Stop | undefined) => Promise<Response>;

/** The transports of this package, by what callers know them as. */
const stoppableFetches = new WeakMap<FetchFunction, StoppableFetch>();

export function offerStoppable(fetchFunction: FetchFunction, stoppable: StoppableFetch): void {
  stoppableFetches.set(fetchFunction, stoppable);
}

/** Fetches until told to stop; with a signal of the platform only where there is no other way. */
export function fetchUntil(
  stop: Stop,
  fetchFunction: FetchFunction,
  url: string,
  init: RequestInit,
): Promise<Response> {
  const stoppable = stoppableFetches.get(fetchFunction);
  return stoppable === undefined
    ? fetchFunction(url, { ...init, ...uncached(), signal: stop.signal })
    : stoppable(url, init, stop);
}
