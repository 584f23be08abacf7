import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";

export interface ListenOptions {
  /** Port to listen on. Default 0: any free one. */
  port?: number;
  /** Address to listen on. Default 127.0.0.1: this computer only. */
  host?: string;
}

export interface Listener {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

type Handle = (request: Request) => Promise<Response>;

export async function startListening(handle: Handle, options: ListenOptions = {}): Promise<Listener> {
  const { port: wantedPort = 0, host = "127.0.0.1" } = options;
  const listener = getRequestListener(handle, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => {
    void listener(incoming, outgoing);
  });
  await start(server, wantedPort, host);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : wantedPort;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${String(port)}`,
    port,
    close: () => stop(server),
  };
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
