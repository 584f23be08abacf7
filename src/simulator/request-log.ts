import { idempotencyKeyHeader } from "../../generated/operations.js";

/** One answered request. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly idempotencyKey?: string;
}

export interface RequestLog {
  /** Answers through `handle` and notes the request. */
  through(request: Request, handle: (request: Request) => Response | Promise<Response>): Promise<Response>;
  /** The last 10 000 requests, in the order of their answers. */
  list(): readonly RequestRecord[];
}

const mostRecords = 10_000;

export function createRequestLog(log: (line: string) => void): RequestLog {
  const records: RequestRecord[] = [];

  return {
    async through(request, handle) {
      const startedMs = performance.now();
      const response = await handle(request);
      response.headers.set("x-request-id", crypto.randomUUID());
      const { method } = request;
      const path = new URL(request.url).pathname;
      const key = request.headers.get(idempotencyKeyHeader);
      if (records.length === mostRecords) records.shift();
      records.push({
        method,
        path,
        status: response.status,
        ...(key === null ? {} : { idempotencyKey: key }),
      });
      log(
        `${method} ${path} ${String(response.status)} ${String(Math.round(performance.now() - startedMs))} ms`,
      );
      return response;
    },
    list: () => records.map((record) => ({ ...record })),
  };
}
