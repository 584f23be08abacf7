/** The part of `fetch` the client uses: an address and plain options, never a `Request`. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** What the client reads of an answer; every `Response` has it. */
export interface FetchAnswer {
  /** HTTP status. */
  readonly status: number;
  /** HTTP headers. `get` gives null for one that is not there. */
  readonly headers: Pick<Headers, "get">;
  /** A web stream, or what can be iterated for the bytes, piece by piece. */
  readonly body?: unknown;
}

/** A {@link FetchFunction}, or a transport that answers with no more than the client reads. */
export type FetchLike = (url: string, init: RequestInit) => Promise<FetchAnswer>;
