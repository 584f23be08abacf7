import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Purse } from "../../src/index.js";
import { allFaults } from "../fault-server/cases/all-faults.js";
import {
  describe as nameOf,
  persistent,
  runFaultCase,
  runUnconfirmedCase,
  type FaultRow,
} from "../fault-server/cases/fault-table.js";
import { moneyOperations, unconfirmedOperations } from "../fault-server/cases/operations.js";
import { startFaultServer, type FaultServer } from "../fault-server/start.js";

const deadlineMs = 8000;

describe.concurrent("capture, refund and void under every fault", () => {
  let server: FaultServer;
  let credentials: Awaited<ReturnType<FaultServer["credentials"]>>;
  const rows: FaultRow[] = [];

  beforeAll(async () => {
    server = await startFaultServer();
    credentials = await server.credentials();
  });

  afterAll(() => {
    server.stop();
    // The whole table, for those who want to see it.
    if (process.env["PRINT_FAULT_TABLE"] !== undefined) console.table(rows);
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
    // A client each, so that no case lives on what others left of the retry budget.
    const createClient = (): Purse => {
      return new Purse({ baseUrl: server.serviceUrl, ...credentials, deadlineMs });
    };
    const row = await runFaultCase({ createClient, control: server }, operation, fault, times);
    rows.push(row);
    expect(row.keys).toBe(1);
  });
});

describe("creating payments and sessions, and aborting, under every fault", () => {
  let server: FaultServer;
  const rows: FaultRow[] = [];

  beforeAll(async () => {
    server = await startFaultServer();
  });

  afterAll(() => {
    server.stop();
    if (process.env["PRINT_FAULT_TABLE"] !== undefined) console.table(rows);
  });

  const cases = unconfirmedOperations.flatMap((operation) =>
    allFaults.map((fault) => ({ operation, fault })),
  );

  it.each(cases.map((each) => ({ ...each, title: `${each.operation.name}: ${nameOf(each.fault)}` })))(
    "$title",
    async ({ operation, fault }) => {
      const credentials = await server.credentials();
      const createClient = (): Purse => {
        return new Purse({ baseUrl: server.serviceUrl, ...credentials, deadlineMs });
      };
      const row = await runUnconfirmedCase({ createClient, control: server }, operation, fault, 1);
      rows.push(row);
      // Only a refusal before processing may be followed by another request.
      const isRefusal = fault.kind === "status_before" && [401, 429].includes(fault.status);
      expect(row.seen).toBe(isRefusal ? 2 : 1);
    },
  );

  it("a connection that went stale costs no money", async () => {
    const credentials = await server.credentials();
    const purse = new Purse({ baseUrl: server.serviceUrl, ...credentials });
    const id = await server.pay();
    await server.plan({ fault: { kind: "stale_keep_alive" }, method: "GET", path: id });
    await purse.payments.retrieve(id);
    const { attempts } = await purse.payments.capture(id, { amount: 700 }).withResponse();
    expect(attempts).toBeLessThanOrEqual(2);
    const captured = (await server.ledger()).filter(
      ({ paymentId, kind }) => paymentId === id && kind === "capture",
    );
    expect(captured).toHaveLength(1);
  });
});
