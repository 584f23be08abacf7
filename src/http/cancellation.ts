import type { FetchLike, FetchAnswer } from "./fetch-like.js";
import { uncached } from "./uncached.js";

/** Tells a task to stop. */
export interface Stop {
  /** Created on first use: with a listener it costs a tenth of a whole request over undici on Node.js 20. */
  readonly signal: AbortSignal;
  /** Calls back once when the task must stop. The returned function unsubscribes. */
  onStop(callback: (reason: Error) => void): () => void;
}

/** A stop, with what triggers it and what disposes of it. */
export interface StopControl {
  readonly stop: Stop;
  readonly cancel: (reason: Error) => void;
  /** Drops the callbacks, because a connection may keep references to them until its next request. */
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
  const cancel = (reason: Error): void => {
    const waiting = callbacks;
    end();
    stoppedBy = reason;
    for (const callback of waiting) callback(reason);
    controller?.abort(reason);
  };
  return { stop, cancel, end };
}

/** The method of a transport that takes a {@link Stop} in place of an `AbortSignal`. */
export const stoppable: unique symbol = Symbol("stoppable");

export interface StoppableFetch extends FetchLike {
  readonly [stoppable]: (url: string, init: RequestInit, stop: Stop) => Promise<FetchAnswer>;
}

/** Sends a request that `stop` cancels; makes an `AbortSignal` only for transports that need one. */
export function fetchCancellable(
  stop: Stop,
  fetchFunction: FetchLike | StoppableFetch,
  { url, init }: { readonly url: string; readonly init: RequestInit },
): Promise<FetchAnswer> {
  return stoppable in fetchFunction
    ? fetchFunction[stoppable](url, init, stop)
    : fetchFunction(url, { ...init, ...uncached(), signal: stop.signal });
}
