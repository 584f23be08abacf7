/** A request of node:http, as it is or as Express and its like extend it. */
export interface NodeRequest extends AsyncIterable<unknown> {
  /** HTTP method. */
  readonly method?: string | undefined;
  /** Path and query, as they came. */
  readonly url?: string | undefined;
  /** HTTP headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** 2 for HTTP/2. */
  readonly httpVersionMajor?: number;
  /** Whether anything of the body was taken from the stream. */
  readonly readableDidRead?: boolean;
  /** Whether the body was taken from the stream to its end. */
  readonly readableEnded?: boolean;
}
