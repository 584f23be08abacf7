import { request as requestHttp, type ClientRequest, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import { provesNotSent } from "../http/failure.js";
import type { Stop } from "../http/cancellation.js";
import type { Agents } from "./agents.js";
import { NodeAnswer } from "./answer.js";
import { readMessage, type Chunks } from "./answer-chunks.js";
import { refuse, type Outgoing } from "./outgoing.js";

/** Sends one request. Resolves when the head of its answer is there; rejects as `fetch` would. */
export function send(
  outgoing: Outgoing,
  stop: Stop | undefined,
  agents: Agents,
  connectTimeoutMs: number,
): Promise<Response> {
  const { url, method } = outgoing;
  if (stop?.reason !== undefined) return Promise.reject(stop.reason);
  return new Promise((resolve, reject) => {
    const request = start(outgoing, agents);
    const connection = watchConnecting(request, url, connectTimeoutMs);
    const fail = (error: unknown): void => {
      release();
      reject(failedFetch(error, connection.stood));
    };
    let isAnswered = false;
    let chunks: Chunks | undefined;
    const forget = stop?.onStop((reason) => {
      release();
      reject(reason);
      chunks?.fail(reason);
      request.destroy(reason);
    });
    const release = (): void => {
      connection.release();
      forget?.();
    };
    // Stays to the end: what fails after the answer has begun is told to those who read it.
    request.on("error", fail);
    request.once("close", () => {
      release();
      // Closed without a word: an upgrade, for example, which nobody here wants.
      if (!isAnswered) fail(withCode("The connection was closed.", "ECONNRESET"));
    });
    request.once("response", (message) => {
      isAnswered = true;
      const { statusCode: status = 0, statusMessage: statusText = "" } = message;
      const headers = headersOf(message);
      message.once("end", () => {
        // An early answer: what is left of the request would stand before the next one.
        if (!request.writableFinished) request.destroy();
      });
      if (mayHaveBody(method, status)) chunks = readMessage(message, encodingOf(headers));
      else message.on("error", () => undefined).resume();
      resolve(new NodeAnswer({ url: url.href, status, statusText, headers }, chunks));
    });
    request.end(outgoing.body);
  });
}

function start({ url, method, headers }: Outgoing, agents: Agents): ClientRequest {
  const { protocol, hostname, port, pathname, search } = url;
  const options = {
    protocol,
    hostname: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
    port,
    path: pathname + search,
    method,
    headers,
    agent: agents.forProtocol(protocol),
    // Said aloud, so that no flag of the process makes answers be read in two ways.
    insecureHTTPParser: false,
  };
  try {
    return protocol === "https:"
      ? requestHttps({ ...options, rejectUnauthorized: true })
      : requestHttp(options);
  } catch {
    // Before the first byte: they are only written once the request is ended.
    return refuse(`node:http does not take it; is the agent one for ${protocol}//?`);
  }
}

/** Gives up connecting in time, and knows whether the connection ever stood: from then on, something may have left. */
function watchConnecting(
  request: ClientRequest,
  { protocol }: URL,
  timeoutMs: number,
): { readonly stood: () => boolean; readonly release: () => void } {
  let stood = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const release = (): void => {
    clearTimeout(timer);
  };
  request.once("socket", (socket: Socket & { secureConnecting?: boolean }) => {
    if (!socket.connecting && socket.secureConnecting !== true) {
      stood = true;
      return;
    }
    socket.once(protocol === "https:" ? "secureConnect" : "connect", () => {
      stood = true;
      release();
    });
    timer = setTimeout(() => {
      // The code that Node's own fetch has for it, so that whoever knows one knows the other.
      request.destroy(withCode("The connection was not there in time.", "UND_ERR_CONNECT_TIMEOUT"));
    }, timeoutMs);
  });
  return { stood: () => stood, release };
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  return headers;
}

/** How a body is packed, if there can be one: nothing at all is not even packed. */
function encodingOf(headers: Headers): string {
  return headers.get("content-length") === "0" ? "" : (headers.get("content-encoding") ?? "");
}

function mayHaveBody(method: string, status: number): boolean {
  return method !== "HEAD" && status !== 204 && status !== 205 && status !== 304;
}

/** A failure in the form that `fetch` gives it: what happened is the cause. */
function failedFetch(error: unknown, stood: () => boolean): TypeError {
  // Once the connection stood, no code may say that nothing was sent.
  const isMisleading = stood() && provesNotSent(error);
  const cause = isMisleading ? withCode("The connection was lost.", "ECONNRESET") : error;
  return new TypeError("fetch failed", { cause });
}

function withCode(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
