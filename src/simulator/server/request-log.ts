import { idempotencyKeyHeader } from "../../../generated/operations.js";
import { hostedPageRoute, paymentLinkRoute, widgetSessionRoute } from "../protocol/addresses.js";
import type { SimulatorClock } from "../state/clock.js";
import type { FaultyAnswer } from "../faults/fault-delivery.js";
import { findOperation, matchesTemplate, toTemplate } from "../protocol/operation-lookup.js";
import type { Random } from "../state/random.js";

/** One request and its answer. */
export interface RequestRecord {
  /** The `x-request-id` header of the answer. */
  readonly id: string;
  /** When it arrived, in milliseconds since 1970 on the simulator's clock. */
  readonly atMs: number;
  /** HTTP method. */
  readonly method: string;
  /** Path of the address, without its query. */
  readonly path: string;
  /** Operation id in the API description; absent for pages. */
  readonly operation?: string;
  /** The path with placeholders such as `{id}` for ids. */
  readonly template?: string;
  /** Status of the answer, even if a fault kept it from the caller; 0 if a fault kept the simulator from handling the call. */
  readonly status: number;
  /** Duration in real milliseconds. */
  readonly durationMs: number;
  /** The key that came with it, if one did. */
  readonly idempotencyKey?: string;
  /** Kind of the injected fault, if any. */
  readonly fault?: string;
}

export interface RequestLog {
  /** Calls `handle` and logs the request. */
  handle(request: Request, handle: (request: Request) => Promise<FaultyAnswer>): Promise<FaultyAnswer>;
  /** The last 10 000 requests, in the order they were answered. */
  list(): readonly RequestRecord[];
  clear(): void;
}

const maxRecords = 10_000;

interface RequestLogOptions {
  readonly clock: SimulatorClock;
  readonly random: Random;
  readonly onRequest: (record: RequestRecord) => void;
}

export function createRequestLog({ clock, random, onRequest }: RequestLogOptions): RequestLog {
  const records: RequestRecord[] = [];

  return {
    async handle(request, handle) {
      const startedMs = performance.now();
      const atMs = clock.nowMs();
      const answer = await handle(request);
      const id = random.uuid();
      answer.response.headers.set("x-request-id", id);
      const wasNotHandled = answer.fault === "drop_before" || answer.fault === "stall_before";
      const record = {
        id,
        atMs,
        ...describe(request),
        status: wasNotHandled ? 0 : answer.response.status,
        durationMs: performance.now() - startedMs,
        ...(answer.fault === undefined ? {} : { fault: answer.fault }),
      };
      if (records.length === maxRecords) records.shift();
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
  const template = routes.map(toTemplate).find((candidate) => matchesTemplate(candidate, path));
  return template === undefined ? {} : { template };
}

export function toLogLine({ method, path, status, durationMs, fault }: RequestRecord): string {
  const suffix = fault === undefined ? "" : ` (${fault})`;
  return `${method} ${path} ${String(status)} ${String(Math.round(durationMs))} ms${suffix}`;
}
