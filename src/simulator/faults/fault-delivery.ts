import type { ClientSession, ClientSessionStatus, Payment } from "../../../generated/schema.js";
import { findEarlier } from "../state/earlier-payments.js";
import type { PlannedFault } from "../state/fault-records.js";
import type { FaultPlan } from "./faults.js";
import { findOperation, findResourceId } from "../protocol/operation-lookup.js";
import type { SimulatorState } from "../state/state.js";

/** How the connection breaks. */
export type Breakage = "drop" | "stall" | "truncate";

/** An answer and the fault injected into it. */
export interface FaultyAnswer {
  readonly response: Response;
  readonly breakage?: Breakage;
  readonly fault?: string;
}

type Handle = (request: Request) => Response | Promise<Response>;

interface FaultSources {
  readonly faults: FaultPlan;
  readonly state: SimulatorState;
}

/** The session status that `unknown_status` reports. */
const unknownStatus: ClientSessionStatus = "UNDOCUMENTED";

const gatewayPage =
  "<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n";

/** Calls `handle`, with the next matching fault applied. */
export async function answerWithFaults(
  { faults, state }: FaultSources,
  request: Request,
  handle: Handle,
): Promise<FaultyAnswer> {
  const { pathname } = new URL(request.url);
  const operation = findOperation(request.method, pathname);
  const fault =
    operation === undefined
      ? undefined
      : faults.takeForCall(operation.operationId, findResourceId(operation, pathname));
  if (fault === undefined) return { response: await handle(request) };
  return { ...(await applyFault(fault, state, request, handle)), fault: fault.kind };
}

async function applyFault(
  fault: PlannedFault,
  state: SimulatorState,
  request: Request,
  handle: Handle,
): Promise<FaultyAnswer> {
  const { status = 503, retryAfterSeconds = 1, dripMs = 50 } = fault;
  switch (fault.kind) {
    case "drop_before":
      return { response: emptyResponse(), breakage: "drop" };
    case "drop_after":
      return { response: await handle(request), breakage: "drop" };
    case "stall_before":
      return { response: emptyResponse(), breakage: "stall" };
    case "stall_after":
      return { response: await handle(request), breakage: "stall" };
    case "unauthorized":
      return { response: problem(401, "Unauthorized", { "www-authenticate": "Bearer" }) };
    case "rate_limit":
      return {
        response: problem(429, "Too Many Requests", { "retry-after": String(retryAfterSeconds) }),
      };
    case "bad_request":
      return { response: problem(400, "Bad Request") };
    case "error_before":
      return { response: problem(status, "Injected fault") };
    case "error_after":
      await handle(request);
      return { response: problem(status, "Injected fault") };
    case "html_before":
      return { response: page(fault.status) };
    case "html_after":
      await handle(request);
      return { response: page(fault.status) };
    case "truncate":
      return { response: await handle(request), breakage: "truncate" };
    case "drip":
      return { response: await drip(await handle(request), dripMs) };
    case "stale_read":
      return { response: await showEarlier(state, await handle(request)) };
    case "unknown_status":
      return { response: await showUnknownStatus(await handle(request)) };
    case "webhook_delay":
    case "webhook_duplicate":
    case "webhook_reorder":
    case "webhook_never":
      // `takeForCall` never returns these.
      return { response: await handle(request) };
  }
}

/** Applies the breakage as a caller of `fetch` would see it. A stalled answer never settles. */
export async function breakForFetch(answer: FaultyAnswer, signal: AbortSignal): Promise<Response> {
  const { response, breakage, fault } = answer;
  if (breakage === "drop") throw lostConnection("fetch failed");
  if (breakage === "stall") await new Promise(() => undefined);
  if (fault === "drip" && response.body !== null) {
    return new Response(response.body.pipeThrough(new TransformStream(), { signal }), response);
  }
  if (breakage !== "truncate") return response;
  const half = await readHalf(response);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(half);
    },
    // Fails only on the next read, so that the first half is delivered.
    pull(controller) {
      controller.error(lostConnection("terminated"));
    },
  });
  return new Response(body, response);
}

/** The first half of the body; `content-length` is set to the full length. */
export async function readHalf(response: Response): Promise<Uint8Array> {
  const body = new Uint8Array(await response.arrayBuffer());
  response.headers.set("content-length", String(body.byteLength));
  return body.slice(0, Math.floor(body.byteLength / 2));
}

async function drip(response: Response, dripMs: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  let sent = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise<void>((resolve) => {
        timer = setTimeout(resolve, dripMs);
      });
      if (sent < bytes.byteLength) controller.enqueue(bytes.slice(sent, ++sent));
      if (sent >= bytes.byteLength) controller.close();
    },
    cancel() {
      clearTimeout(timer);
    },
  });
  return new Response(body, response);
}

async function showEarlier(state: SimulatorState, response: Response): Promise<Response> {
  if (!response.ok) return response;
  const now = (await response.json()) as Payment; // The fault applies only to reads of payments.
  return Response.json(findEarlier(state, now.id) ?? now);
}

async function showUnknownStatus(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const session = (await response.json()) as ClientSession; // The fault applies only to calls that answer with a session.
  return Response.json({ ...session, status: unknownStatus } satisfies ClientSession);
}

function problem(status: number, title: string, headers: Record<string, string> = {}): Response {
  const document = { type: "about:blank", title, status, detail: "Fault injected by the simulator." };
  return new Response(JSON.stringify(document), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

function page(status = 502): Response {
  const headers = { "content-type": "text/html; charset=utf-8" };
  return [204, 205, 304].includes(status)
    ? new Response(null, { status })
    : new Response(gatewayPage, { status, headers });
}

function emptyResponse(): Response {
  return new Response(null, { status: 204 });
}

function lostConnection(message: string): TypeError {
  const cause = Object.assign(new Error("Connection broken by a fault injected into the simulator."), {
    code: "ECONNRESET",
  });
  return new TypeError(message, { cause });
}
