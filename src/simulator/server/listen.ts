import { createServer, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { readHalf, type FaultyAnswer } from "../faults/fault-delivery.js";
import { checkMembers } from "../known-members.js";
import { isOwnHost, toUrlHost } from "./own-host.js";
import { Refusal, toProblemResponse } from "../protocol/problems.js";

/** Where to listen. */
export interface ListenOptions {
  /** Port to listen on. Default 0: any free port. */
  port?: number;
  /**
   * Address to listen on. Default 127.0.0.1: this computer only. Local requests must use a loopback name or this host.
   * With another address, other computers may use any host name, but cannot control the simulator.
   */
  host?: string;
}

/** A simulator that listens. */
export interface Listener {
  /** Its address, for `baseUrl`. */
  readonly url: string;
  /** Its port. */
  readonly port: number;
  /** Stops listening. Resolves when the port is free. */
  readonly close: () => Promise<void>;
}

export interface Connection {
  readonly isLoopback: boolean;
}

type Handle = (request: Request, connection: Connection) => Promise<FaultyAnswer>;

const foreignHost =
  "The simulator does not accept this Host header. Use 127.0.0.1, [::1], localhost or the host it listens on; a tunnel or proxy must send one of these.";

const loopback = /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i;

export async function startListening(handle: Handle, options: ListenOptions = {}): Promise<Listener> {
  checkMembers(options, ["port", "host"]);
  const { port: wantedPort = 0, host = "127.0.0.1" } = options;
  const listener = getRequestListener(
    async (request, env) => {
      // The server speaks HTTP/1 only, so this is never an HTTP/2 response.
      const outgoing = env.outgoing as ServerResponse;
      const isLoopback = loopback.test(outgoing.socket?.remoteAddress ?? "");
      // Both, because an absolute URL in the request line overrides the header.
      const urls = [request.url, `http://${request.headers.get("host") ?? ""}`];
      // Blocks DNS rebinding by web pages. Remote callers were let in on purpose by the choice of host.
      if (isLoopback && !urls.every((url) => isOwnHost(url, host)))
        return toProblemResponse(request, new Refusal(403, foreignHost));
      return breakConnection(await handle(request, { isLoopback }), outgoing);
    },
    { overrideGlobalObjects: false },
  );
  const server = createServer((incoming, outgoing) => {
    void listener(incoming, outgoing);
  });
  await start(server, wantedPort, host);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : wantedPort;
  return {
    url: `http://${toUrlHost(host)}:${String(port)}`,
    port,
    close: () => stop(server),
  };
}

/**
 * Breaks the connection if the fault asks for it. Then the server library gets no response: its own mark for one that was
 * sent already is not seen when `Response` is the library's, as in every process that uses its `serve()`.
 */
async function breakConnection(answer: FaultyAnswer, outgoing: ServerResponse): Promise<Response> {
  const { response, breakage } = answer;
  if (breakage === undefined) return response;
  if (breakage === "drop") outgoing.socket?.resetAndDestroy();
  if (breakage === "truncate") {
    const half = await readHalf(response);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.write(half, () => outgoing.socket?.destroy());
  }
  return new Promise(() => undefined);
}

async function start(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(Object.assign(new Error(explain(error, port, host), { cause: error }), { code: error.code }));
    });
    server.listen({ port, host }, resolve);
  });
}

function explain({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === "EADDRINUSE") return `Port ${String(port)} on ${host} is already in use.`;
  if (code === "EACCES") return `Port ${String(port)} on ${host} needs elevated privileges.`;
  return `Cannot listen on port ${String(port)} on ${host}: ${message}`;
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
