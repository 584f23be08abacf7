import { createServer, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { readHalf, type FaultyAnswer } from "../faults/fault-delivery.js";
import { checkMembers } from "../known-members.js";
import { isOwnHost, toUrlHost } from "./own-host.js";
import { Refusal, toProblemResponse } from "../protocol/problems.js";

export interface ListenOptions {
  /** Port to listen on. Default 0: any free one. */
  port?: number;
  /**
   * Address to listen on. Default 127.0.0.1: this computer only, under its own names and this one.
   * Callers on other computers, which another address lets in, may use any name; they cannot control the simulator.
   */
  host?: string;
}

export interface Listener {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Who is asking, as far as the connection tells. */
export interface Connection {
  readonly isLoopback: boolean;
}

type Handle = (request: Request, connection: Connection) => Promise<FaultyAnswer>;

const foreignHost =
  "The simulator is not served under this host. Use 127.0.0.1, [::1] or localhost, or the host that it listens on; a tunnel or proxy has to send one of them.";

/** Tells the server library to leave the connection to us. */
const alreadySentHeader = "x-hono-already-sent";

const loopback = /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i;

export async function startListening(handle: Handle, options: ListenOptions = {}): Promise<Listener> {
  checkMembers(options, ["port", "host"]);
  const { port: wantedPort = 0, host = "127.0.0.1" } = options;
  const listener = getRequestListener(
    async (request, env) => {
      // A server of HTTP/1 only, so it is not the other kind of response.
      const outgoing = env.outgoing as ServerResponse;
      const isLoopback = loopback.test(outgoing.socket?.remoteAddress ?? "");
      // Both: an absolute address in the request line overrides the header.
      const asked = [request.url, `http://${request.headers.get("host") ?? ""}`];
      // A web page that has led its own name here must reach nothing. Callers elsewhere were let in on purpose.
      if (isLoopback && !asked.every((url) => isOwnHost(url, host)))
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

/** Lets the connection suffer what the fault asks for; other answers go their way. */
async function breakConnection(answer: FaultyAnswer, outgoing: ServerResponse): Promise<Response> {
  const { response, breakage } = answer;
  if (breakage === undefined) return response;
  if (breakage === "drop") outgoing.socket?.resetAndDestroy();
  if (breakage === "truncate") {
    const half = await readHalf(response);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.write(half, () => outgoing.socket?.destroy());
  }
  return new Response(null, { headers: { [alreadySentHeader]: "true" } });
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
  if (code === "EADDRINUSE") return `Port ${String(port)} on ${host} is in use by another program.`;
  if (code === "EACCES") return `Port ${String(port)} on ${host} may not be used without more rights.`;
  return `Cannot listen on port ${String(port)} of ${host}: ${message}`;
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
