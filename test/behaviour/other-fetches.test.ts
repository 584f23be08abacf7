import crossFetch from "cross-fetch";
import nodeFetch2 from "node-fetch";
import nodeFetch3 from "node-fetch3";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Purse, type FetchFunction } from "../../src/index.js";
import { allFaults } from "../fault-server/cases/all-faults.js";
import { describe as nameOf, runFaultCase, runUnconfirmedCase } from "../fault-server/cases/fault-table.js";
import { moneyOperations, unconfirmedOperations } from "../fault-server/cases/operations.js";
import { startFaultServer, type FaultServer } from "../fault-server/start.js";
import { failureOf } from "../support/failures.js";
import { payment, paymentId } from "../support/test-client.js";

/** What callers give as `fetch` besides the runtime's: their answers have Node streams for bodies. */
const fetches: readonly [string, FetchFunction][] = [
  ["node-fetch 2", nodeFetch2],
  // It takes what the client gives it, and answers with what is read here; its declarations are of its own classes.
  ["node-fetch 3", nodeFetch3 as unknown as FetchFunction],
  ["cross-fetch 4", crossFetch],
];

const timeoutMs = 400;
const deadlineMs = 8000;

// cross-fetch is node-fetch 2 underneath.
describe.concurrent.each(fetches.slice(0, 2))("a capture under every fault over %s", (_, fetch) => {
  let server: FaultServer;
  let credentials: Awaited<ReturnType<FaultServer["credentials"]>>;

  beforeAll(async () => {
    server = await startFaultServer();
    credentials = await server.credentials();
  });

  afterAll(() => {
    server.stop();
  });

  const createClient = (): Purse =>
    new Purse({ baseUrl: server.serviceUrl, ...credentials, timeoutMs, deadlineMs, fetch });

  const captures = moneyOperations.filter(({ name }) => name === "capture");

  it.each(
    captures.flatMap((operation) =>
      allFaults.map((fault) => ({ operation, fault, title: `${operation.name}: ${nameOf(fault)}` })),
    ),
  )("$title", async ({ operation, fault }) => {
    const row = await runFaultCase({ createClient, control: server }, operation, fault, 1);
    expect(row.keys).toBe(1);
  });
});

describe.each(fetches)("a call over %s", (_, fetch) => {
  let server: FaultServer;
  let createClient: () => Purse;

  beforeAll(async () => {
    server = await startFaultServer();
    const credentials = await server.credentials();
    createClient = () =>
      new Purse({ baseUrl: server.serviceUrl, ...credentials, timeoutMs, deadlineMs, fetch });
  });

  afterAll(() => {
    server.stop();
  });

  it("succeeds at once", async () => {
    const id = await server.pay();
    const purse = createClient();
    const capture = purse.payments.capture(id, { amount: 700 }, { timeoutMs: 30_000 });
    const { attempts, data } = await capture.withResponse();
    expect({ attempts, captured: data.amounts.total_captured }).toEqual({ attempts: 1, captured: 700 });
    expect((await purse.payments.retrieve(id)).amounts.total_captured).toBe(700);
  });

  const creations = unconfirmedOperations.filter(({ name }) => name === "create payment");
  const lost = allFaults.filter(({ kind }) => ["drop_after", "cut_body", "stall_after"].includes(kind));

  it.each(
    creations.flatMap((operation) =>
      lost.map((fault) => ({ operation, fault, title: `${operation.name}: ${nameOf(fault)}` })),
    ),
  )("is not repeated where its key may not be honoured: $title", async ({ operation, fault }) => {
    const row = await runUnconfirmedCase({ createClient, control: server }, operation, fault, 1);
    expect(row.seen).toBe(1);
  });
});

describe.each(fetches)("an answer over %s", (name, fetch) => {
  const cleanUps: (() => void)[] = [];
  afterEach(() => {
    for (const cleanUp of cleanUps.splice(0)) cleanUp();
  });

  /** A client of a server that answers calls with a body in pieces. */
  async function clientOf(
    pieces: Iterable<string | Buffer> | AsyncIterable<string>,
    headers: Record<string, string> = {},
  ): Promise<Purse> {
    const server = createServer((request, response) => {
      request.resume();
      if (request.url === "/oauth/token") {
        response.end('{"access_token":"token","token_type":"Bearer","expires_in":3600}');
        return;
      }
      response.writeHead(200, headers);
      pipeline(Readable.from(pieces), response, () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanUps.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
    const baseUrl = `http://127.0.0.1:${String(port)}`;
    return new Purse({ baseUrl, clientId: "id", clientSecret: "secret", fetch, maxRetries: 0 });
  }

  it("is put together from its pieces, in the middle of a character as well", async () => {
    const bytes = Buffer.from(JSON.stringify(payment({ note: "Zoë 😀" })));
    const purse = await clientOf([...bytes].map((byte) => Buffer.from([byte])));
    expect(await purse.payments.retrieve(paymentId)).toMatchObject({ note: "Zoë 😀" });
  });

  it("is not read beyond 16 MiB, however much there is", async () => {
    let sent = 0;
    function* endless(): Generator<Buffer> {
      for (;;) {
        sent += 1;
        yield Buffer.alloc(1024 * 1024, " ");
      }
    }
    const purse = await clientOf(endless());
    const error = await failureOf(purse.payments.retrieve(paymentId));
    expect(error).toMatchObject({ code: "unreadable_response", reason: "too_large" });
    expect(sent).toBeLessThan(64);
  });

  it("that is cut off in its middle is no success", async () => {
    const text = JSON.stringify(payment());
    async function* breaksOff(): AsyncGenerator<string> {
      yield text.slice(0, 20);
      await setImmediate();
      throw new Error("cut off");
    }
    const purse = await clientOf(breaksOff(), { "content-length": String(text.length) });
    const error = await failureOf(purse.payments.retrieve(paymentId, { timeoutMs: 1000 }));
    // node-fetch 2 does not notice, and the time for the attempt runs out.
    expect(error.code).toBe(name === "node-fetch 3" ? "connection" : "timeout");
  });

  it("that does not go on ends with the caller's signal", async () => {
    const controller = new AbortController();
    function* stalls(): Generator<string> {
      yield "{";
      controller.abort();
    }
    const purse = await clientOf(stalls(), { "content-length": "1000" });
    const call = purse.payments.retrieve(paymentId, { signal: controller.signal });
    expect((await failureOf(call)).code).toBe("aborted");
  });
});
