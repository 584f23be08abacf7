/** The part of `fetch` the client uses: an address and plain options, never a `Request`. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** What the client reads of an answer; every `Response` has it. */
export interface FetchAnswer {
  /** HTTP status. */
  readonly status: number;
  /** HTTP headers. `get` returns null for a header that is not there. */
  readonly headers: Pick<Headers, "get">;
  /** A web stream, or an async iterable of bytes. */
  readonly body?: unknown;
}

/** A {@link FetchFunction}, or a transport whose answers have only what the client reads. */
export type FetchLike = (url: string, init: RequestInit) => Promise<FetchAnswer>;
