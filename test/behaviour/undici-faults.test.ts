import { Agent } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Purse } from "../../src/index.js";
import { createUndiciFetch, type FetchLike } from "../../src/undici/index.js";
import { allFaults } from "../fault-server/cases/all-faults.js";
import {
  describe as nameOf,
  persistent,
  runFaultCase,
  runUnconfirmedCase,
} from "../fault-server/cases/fault-table.js";
import { moneyOperations, unconfirmedOperations } from "../fault-server/cases/operations.js";
import { startFaultServer, type FaultServer } from "../fault-server/start.js";

/** The table of faults once more, with every request over undici instead of `fetch`. */
const deadlineMs = 8000;

describe.concurrent("capture, refund and void under every fault, over undici", () => {
  let server: FaultServer;
  let credentials: Awaited<ReturnType<FaultServer["credentials"]>>;
  let fetch: FetchLike;

  beforeAll(async () => {
    server = await startFaultServer();
    credentials = await server.credentials();
    fetch = createUndiciFetch();
  });

  afterAll(() => {
    server.stop();
  });

  const cases = moneyOperations.flatMap((operation) => {
    return allFaults.flatMap((fault) => [1, persistent].map((times) => ({ operation, fault, times })));
  });

  it.each(
    cases.map((each) => ({
      ...each,
      title: `${each.operation.name}: ${nameOf(each.fault)} × ${String(each.times)}`,
    })),
  )("$title", async ({ operation, fault, times }) => {
    const createClient = (): Purse => {
      return new Purse({ baseUrl: server.serviceUrl, ...credentials, deadlineMs, fetch });
    };
    const row = await runFaultCase({ createClient, control: server }, operation, fault, times);
    expect(row.keys).toBe(1);
  });
});

describe("creating payments and sessions, and aborting, under every fault, over undici", () => {
  let server: FaultServer;
  let credentials: Awaited<ReturnType<FaultServer["credentials"]>>;
  let fetch: FetchLike;

  beforeAll(async () => {
    server = await startFaultServer();
    credentials = await server.credentials();
    fetch = createUndiciFetch();
  });

  afterAll(() => {
    server.stop();
  });

  const createClient = (): Purse => {
    return new Purse({ baseUrl: server.serviceUrl, ...credentials, deadlineMs, fetch });
  };

  const cases = unconfirmedOperations.flatMap((operation) =>
    allFaults.map((fault) => ({ operation, fault })),
  );

  it.each(cases.map((each) => ({ ...each, title: `${each.operation.name}: ${nameOf(each.fault)}` })))(
    "$title",
    async ({ operation, fault }) => {
      const row = await runUnconfirmedCase({ createClient, control: server }, operation, fault, 1);
      const isRefusal = fault.kind === "status_before" && [401, 429].includes(fault.status);
      expect(row.seen).toBe(isRefusal ? 2 : 1);
    },
  );

  it("a connection that went stale costs no money, and is never taken for one on which nothing was sent", async () => {
    // Connections of its own, so that the capture goes out on the one that is stale.
    const ownFetch = createUndiciFetch({ dispatcher: new Agent({ connections: 1 }) });
    const purse = new Purse({ baseUrl: server.serviceUrl, ...credentials, fetch: ownFetch });
    const id = await server.pay();
    await server.plan({ fault: { kind: "stale_keep_alive" }, method: "GET", path: id });
    await purse.payments.retrieve(id);
    const { attempts } = await purse.payments.capture(id, { amount: 700 }).withResponse();
    expect(attempts).toBe(2);
    const captured = (await server.ledger()).filter(
      ({ paymentId, kind }) => paymentId === id && kind === "capture",
    );
    expect(captured).toHaveLength(1);

    // Where the key may not be honoured, it must not be tried again at all.
    await server.plan({ fault: { kind: "stale_keep_alive" }, method: "GET", path: id });
    await purse.payments.retrieve(id);
    const order = { reference: "order-1", net_amount: 700 };
    const split = [{ partner: "illicado", method: "giftcard", amount: 700 }];
    const creation = purse.payments.create({ amount: 700, currency: "EUR", order, split });
    await expect(creation).rejects.toMatchObject({ code: "outcome_unknown", attempts: 1 });
  });

  it("a name that does not resolve and a port where nothing listens are known as not sent", async () => {
    const order = { reference: "order-1", net_amount: 700 };
    const split = [{ partner: "illicado", method: "giftcard", amount: 700 }];
    // Its token still comes from where it can be had.
    const tokenUrl = `${server.serviceUrl}/oauth/token`;
    const options = { ...credentials, tokenUrl, fetch, deadlineMs, maxRetries: 1, allowInsecureHttp: true };
    for (const baseUrl of ["http://127.0.0.1:9", "http://unknown.invalid"]) {
      const purse = new Purse({ ...options, baseUrl });
      const creation = purse.payments.create({ amount: 700, currency: "EUR", order, split });
      await expect(creation).rejects.toMatchObject({ code: "connection", attempts: 2 });
    }
  });
});
