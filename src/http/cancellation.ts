import type { FetchLike, FetchAnswer } from "./fetch-like.js";
import { uncached } from "./uncached.js";

/** Tells work that it must not go on. */
export interface Stop {
  /** Made when it is first asked for: with a listener it costs a tenth of a whole request over undici on Node.js 20. */
  readonly signal: AbortSignal;
  /** Calls back once when the work must stop; the returned function ends that. */
  onStop(callback: (reason: Error) => void): () => void;
}

/** A stop, what brings it about, and what ends it when the work is done. */
export interface StopControl {
  readonly stop: Stop;
  readonly cancel: (reason: Error) => void;
  /** Lets go of those who wait, which a connection may hold on to until its next request. */
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
  return { stop, cancel: bringAbout, end };
}

/** Names the way into a transport that can do without a signal of the platform. */
export const stoppable: unique symbol = Symbol("stoppable");

/** A transport that takes the stop itself. */
export interface StoppableFetch extends FetchLike {
  readonly [stoppable]: (url: string, init: RequestInit, stop: Stop) => Promise<FetchAnswer>;
}

/** Fetches until told to stop; with a signal of the platform only where there is no other way. */
export function fetchCancellable(
  stop: Stop,
  fetchFunction: FetchLike | StoppableFetch,
  url: string,
  init: RequestInit,
): Promise<FetchAnswer> {
  return stoppable in fetchFunction
    ? fetchFunction[stoppable](url, init, stop)
    : fetchFunction(url, { ...init, ...uncached(), signal: stop.signal });
}
