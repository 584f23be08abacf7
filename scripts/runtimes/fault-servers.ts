import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { startFaultServer, type FaultServer } from "../../test/fault-server/start.js";

export interface FaultServers {
  /** A POST here starts another failing service and answers with its addresses. */
  readonly url: string;
  stop(): void;
}

/** Starts failing services for runtimes that cannot start processes themselves. */
export async function serveFaultServers(): Promise<FaultServers> {
  const started: FaultServer[] = [];
  const server = createServer((_, response) => {
    startFaultServer().then(
      (faultServer) => {
        started.push(faultServer);
        const { serviceUrl, controlUrl } = faultServer;
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ serviceUrl, controlUrl }));
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    stop() {
      for (const faultServer of started) faultServer.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}
