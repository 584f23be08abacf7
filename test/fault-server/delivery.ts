import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Fault } from "./faults.js";

/** A request as it was read, and the way to its answer. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  body: Buffer;
  /** Lets the service do what the request asks for. */
  process(): Promise<Answer>;
  /** Idempotency keys whose first request is still being worked on. */
  keysInProgress: Set<string>;
  staleSockets: WeakSet<Socket>;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

const dripIntervalMs = 40;
const html = "<!doctype html><title>Bad gateway</title><h1>502</h1>";

export async function deliver(exchange: Exchange, fault: Fault | undefined): Promise<void> {
  const { request, response } = exchange;
  const { socket } = request;
  switch (fault?.kind) {
    case undefined: {
      answer(response, await exchange.process());
      return;
    }
    case "drop_before":
      socket.resetAndDestroy();
      return;
    case "drop_after":
      await exchange.process();
      socket.resetAndDestroy();
      return;
    case "half_header":
      await exchange.process();
      socket.write("HTTP/1.1 200 OK\r\ncontent-ty", () => socket.destroy());
      return;
    case "cut_body":
      cutBody(socket, await exchange.process());
      return;
    case "stall_before":
      return;
    case "stall_after":
      await exchange.process();
      return;
    case "drip": {
      drip(response, await exchange.process());
      return;
    }
    case "status_before": {
      answer(response, failure(fault.status, fault.retryAfter));
      return;
    }
    case "status_after":
      await exchange.process();
      {
        answer(response, failure(fault.status));
        return;
      }
    case "html_before": {
      answer(response, {
        status: fault.status,
        headers: { "content-type": "text/html" },
        body: Buffer.from(html),
      });
      return;
    }
    case "html_after":
      await exchange.process();
      {
        answer(response, {
          status: 200,
          headers: { "content-type": "text/html" },
          body: Buffer.from(html),
        });
        return;
      }
    case "empty_after":
      await exchange.process();
      {
        answer(response, { status: 200, headers: {}, body: Buffer.alloc(0) });
        return;
      }
    case "redirect_before": {
      answer(response, { status: 307, headers: { location: fault.location }, body: Buffer.alloc(0) });
      return;
    }
    case "redirect_after":
      await exchange.process();
      {
        answer(response, { status: 303, headers: { location: fault.location }, body: Buffer.alloc(0) });
        return;
      }
    case "late_commit":
      await commitLate(exchange, fault);
      return;
    case "stale_keep_alive":
      exchange.staleSockets.add(socket);
      {
        answer(response, await exchange.process());
        return;
      }
  }
}

function answer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, "content-length": String(body.byteLength) });
  response.end(body);
}

function failure(status: number, retryAfter?: string): Answer {
  const body = Buffer.from(JSON.stringify({ title: "Injected", status }));
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (retryAfter !== undefined) headers["retry-after"] = retryAfter;
  return { status, headers, body };
}

/** Announces the whole body and sends half of it. */
function cutBody(socket: Socket, { status, body }: Answer): void {
  socket.write(`HTTP/1.1 ${String(status)} OK\r\ncontent-type: application/json\r\n`);
  socket.write(`content-length: ${String(body.byteLength)}\r\n\r\n`);
  socket.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => socket.destroy());
}

/** Sends one byte at a time: the connection is never silent, and the answer never complete in time. */
function drip(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, "content-length": String(body.byteLength) });
  let sent = 0;
  const timer = setInterval(() => {
    if (response.destroyed || sent >= body.byteLength) {
      clearInterval(timer);
      response.end();
      return;
    }
    response.write(body.subarray(sent, sent + 1));
    sent += 1;
  }, dripIntervalMs);
}

async function commitLate(
  exchange: Exchange,
  { delayMs, guarded }: Fault & { kind: "late_commit" },
): Promise<void> {
  const { request, response, keysInProgress } = exchange;
  const key = String(request.headers["x-idempotency-key"]);
  if (guarded) keysInProgress.add(key);
  answer(response, failure(504));
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  await exchange.process().finally(() => keysInProgress.delete(key));
}
