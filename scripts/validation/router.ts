import { once } from "node:events";
import { createServer, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";

export interface Router {
  readonly url: string;
  close(): void;
}

/** The one upstream that a proxy knows; passes each request on to the simulator that its header names. */
export async function startRouter(): Promise<Router> {
  const server = createServer((request, response) => {
    const { "x-simulator-port": port, ...headers } = request.headers;
    const upstream = sendRequest(
      { host: "127.0.0.1", port: String(port), method: request.method, path: request.url, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    upstream.on("error", () => {
      response.destroy();
    });
    request.pipe(upstream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // Listening on TCP, so neither null nor a path.
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
