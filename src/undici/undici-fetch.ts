import { Agent, type Dispatcher } from "undici";
import { PurseConfigurationError } from "../errors/configuration-error.js";
import type { FetchAnswer, FetchLike } from "../http/fetch-like.js";
import { onAbort } from "../http/abort-listener.js";
import { stoppable, type Stop } from "../http/cancellation.js";
import { AnswerHandler, refusal } from "./answer-handler.js";

/** How to set up the transport. */
export interface UndiciFetchOptions {
  /**
   * Makes the connections: an `Agent`, `ProxyAgent`, `EnvHttpProxyAgent`, `MockAgent` or any other dispatcher of undici 7
   * or 8, which you configure and close. It must not repeat requests or follow redirects (`RetryAgent`, the interceptors
   * `retry` and `redirect`).
   * @defaultValue an `Agent` with one request at a time on each of at most 256 connections to an origin, 10 s to connect,
   * and idle connections kept for 4 s, or as long as the server announces, up to a minute
   */
  dispatcher?: Dispatcher | undefined;
}

/**
 * A transport for Node.js: it sends the client's requests straight through a dispatcher of the package `undici`,
 * which your application installs. Make one and keep it; all clients of a process can share it.
 *
 * It takes text or bytes for a body, follows no redirects and repeats nothing. Its answers have what the client
 * reads, and are no `Response`.
 *
 * @throws PurseConfigurationError when an option cannot be used or is not known.
 *
 * @example
 * ```ts
 * import { Purse } from "purse-payments";
 * import { createUndiciFetch } from "purse-payments/undici";
 *
 * const purse = new Purse({ environment: "sandbox", fetch: createUndiciFetch() });
 * ```
 */
export function createUndiciFetch(options: UndiciFetchOptions = {}): FetchLike {
  const dispatcher = readDispatcher(options);
  const send = (url: string, init: RequestInit, follow: FollowStop | undefined): Promise<FetchAnswer> =>
    new Promise((resolve, reject) => {
      const request = readRequest(url, init);
      const handler = new AnswerHandler(resolve, reject);
      handler.forget = follow?.((reason) => {
        handler.stop(reason);
      });
      try {
        if (!handler.isOver) dispatcher.dispatch(request, handler);
      } catch (error) {
        handler.onResponseError(undefined, error);
      }
    });
  const undiciFetch: FetchLike = (url, init) =>
    send(url, init, init.signal ? follow(init.signal) : undefined);
  return Object.assign(undiciFetch, {
    [stoppable]: (url: string, init: RequestInit, stop: Stop) => send(url, init, (tell) => stop.onStop(tell)),
  });
}

function readDispatcher(given: unknown): Dispatcher {
  if (typeof given !== "object" || given === null) fail("options", "must be an object.");
  const unknown = Object.keys(given).find((name) => name !== "dispatcher");
  if (unknown !== undefined)
    fail(`options.${unknown}`, "is not known; there is dispatcher. Set the rest on a dispatcher of yours.");
  const { dispatcher = createAgent() } = given as { dispatcher?: unknown };
  if (typeof dispatcher !== "object" || dispatcher === null || !("dispatch" in dispatcher))
    fail("dispatcher", "must be a dispatcher of the package undici 7 or 8 (Bun has none).");
  return dispatcher as Dispatcher; // By shape: there may be several copies of undici.
}

function createAgent(): Agent {
  return new Agent({
    allowH2: false,
    connections: 256,
    keepAliveMaxTimeout: 60_000,
    // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED does not decide it.
    connect: { timeout: 10_000, rejectUnauthorized: true },
    // The client ends requests itself, by its own timeouts.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function readRequest(
  url: string,
  { method = "GET", headers, body }: RequestInit,
): Dispatcher.DispatchOptions {
  if (body !== undefined && body !== null && typeof body !== "string" && !(body instanceof Uint8Array))
    throw refusal("The body must be text or a Uint8Array.");
  const { origin, pathname, search } = new URL(url);
  const given = headers instanceof Headers ? headers : new Headers(headers);
  const flat: string[] = [];
  for (const [name, value] of given) flat.push(name, value);
  // Unpacking an answer of 5 kB costs more than the whole request.
  if (!given.has("accept-encoding")) flat.push("accept-encoding", "identity");
  return {
    origin,
    path: pathname + search,
    method,
    headers: flat,
    body: body ?? null,
  };
}

/** Calls back when a request must not go on, at once if it is so already; the returned function ends that. */
type FollowStop = (callback: (reason: unknown) => void) => () => void;

function follow(signal: AbortSignal): FollowStop {
  return (callback) => {
    const tell = (): void => {
      callback(signal.reason);
    };
    if (signal.aborted) tell();
    return onAbort(signal, tell);
  };
}

function fail(option: string, message: string): never {
  throw new PurseConfigurationError(`${option} ${message}`);
}
