import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands between a program and the service, and can lose the answers to captures. */
export interface Gate {
  readonly url: string;
  loseAnswers: boolean;
  close(): Promise<void>;
}

export async function startGate(serviceUrl: string): Promise<Gate> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer); // Without an encoding, chunks are bytes.
      const { method = "GET", url = "/" } = request;
      const names = ["authorization", "accept", "content-type", "x-idempotency-key", "x-api-key"];
      const headers = names.flatMap((name): [string, string][] => {
        const value = request.headers[name];
        return typeof value === "string" ? [[name, value]] : [];
      });
      const body = method === "GET" ? {} : { body: Buffer.concat(chunks) };
      const answer = await fetch(serviceUrl + url, { method, headers, redirect: "manual", ...body });
      if (gate.loseAnswers && url.endsWith("/captures")) {
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, {
        "content-type": answer.headers.get("content-type") ?? "application/json",
      });
      response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  const gate: Gate = {
    url: `http://127.0.0.1:${String(port)}`,
    loseAnswers: false,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return gate;
}
