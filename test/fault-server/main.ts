import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { problemTypeValues } from "../../generated/enums.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { createControl } from "./control-routes.js";
import { deliver, type Answer } from "./delivery.js";
import { FaultPlan, type SeenRequest } from "./faults.js";

/**
 * A service with a ledger that fails on demand, as a process of its own: real sockets, and no memory in common with
 * the client under test. Prints its two addresses as one line of JSON, and ends when its standard input does.
 */

interface Service {
  simulator: Simulator;
  plan: FaultPlan;
  seen: SeenRequest[];
  /** How many requests the service is working on, or will be: a late commit counts from the start. */
  busy: number;
}

const insideUrl = "http://127.0.0.1:4010";

function createService(): Service {
  return { simulator: createSimulator(), plan: new FaultPlan(), seen: [], busy: 0 };
}

function listenOnLoopback(listener: RequestListener): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 30_000, requestTimeout: 0 }, listener);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve(server);
    });
  });
}

function urlOf(server: Server): string {
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return `http://127.0.0.1:${String(port)}`;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // No encoding is set, so chunks are buffers.
  return Buffer.concat(chunks);
}

async function processInside(simulator: Simulator, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const { method = "GET", url = "/" } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === "string" && name !== "connection") headers.set(name, value);
  }
  const init = method === "GET" ? { method, headers } : { method, headers, body: new Uint8Array(body) };
  const answer = await simulator.fetch(insideUrl + url, init);
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

function stillWorkingOnIt(): Answer {
  const document = { type: problemTypeValues[0], title: "Idempotency violation", status: 409 };
  const headers = { "content-type": "application/problem+json" };
  return { status: 409, headers, body: Buffer.from(JSON.stringify(document)) };
}

async function start(): Promise<void> {
  const service = createService();
  const keysInProgress = new Set<string>();
  const staleSockets = new WeakSet<Socket>();

  const server = await listenOnLoopback((request, response) => {
    service.busy += 1;
    void (async () => {
      if (staleSockets.has(request.socket)) {
        request.socket.resetAndDestroy();
        return;
      }
      const body = await readAll(request);
      const key = request.headers["x-idempotency-key"];
      const { method = "", url = "" } = request;
      const fault = service.plan.take(method, url);
      const seen: SeenRequest = {
        method,
        path: url,
        body: body.toString(),
        ...(typeof key === "string" ? { idempotencyKey: key } : {}),
        ...(fault === undefined ? {} : { fault: fault.kind }),
      };
      const process = async (): Promise<Answer> => {
        const isInProgress =
          typeof key === "string" && keysInProgress.has(key) && fault?.kind !== "late_commit";
        if (isInProgress) return stillWorkingOnIt();
        const answer = await processInside(service.simulator, request, body);
        seen.status = answer.status;
        return answer;
      };
      service.seen.push(seen);
      await deliver({ request, response, body, process, keysInProgress, staleSockets }, fault);
    })()
      .catch(() => request.socket.destroy())
      .finally(() => (service.busy -= 1));
  });

  const control = await listenOnLoopback(createControl(service));
  process.stdin.on("close", () => process.exit(0)).resume();
  process.stdout.write(`${JSON.stringify({ serviceUrl: urlOf(server), controlUrl: urlOf(control) })}\n`);
}

await start();
