import { once } from "node:events";
import { spawn } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSimulator, type LedgerEntry, type SimulatorDump } from "purse-payments/simulator";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createShopper } from "../../src/simulator/checkout/shopper.js";
import { createCustomer, officeRequest, placeOrder, type Customer } from "./customer.js";
import { buildShop, findPort, startShop, type BuiltShop, type RunningShop } from "./shop-process.js";

let shop: BuiltShop;
let port: number;
let simulatorUrl: string;
let running: RunningShop | undefined;

beforeAll(async () => {
  shop = await buildShop();
});

afterAll(() => {
  shop.remove();
});

beforeEach(async () => {
  port = await findPort();
  simulatorUrl = `http://127.0.0.1:${String(await findPort())}`;
});

afterEach(async () => {
  await running?.stop();
  for (const end of ["", "-wal", "-shm", "-simulator.json"]) rmSync(shop.databaseFile + end, { force: true });
});

const memoryFile = (): string => `${shop.databaseFile}-simulator.json`;
const readMemory = (): SimulatorDump => JSON.parse(readFileSync(memoryFile(), "utf8")) as SimulatorDump;

/** The shop as `npm run shop` starts it: without credentials, hence with the simulator inside. */
async function start(): Promise<RunningShop> {
  running = await startShop(shop, port, { SIMULATOR_PORT: new URL(simulatorUrl).port });
  return running;
}

/** Pays at the simulator in the shop's process, and comes back. */
async function pay(customer: Customer, sessionId: string): Promise<void> {
  const shopper = createShopper({
    fetch: (url, init) => fetch(url, init),
    baseUrl: () => simulatorUrl,
    entityId: createSimulator().entityId,
    currencyOf: () => "EUR",
  });
  const { pathname, search } = new URL((await shopper.pay(sessionId)).redirectUrl);
  await customer.get(pathname + search);
}

async function moved(): Promise<string[]> {
  const entries = (await (await fetch(`${simulatorUrl}/_simulator/ledger`)).json()) as LedgerEntry[];
  return entries.map(({ kind, amount }) => `${kind} ${String(amount)}`);
}

async function control(path: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(`${simulatorUrl}/_simulator/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

async function ask(baseUrl: string, orderId: string, kind: string, amount: string): Promise<void> {
  const path = `/office/orders/${orderId}`;
  const page = await (await officeRequest(baseUrl, path)).text();
  const valueOf = (name: string): string =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? "";
  const form = {
    number: valueOf("number"),
    confirmed: "yes",
    kind,
    payment: valueOf("payment"),
    version: valueOf("version"),
    amount,
  };
  await officeRequest(baseUrl, path, form);
}

async function move(baseUrl: string, orderId: string, kind: string, amount: string): Promise<string> {
  await ask(baseUrl, orderId, kind, amount);
  return (await officeRequest(baseUrl, `/office/orders/${orderId}`)).text();
}

describe("a shop with its own simulator", () => {
  it("captures and refunds after restarts what was paid before", async () => {
    const customer = createCustomer((await start()).baseUrl);
    const { orderId, sessionId } = await placeOrder(customer, { oolong: "1" });
    await pay(customer, sessionId);
    await running?.stop();
    expect(statSync(memoryFile()).mode & 0o077).toBe(0);

    const second = await start();
    expect(await move(second.baseUrl, orderId, "capture", "21.00")).toContain('data-state="captured"');
    await second.stop();
    const third = await start();
    expect(await move(third.baseUrl, orderId, "refund", "21.00")).toContain('data-state="refunded"');
    expect(await moved()).toEqual(["authorization 2100", "capture 2100", "refund 2100"]);
  });

  it(
    "knows all that moved when the process is killed as soon as the answer is there",
    { timeout: 60_000 },
    async () => {
      const customer = createCustomer((await start()).baseUrl);
      const { orderId, sessionId } = await placeOrder(customer, { oolong: "1" });
      await pay(customer, sessionId);
      await running?.kill();
      const expected = ["authorization 2100"];
      for (const kind of ["capture", "capture", "refund", "refund"]) {
        const { baseUrl } = await start();
        await ask(baseUrl, orderId, kind, "5.00");
        await running?.kill();
        expected.push(`${kind} 500`);
        expect(readMemory().state.ledger.map((entry) => `${entry.kind} ${String(entry.amount)}`)).toEqual(
          expected,
        );
      }
      const { baseUrl } = await start();
      expect(await move(baseUrl, orderId, "void", "11.00")).toContain('data-state="refunded"');
      expect(await moved()).toEqual([...expected, "void 1100"]);
    },
  );

  it("knows what it has told by webhook when it is killed as soon as that is sent", async () => {
    const customer = createCustomer((await start()).baseUrl);
    const { orderId, sessionId } = await placeOrder(customer, { oolong: "1" });
    await pay(customer, sessionId);
    await control("partners", { answer: "undecided", kind: "capture" });
    const page = await move(running?.baseUrl ?? "", orderId, "capture", "21.00");
    const [id = ""] =
      readMemory().state.payments[/Payment <code>([^<]+)/.exec(page)?.[1] ?? ""]?.captures.map(
        (capture) => capture.id,
      ) ?? [];
    await control("partners/settle", { id, answer: "approve" });
    await vi.waitFor(
      async () => {
        const shown: unknown = await (await customer.get(`/orders/${orderId}/state`)).json();
        expect(shown).toEqual({ state: "captured" });
      },
      { timeout: 10_000, interval: 5 },
    );
    await running?.kill();
    await start();
    expect(await moved()).toEqual(["authorization 2100", "capture 2100"]);
  });

  it("sells on another day: the simulator's time went on while it was off", async () => {
    await start();
    await running?.stop();
    const memory = readMemory();
    const yesterday = { ...memory.clock, nowMs: memory.clock.nowMs - 24 * 60 * 60 * 1000 };
    writeFileSync(memoryFile(), JSON.stringify({ ...memory, clock: yesterday }));

    const customer = createCustomer((await start()).baseUrl);
    const { orderId, sessionId } = await placeOrder(customer, { oolong: "1" });
    // By yesterday's clock the session would seem to have expired, and the shop would open a second one beside it.
    const again = await customer.post(`/orders/${orderId}/pay`, { place: "HOSTED_PAGE" });
    expect(again.headers.get("location")).toContain(sessionId);
    await pay(customer, sessionId);
    expect(await (await customer.get(`/orders/${orderId}`)).text()).toContain('data-state="paid"');
    expect(await moved()).toEqual(["authorization 2100"]);
  });

  it("does not start over when it cannot read what it has kept", async () => {
    for (const text of ["{ half of it", '{"format": "purse-simulator", "version": 99, "clock": {}}']) {
      writeFileSync(memoryFile(), text);
      const child = spawn(process.execPath, [join(shop.folder, "shop/main.js")], {
        env: { PATH: process.env["PATH"], SHOP_DATABASE: shop.databaseFile, PORT: String(port) },
        stdio: ["ignore", "ignore", "pipe"],
      });
      let errors = "";
      child.stderr.on("data", (chunk: Buffer) => (errors += String(chunk)));
      const [code] = (await once(child, "close")) as [number];
      expect(code).not.toBe(0);
      expect(errors).toContain(memoryFile());
      expect(readFileSync(memoryFile(), "utf8")).toBe(text);
    }
  });
});
