/** A request of node:http, as it is or as Express and its like extend it. */
export interface NodeRequest extends AsyncIterable<unknown> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly httpVersionMajor?: number;
  /** Whether anything of the body was taken from the stream. */
  readonly readableDidRead?: boolean;
  readonly readableEnded?: boolean;
}
