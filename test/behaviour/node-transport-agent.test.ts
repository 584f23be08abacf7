import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type AddressInfo, type Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { HttpsProxyAgent } from "https-proxy-agent";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createNodeFetch } from "../../src/node-transport/index.js";
import { Purse } from "../../src/index.js";
import { failureOf } from "../support/failures.js";
import { movedBy, paidPayment, simulate, type Simulated } from "../support/simulated.js";
import { makeCertificate } from "../support/certificates.js";

/** The guide's other recipe for a corporate proxy: the Node transport with an agent that knows the way. */

const authority = makeCertificate("Authority of the tests");

let simulated: Simulated;
let paymentId: string;
let service: ReturnType<typeof createTlsServer>;
/** Loses the answers to captures that were processed. */
let loseAnswers: boolean;
let proxy: Server;
/** What the proxy was asked for, and all that went through it. */
let tunnels: { target: string; authorization: string | undefined }[];
let carried: string;
/** With what the proxy answers. */
let proxyStatus: number;

beforeEach(async () => {
  loseAnswers = false;
  tunnels = [];
  carried = "";
  proxyStatus = 200;
  simulated = simulate();
  paymentId = (await paidPayment(simulated)).id;
  const listener = getRequestListener(
    async (request, { incoming }) => {
      const { method, headers } = request;
      const body = method === "GET" ? {} : { body: await request.text() };
      const address = simulated.simulator.baseUrl + new URL(request.url).pathname;
      const answer = await simulated.simulator.fetch(address, { method, headers, ...body });
      if (loseAnswers && request.url.endsWith("/captures")) {
        loseAnswers = false;
        incoming.socket.destroy();
      }
      return answer;
    },
    { overrideGlobalObjects: false },
  );
  service = createTlsServer(
    makeCertificate("service", authority, undefined, "localhost"),
    (request, response) => {
      void listener(request, response);
    },
  );
  proxy = createServer((_request, response) => response.writeHead(405).end());
  proxy.on("connect", ({ url = "", headers }, client: Socket) => {
    tunnels.push({ target: url, authorization: headers["proxy-authorization"] });
    if (proxyStatus !== 200) {
      client.end(`HTTP/1.1 ${String(proxyStatus)} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const behind = connect(Number(url.split(":")[1]), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      behind.pipe(client).pipe(behind);
    });
    client.on("data", (bytes: Buffer) => (carried += bytes.toString("latin1")));
    for (const [end, other] of [
      [behind, client],
      [client, behind],
    ] as const) {
      end.on("error", () => undefined).on("close", () => other.destroy());
    }
  });
  await listen(service);
  await listen(proxy);
});

afterEach(async () => {
  for (const server of [service, proxy]) {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server | ReturnType<typeof createTlsServer>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
}

const portOf = (server: { address(): unknown }): string => String((server.address() as AddressInfo).port); // Listens on a port.

function behindProxy({ ca = authority.cert, keepAlive = false } = {}): Purse {
  const agent = new HttpsProxyAgent(`http://user:word@127.0.0.1:${portOf(proxy)}`, { keepAlive });
  Object.assign(agent.options, { ca }); // In place of NODE_EXTRA_CA_CERTS, which is read when a process starts.
  const { clientId, clientSecret, entityId } = simulated.simulator;
  const baseUrl = `https://localhost:${portOf(service)}`;
  return new Purse({ baseUrl, clientId, clientSecret, entityId, fetch: createNodeFetch({ agent }) });
}

const captured = (): number[] | undefined => movedBy(simulated.simulator, paymentId)["capture"];

describe("an agent for a corporate proxy under the Node transport", () => {
  it("takes every request through a tunnel that cannot be looked into", async () => {
    const purse = behindProxy({ keepAlive: true });
    const { operation } = await purse.payments.capture(paymentId, { amount: 700 }).withResponse();
    expect([operation?.status, captured()]).toEqual(["SUCCESS", [700]]);
    const target = `localhost:${portOf(service)}`;
    const authorization = `Basic ${btoa("user:word")}`;
    expect(new Set(tunnels.map((tunnel) => JSON.stringify(tunnel)))).toEqual(
      new Set([JSON.stringify({ target, authorization })]),
    );
    expect(carried.length).toBeGreaterThan(500);
    expect(carried).not.toMatch(/authorization|Bearer|captures/i);
  });

  it("captures once when the answer is lost behind the proxy", async () => {
    const purse = behindProxy({ keepAlive: true });
    loseAnswers = true;
    const { idempotency } = await purse.payments.capture(paymentId, { amount: 700 }).withResponse();
    expect([idempotency, captured()]).toEqual(["recovered", [700]]);
  });

  it.each([403, 407])("takes the proxy's status %i for an answer, and nothing moves", async (status) => {
    const purse = behindProxy();
    await purse.accessTokens.retrieve();
    proxyStatus = status;
    const error = await failureOf(purse.payments.capture(paymentId, { amount: 700 }));
    expect(error).toMatchObject({ status });
    expect(captured()).toBeUndefined();
  });

  it("says nothing was sent when the proxy is away", async () => {
    const purse = behindProxy();
    await purse.accessTokens.retrieve();
    await new Promise((resolve) => proxy.close(resolve));
    const error = await failureOf(purse.payments.capture(paymentId, { amount: 700 }, { maxRetries: 0 }));
    expect(error).toMatchObject({ code: "connection", cause: { code: "ECONNREFUSED" } });
    expect(captured()).toBeUndefined();
  });

  it("believes no service whose authority it does not know", async () => {
    const stranger = makeCertificate("Authority of somebody else");
    const purse = behindProxy({ ca: stranger.cert });
    const error = await failureOf(purse.payments.capture(paymentId, { amount: 700 }, { maxRetries: 0 }));
    expect(error.code).toBe("token");
    expect(captured()).toBeUndefined();
  });
});
