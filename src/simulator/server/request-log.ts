import { idempotencyKeyHeader } from "../../../generated/operations.js";
import { hostedPageRoute, paymentLinkRoute, widgetSessionRoute } from "../protocol/addresses.js";
import type { SimulatorClock } from "../state/clock.js";
import type { FaultyAnswer } from "../faults/fault-delivery.js";
import { findOperation, fits, toTemplate } from "../protocol/operation-lookup.js";
import type { Random } from "../state/random.js";

/** One request and what the simulator made of it. */
export interface RequestRecord {
  /** The `x-request-id` of the answer. */
  readonly id: string;
  /** When it came, in milliseconds since 1970 on the simulator's clock. */
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  /** Id of the operation in the API description, for calls of the API. */
  readonly operation?: string;
  /** The path as the API description has it, or of a page: `{id}` and the like in place of ids. */
  readonly template?: string;
  /** What was answered, even if a fault kept it from the caller; 0 when a fault kept the call from being seen. */
  readonly status: number;
  /** Time to the answer, in real milliseconds. */
  readonly durationMs: number;
  readonly idempotencyKey?: string;
  /** Kind of the fault that it met. */
  readonly fault?: string;
}

export interface RequestLog {
  /** Answers through `handle` and notes the request. */
  through(request: Request, handle: (request: Request) => Promise<FaultyAnswer>): Promise<FaultyAnswer>;
  /** The last 10 000 requests, in the order of their answers. */
  list(): readonly RequestRecord[];
  clear(): void;
}

const mostRecords = 10_000;

interface RequestLogOptions {
  readonly clock: SimulatorClock;
  readonly random: Random;
  readonly onRequest: (record: RequestRecord) => void;
}

export function createRequestLog({ clock, random, onRequest }: RequestLogOptions): RequestLog {
  const records: RequestRecord[] = [];

  return {
    async through(request, handle) {
      const startedMs = performance.now();
      const atMs = clock.nowMs();
      const answer = await handle(request);
      const id = random.uuid();
      answer.response.headers.set("x-request-id", id);
      const wasUnseen = answer.fault === "drop_before" || answer.fault === "stall_before";
      const record = {
        id,
        atMs,
        ...describe(request),
        status: wasUnseen ? 0 : answer.response.status,
        durationMs: performance.now() - startedMs,
        ...(answer.fault === undefined ? {} : { fault: answer.fault }),
      };
      if (records.length === mostRecords) records.shift();
      records.push(record);
      onRequest(record);
      return answer;
    },
    list: () => records.map((record) => ({ ...record })),
    clear: () => void records.splice(0),
  };
}

function describe({
  method,
  url,
  headers,
}: Request): Pick<RequestRecord, "method" | "path" | "operation" | "template" | "idempotencyKey"> {
  const path = new URL(url).pathname;
  const operation = findOperation(method, path);
  const key = headers.get(idempotencyKeyHeader);
  return {
    method,
    path,
    ...(operation === undefined
      ? findPage(path)
      : { operation: operation.operationId, template: operation.path }),
    ...(key === null ? {} : { idempotencyKey: key }),
  };
}

function findPage(path: string): Pick<RequestRecord, "template"> {
  const routes = [hostedPageRoute, widgetSessionRoute, paymentLinkRoute];
  const template = routes.map(toTemplate).find((candidate) => fits(candidate, path));
  return template === undefined ? {} : { template };
}

/** The line that a logger gets. */
export function toLogLine({ method, path, status, durationMs, fault }: RequestRecord): string {
  const what = fault === undefined ? "" : ` (${fault})`;
  return `${method} ${path} ${String(status)} ${String(Math.round(durationMs))} ms${what}`;
}
