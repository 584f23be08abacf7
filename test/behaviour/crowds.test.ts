import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { Purse } from "../../src/index.js";
import { runToEnd } from "../support/manual-clock.js";
import { simulate, smallOrder } from "../support/simulated.js";
import { answers, grants } from "../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../support/test-client.js";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(
  answer: (url: string) => { headers?: Record<string, string>; body: Buffer },
): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const token = Buffer.from('{"access_token":"token","token_type":"Bearer","expires_in":3600}');
    const { headers = {}, body } =
      request.url === "/oauth/token" ? { body: token } : answer(request.url ?? "");
    response
      .writeHead(200, { "content-type": "application/json", connection: "close", ...headers })
      .end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return `http://127.0.0.1:${String(port)}`;
}

describe("many callers at once", () => {
  it("ask for one token when none is there yet: 1 000 callers", async () => {
    const { purse, simulator } = simulate();
    const session = await purse.clientSessions.create(smallOrder);
    const cold = simulate({ fetch: (url, init) => simulator.fetch(url, init) });
    const before = simulator.requests().filter(({ path }) => path === "/oauth/token").length;
    await Promise.all(Array.from({ length: 1000 }, () => cold.purse.clientSessions.retrieve(session.id)));
    const after = simulator.requests().filter(({ path }) => path === "/oauth/token").length;
    expect(after - before).toBe(1);
  });

  it("renew a revoked token once: 50 callers", async () => {
    const revoked = Array.from({ length: 50 }, () => answers(401));
    const good = Array.from({ length: 50 }, () => answers(200, payment()));
    const client = testClient([answers(200, payment()), ...revoked, ...good], {
      tokenSteps: [grants("first"), grants("second"), grants("third")],
    });
    await client.payments.retrieve(paymentId);
    await Promise.all(Array.from({ length: 50 }, () => client.payments.retrieve(paymentId)));
    expect(client.tokenRequests).toHaveLength(2);
  });

  it("do not hammer a token endpoint that is down for a minute, and recover by themselves", async () => {
    const down = Array.from({ length: 500 }, () => answers(503));
    const client = testClient([answers(200, payment())], { tokenSteps: down, options: { maxRetries: 0 } });
    for (let second = 0; second < 60; second++) {
      await Promise.allSettled(Array.from({ length: 20 }, () => client.payments.retrieve(paymentId)));
      await client.clock.advance(1000);
    }
    // After 1, 3, 7, 15, 31 and 61 seconds: damped, doubling to thirty.
    expect(client.tokenRequests.length).toBeLessThanOrEqual(7);
    down.length = 0;
    down.push(...Array.from({ length: client.tokenRequests.length }, () => answers(503)));
    await client.clock.advance(30_000);
    await expect(client.payments.retrieve(paymentId)).resolves.toMatchObject({ id: paymentId });
  });

  it("do not multiply an outage: 200 callers against a dead API", async () => {
    const dead = Array.from({ length: 1000 }, () => answers(503));
    const client = testClient(dead, { random: () => 0.5 });
    const calls = Promise.allSettled(Array.from({ length: 200 }, () => client.payments.retrieve(paymentId)));
    await runToEnd(client.clock, calls);
    // 200 first attempts and the 50 retries the budget pays for, instead of 600 requests.
    expect(client.sent).toHaveLength(250);
  });
});

describe("an answer that unpacks to too much", () => {
  it("is given up at the limit, whichever length it declares", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
    const baseUrl = await serve(() => ({ headers: { "content-encoding": "gzip" }, body: bomb }));
    const purse = new Purse({ baseUrl, clientId: "client", clientSecret: "secret" });
    const before = process.memoryUsage().arrayBuffers;
    await expect(purse.payments.retrieve("payment-1")).rejects.toMatchObject({
      code: "unreadable_response",
      reason: "too_large",
      attempts: 1,
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
    await expect(purse.payments.capture("payment-1", { amount: 1 })).rejects.toMatchObject({
      code: "outcome_unknown",
      reason: "unreadable_answer",
      attempts: 1,
    });
  });
});
