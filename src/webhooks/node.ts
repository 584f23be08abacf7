import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { PurseWebhookError } from "../errors/webhook-error.js";
import { nodeBody, type NodeBody } from "./node-body.js";
import type { NodeRequest } from "./node-request.js";
import { callAndIgnoreErrors } from "./once/call-and-ignore-errors.js";

export type { NodeRequest };

/** A response of node:http. */
export interface NodeResponse {
  /** HTTP status; set before the answer is sent. */
  statusCode: number;
  /** Whether an answer is on its way already. */
  readonly headersSent?: boolean;
  /** Sets a header of the answer. */
  setHeader(name: string, value: string): unknown;
  /** Sends the answer with its body. */
  end(body?: string): unknown;
}

/** As much of a Fastify request as it takes. */
export interface FastifyLikeRequest {
  /** The request of node:http. */
  readonly raw: NodeRequest;
  /** What Fastify has made of the body. */
  readonly body?: unknown;
}

/** As much of a Fastify reply as it takes. */
export interface FastifyLikeReply {
  /** Sets the status. */
  code(status: number): unknown;
  /** Sets a header. */
  header(name: string, value: string): unknown;
  /** Sends the answer. */
  send(body?: string): unknown;
}

/** How to set up an adapter. */
export interface NodeHandlerOptions {
  /** Is told when the body cannot be had any more because something else read it: a fault in how routes are set up. */
  onError?: ((error: PurseWebhookError) => void) | undefined;
}

/** A webhook handler, as `createWebhookHandler` makes it. */
export type FetchHandler = (request: Request) => Promise<Response>;

/**
 * Serves a webhook handler with node:http, Express, Connect and other frameworks that pass on the requests and responses of node:http.
 *
 * Mount it before any body parser, and it reads the raw body itself, within the handler's limit. Behind one it
 * uses what the parser left: `rawBody` or a `body` of bytes or text, else a parsed `body`. A parsed one is as good here,
 * because nothing is signed and only the id is used. If nothing is left it answers 500, with what to do about it.
 *
 * @returns a function whose promise is fulfilled when the delivery is handled and answered, and never rejected. Await it
 * where a process may be stopped or frozen once its function has returned: Next's pages API, and most platforms for
 * functions.
 * @throws PurseInvalidArgumentError when `handler` is no function, or an option is not known.
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import type { Purse } from "purse-payments";
 * import { createWebhookHandler } from "purse-payments/webhooks";
 * import { toNodeHandler } from "purse-payments/webhooks/node";
 *
 * export function listen(purse: Purse, secret: string) {
 *   const handler = createWebhookHandler(purse, { secrets: [secret], on: { fallback: () => undefined } });
 *   // Express: app.post("/purse", toNodeHandler(handler)), before app.use(express.json())
 *   return createServer(toNodeHandler(handler)).listen(8080);
 * }
 * ```
 */
export function toNodeHandler(
  handler: FetchHandler,
  options: NodeHandlerOptions = {},
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  const onError = check(handler, options);
  return async (request, response) => {
    const answer = await serve(handler, onError, request, request);
    try {
      write(answer, request, response);
    } catch {
      // The connection is gone, so there is no one to answer. The sender comes again.
    }
  };
}

function write(
  { status, headers, text, isUnread }: Answer,
  request: NodeRequest,
  response: NodeResponse,
): void {
  // Something else, such as a timeout of the framework, was quicker.
  if (response.headersSent === true) return;
  response.statusCode = status;
  for (const [name, value] of headers) response.setHeader(name, value);
  // The rest of the body would be read as the next request.
  if (isUnread && request.httpVersionMajor !== 2) response.setHeader("connection", "close");
  response.end(text);
}

/**
 * Serves a webhook handler as a Fastify route. Fastify has parsed the body by then, which does no harm: only the id of
 * it is used.
 *
 * @throws PurseInvalidArgumentError when `handler` is no function, or an option is not known.
 *
 * @example
 * ```ts
 * import type { FastifyLikeReply, FastifyLikeRequest } from "purse-payments/webhooks/node";
 * import { toFastifyHandler } from "purse-payments/webhooks/node";
 *
 * interface Fastify {
 *   post(path: string, handler: (request: FastifyLikeRequest, reply: FastifyLikeReply) => Promise<unknown>): unknown;
 * }
 *
 * export function mount(app: Fastify, handler: (request: Request) => Promise<Response>) {
 *   app.post("/purse", toFastifyHandler(handler));
 * }
 * ```
 */
export function toFastifyHandler(
  handler: FetchHandler,
  options: NodeHandlerOptions = {},
): (request: FastifyLikeRequest, reply: FastifyLikeReply) => Promise<unknown> {
  const onError = check(handler, options);
  return async (request, reply) => {
    const { status, headers, text } = await serve(handler, onError, request.raw, request);
    reply.code(status);
    for (const [name, value] of headers) reply.header(name, value);
    await reply.send(text);
    return reply;
  };
}

type Report = NodeHandlerOptions["onError"];

/** When routes are set up, and not at the first delivery. */
function check(handler: unknown, options: NodeHandlerOptions): Report {
  const { onError, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new PurseInvalidArgumentError(`options.${unknown}`, "is not known. Did you mean onError?");
  if (typeof handler !== "function") throw new PurseInvalidArgumentError("handler", "must be a function.");
  if (onError !== undefined && typeof onError !== "function")
    throw new PurseInvalidArgumentError("options.onError", "must be a function.");
  return onError;
}

interface Answer {
  readonly status: number;
  readonly headers: Iterable<[string, string]>;
  readonly text: string;
  /** Whether some of the request's body is still to come. */
  readonly isUnread: boolean;
}

/** Never rejects. @param parsed what may carry what a body parser made of the body. */
async function serve(
  handler: FetchHandler,
  onError: Report,
  request: NodeRequest,
  parsed: object,
): Promise<Answer> {
  let body: NodeBody;
  let fetchRequest: Request;
  try {
    body = nodeBody(request, parsed);
    if (body.kind === "consumed") {
      report(onError);
      return { ...serverError, text: advice };
    }
    fetchRequest = toRequest(request, body.content);
  } catch {
    // No request that fetch knows (CONNECT, TRACE), or no body that a lazy parser can make sense of.
    return { status: 400, headers: [], text: "", isUnread: true };
  }
  const answer = await answerOf(handler, fetchRequest);
  return { ...answer, isUnread: body.kind === "stream" && request.readableEnded !== true };
}

async function answerOf(handler: FetchHandler, request: Request): Promise<Answer> {
  try {
    const response = await handler(request);
    const text = await response.text();
    // Response.error() has the status 0, which cannot be sent.
    if (response.status >= 200)
      return { status: response.status, headers: [...response.headers], text, isUnread: false };
  } catch {
    // A handler of createWebhookHandler never rejects; another may.
  }
  return serverError;
}

const serverError: Answer = { status: 500, headers: [], text: "", isUnread: false };

function report(onError: Report): void {
  callAndIgnoreErrors(() => onError?.(new PurseWebhookError("body_consumed", advice)));
}

const advice =
  "The webhook's body was read before it came here, and nothing of it was kept. " +
  "Express: mount the webhook route before app.use(express.json()), or use express.raw({ type: '*/*' }) for it. " +
  "Fastify: leave the parser for application/json in place, or use toFastifyHandler. " +
  "Next (pages): export const config = { api: { bodyParser: false } }. " +
  "node:http: do not read the request before you pass it on.";

function toRequest(request: NodeRequest, content: BodyInit): Request {
  const { method = "GET", url = "/" } = request;
  const base = "http://localhost"; // The host is not used; the URL only has to be absolute.
  const address = URL.canParse(url, base) ? new URL(url, base) : base;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // Names that begin with a colon are of HTTP/2, and are not headers.
    if (value === undefined || name.startsWith(":")) continue;
    for (const single of Array.isArray(value) ? value : [value]) headers.append(name, single);
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  const init: RequestInit & { duplex: "half" } = { method, headers, duplex: "half" };
  return new Request(address, hasBody ? { ...init, body: content } : init);
}
