import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from "node:http2";
import { createServer as createTlsServer } from "node:https";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { getRequestListener } from "@hono/node-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { blocksOf } from "../../scripts/consumers/guide-blocks.js";
import { Purse, type FetchLike, type PurseOptions } from "../../src/index.js";
import { failureOf } from "../support/failures.js";
import { movedBy, paidPayment, simulate, type Simulated } from "../support/simulated.js";
import { makeCertificate } from "../support/certificates.js";

/** The guide's recipes with dispatchers of undici, as they are written there. */

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
    {
      ...makeCertificate("service", authority, undefined, "localhost"),
      ca: authority.cert,
      requestCert: true,
      rejectUnauthorized: false,
    },
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

interface Recipes {
  readonly fetchThroughProxy: (authorityFile?: string) => FetchLike;
  readonly fetchThroughGateway: (folder: string) => FetchLike;
  readonly fetchOverHttp2: (ca?: string) => FetchLike;
}

let recipes: Recipes;
/** Has the certificates of the recipes. */
let folder: string;

beforeAll(async () => {
  mkdirSync(".cache", { recursive: true });
  folder = mkdtempSync(".cache/recipes-");
  const blocks = blocksOf("docs/guides/networking.md", "ts undici");
  const modules = blocks.map(async (code, index) => {
    const file = `${folder}/recipe-${String(index)}.ts`;
    writeFileSync(file, code);
    // Not as a template, which bundlers would take for a pattern over the whole repository.
    const path = `../../${file}`;
    return (await import(/* @vite-ignore */ path)) as Partial<Recipes>;
  });
  recipes = Object.assign({}, ...(await Promise.all(modules))) as Recipes; // As the test below shows.
  const client = makeCertificate("merchant 1", authority);
  writeFileSync(`${folder}/client.pem`, client.cert);
  writeFileSync(`${folder}/client-key.pem`, client.key);
  writeFileSync(`${folder}/gateway-ca.pem`, authority.cert);
  writeFileSync(`${folder}/stranger-ca.pem`, makeCertificate("Authority of a stranger").cert);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function clientOver(fetch: FetchLike, options: PurseOptions = {}): Purse {
  const { clientId, clientSecret, entityId } = simulated.simulator;
  const baseUrl = `https://localhost:${portOf(service)}`;
  return new Purse({ baseUrl, clientId, clientSecret, entityId, fetch, ...options });
}

const captured = (): number[] | undefined => movedBy(simulated.simulator, paymentId)["capture"];

describe("through a corporate proxy", () => {
  beforeEach(() => {
    vi.stubEnv("HTTPS_PROXY", `http://user:word@127.0.0.1:${portOf(proxy)}`);
    vi.stubEnv("NO_PROXY", "");
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const behindProxy = (authorityFile = `${folder}/gateway-ca.pem`): Purse =>
    clientOver(recipes.fetchThroughProxy(authorityFile));

  it("every request takes a tunnel that cannot be looked into", async () => {
    const { operation } = await behindProxy().payments.capture(paymentId, { amount: 700 }).withResponse();
    expect([operation?.status, captured()]).toEqual(["SUCCESS", [700]]);
    const target = `localhost:${portOf(service)}`;
    const authorization = `Basic ${btoa("user:word")}`;
    expect(new Set(tunnels.map((tunnel) => JSON.stringify(tunnel)))).toEqual(
      new Set([JSON.stringify({ target, authorization })]),
    );
    expect(carried.length).toBeGreaterThan(500);
    expect(carried).not.toMatch(/authorization|Bearer|captures/i);
  });

  it("a capture whose answer is lost behind the proxy is done once", async () => {
    loseAnswers = true;
    const { idempotency } = await behindProxy().payments.capture(paymentId, { amount: 700 }).withResponse();
    expect([idempotency, captured()]).toEqual(["recovered", [700]]);
  });

  it.each([403, 407, 502])(
    "a tunnel that is refused with %i counts as lost, and nothing moves",
    async (status) => {
      const purse = behindProxy();
      await purse.accessTokens.retrieve();
      proxyStatus = status;
      service.closeAllConnections(); // So that a tunnel is needed.
      const capture = purse.payments.capture(paymentId, { amount: 700 }, { maxRetries: 0 });
      expect(await failureOf(capture)).toMatchObject({ code: "outcome_unknown", reason: "connection_lost" });
      expect(captured()).toBeUndefined();
    },
  );

  it("a proxy that is away is known as not sent", async () => {
    await new Promise((resolve) => proxy.close(resolve));
    const tokenUrl = `${simulated.simulator.baseUrl}/oauth/token`;
    const proxied = recipes.fetchThroughProxy(`${folder}/gateway-ca.pem`);
    const fetch: FetchLike = (url, init) =>
      url === tokenUrl ? simulated.simulator.fetch(url, init) : proxied(url, init);
    const purse = clientOver(fetch, { tokenUrl, maxRetries: 0 });
    const error = await failureOf(purse.payments.capture(paymentId, { amount: 700 }));
    expect(error).toMatchObject({ code: "connection", cause: { code: "ECONNREFUSED" } });
    expect(captured()).toBeUndefined();
  });

  it("a service of an authority that was not named is refused, even if the environment trusts it", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const purse = behindProxy(`${folder}/stranger-ca.pem`);
    const error = await failureOf(purse.payments.capture(paymentId, { amount: 700 }, { maxRetries: 0 }));
    expect(error.code).toBe("token");
    expect(captured()).toBeUndefined();
  });
});

describe("through a gateway that asks for a certificate", () => {
  it("the client shows its own, and trusts the gateway's authority alone", async () => {
    const names: unknown[] = [];
    service.on("request", ({ socket }: { socket: Pick<TLSSocket, "getPeerCertificate"> }) => {
      names.push((socket.getPeerCertificate() as { subject?: { CN?: string } }).subject?.CN);
    });
    const purse = clientOver(recipes.fetchThroughGateway(folder));
    await purse.payments.capture(paymentId, { amount: 700 });
    expect(captured()).toEqual([700]);
    expect(new Set(names)).toEqual(new Set(["merchant 1"]));
  });
});

describe("over HTTP/2", () => {
  let http2: Http2SecureServer;
  let versions: string[];

  beforeEach(async () => {
    versions = [];
    const listener = getRequestListener(
      async (request) => {
        const { method, headers } = request;
        const body = method === "GET" ? {} : { body: await request.text() };
        const address = simulated.simulator.baseUrl + new URL(request.url).pathname;
        const answer = await simulated.simulator.fetch(address, { method, headers, ...body });
        if (loseAnswers && request.url.endsWith("/captures")) {
          loseAnswers = false;
          session?.destroy();
        }
        return answer;
      },
      { overrideGlobalObjects: false },
    );
    let session: ServerHttp2Session | undefined;
    http2 = createSecureServer(
      makeCertificate("service", authority, undefined, "localhost"),
      (request, response) => {
        versions.push(request.httpVersion);
        void listener(request, response);
      },
    );
    http2.on("session", (opened) => (session = opened));
    await new Promise<void>((resolve) => http2.listen(0, "127.0.0.1", resolve));
  });

  afterEach(() => {
    http2.close();
  });

  it("captures once, also when the connection is lost with the answer", async () => {
    const baseUrl = `https://localhost:${portOf(http2)}`;
    const purse = clientOver(recipes.fetchOverHttp2(authority.cert), { baseUrl });
    loseAnswers = true;
    const { idempotency } = await purse.payments.capture(paymentId, { amount: 700 }).withResponse();
    expect([idempotency, captured()]).toEqual(["recovered", [700]]);
    expect(new Set(versions)).toEqual(new Set(["2.0"]));
  });
});
