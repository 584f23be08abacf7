import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Purse, type FetchFunction } from "../../src/index.js";
import { startFaultServer } from "../fault-server/start.js";

/** Not a dependency of the package: it stands where the peers of the measurements do, if those are installed. */
const undiciFile = "bench/node_modules/undici/index.js";

interface Undici {
  readonly default: {
    readonly EnvHttpProxyAgent: new (options: object) => { close(): Promise<void> };
    readonly fetch: (url: string, init: object) => Promise<Response>;
  };
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return `http://127.0.0.1:${String(port)}`;
};

describe.skipIf(!existsSync(undiciFile))("a corporate proxy, by the recipe of the guide", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("carries every request through its tunnel, and none past it", async () => {
    const tunnels: string[] = [];
    const proxy = createServer((_request, response) => response.writeHead(405).end());
    proxy.on("connect", ({ url = "" }, client) => {
      tunnels.push(url);
      const [host, port] = url.split(":");
      const service = connect(Number(port), host, () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        service.pipe(client).pipe(service);
      });
      for (const [end, other] of [
        [service, client],
        [client, service],
      ] as const) {
        end.on("error", () => undefined).on("close", () => other.destroy());
      }
    });
    vi.stubEnv("HTTP_PROXY", await listen(proxy));
    vi.stubEnv("NO_PROXY", "");
    const server = await startFaultServer();

    const { default: undici } = (await import(pathToFileURL(undiciFile).href)) as Undici;
    const dispatcher = new undici.EnvHttpProxyAgent({ proxyTunnel: true });
    const fetch: FetchFunction = (url, init) => undici.fetch(url, { ...init, dispatcher });
    const purse = new Purse({ baseUrl: server.serviceUrl, ...(await server.credentials()), fetch });

    const id = await server.pay();
    await server.plan({ fault: { kind: "drop_after" }, method: "POST", path: id });
    const { idempotency } = await purse.payments.capture(id, { amount: 700 }).withResponse();
    expect(idempotency).toBe("recovered");
    const captures = (await server.ledger()).filter(
      (entry) => entry.paymentId === id && entry.kind === "capture",
    );
    expect(captures).toHaveLength(1);
    expect(new Set(tunnels)).toEqual(new Set([new URL(server.serviceUrl).host]));

    await dispatcher.close();
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
    await expect(purse.payments.retrieve(id, { maxRetries: 0 })).rejects.toMatchObject({
      code: "connection",
    });
    server.stop();
  });
});
