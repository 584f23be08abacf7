import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Purse } from "purse-payments";
import { createSimulator, type Simulator } from "purse-payments/simulator";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lookAfterSession } from "../../examples/shop/bookkeeping.js";
import { NothingToPay, openSession } from "../../examples/shop/checkout.js";
import { moveMoney, resumeMovements } from "../../examples/shop/money-movements.js";
import { stateOf } from "../../examples/shop/order-state.js";
import type { Shop } from "../../examples/shop/shop.js";
import { openDatabase, type ShopDatabase } from "../../examples/shop/store/database.js";
import { createMovementStore } from "../../examples/shop/store/movements.js";
import { createOrderStore, type Order } from "../../examples/shop/store/orders.js";
import { createPaymentStore } from "../../examples/shop/store/payments.js";
import { createSessionStore } from "../../examples/shop/store/sessions.js";
import { readSettings } from "../../examples/shop/store/settings.js";

let folder: string;
let database: ShopDatabase;
let simulator: Simulator;
let shop: Shop;
/** Changes what the shop is told. */
let alter: (body: Record<string, unknown>, path: string) => Record<string, unknown>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shop-"));
  database = openDatabase(join(folder, "shop.db"));
  simulator = createSimulator();
  alter = (body) => body;
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = await simulator.fetch(url, init);
    if (!answer.ok) return answer;
    const body = (await answer.json()) as Record<string, unknown>;
    return Response.json(alter(body, new URL(url).pathname));
  };
  shop = {
    purse: new Purse({ baseUrl, clientId, clientSecret, entityId, fetch, maxRetries: 0 }),
    orders: createOrderStore(database),
    sessions: createSessionStore(database),
    payments: createPaymentStore(database),
    movements: createMovementStore(database),
    settings: readSettings(database, {}, "http://127.0.0.1:9"),
  };
});

afterEach(async () => {
  vi.useRealTimers();
  await simulator.close();
  database.close();
  rmSync(folder, { recursive: true });
});

function placeOrder(): Order {
  const lines = [{ sku: "oolong", name: "Oolong", quantity: 1, unitPrice: 2100 }];
  return shop.orders.place({
    id: crypto.randomUUID(),
    shopperId: crypto.randomUUID(),
    currency: "EUR",
    lines,
  });
}

async function pay(order: Order): Promise<string> {
  const session = await openSession(shop, order, "HOSTED_PAGE");
  await simulator.shopper.pay(session.id);
  await lookAfterSession(shop, session.id);
  return shop.payments.ofOrder(order.id)[0]?.id ?? "";
}

function moved(): string[] {
  return simulator.ledger.entries().map(({ kind, amount }) => `${kind} ${String(amount)}`);
}

const stateNow = (order: Order): string => stateOf(order, shop.payments.ofOrder(order.id));

describe("a shop in doubt", () => {
  it("moves nothing else while it does not know what became of the last movement", async () => {
    const order = placeOrder();
    const wanted = { orderId: order.id, paymentId: await pay(order), kind: "capture", amount: 500 } as const;
    simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    const first = await moveMoney(shop, { ...wanted, idempotencyKey: crypto.randomUUID() });
    expect(first?.state).toBe("open");
    expect(await moveMoney(shop, { ...wanted, idempotencyKey: crypto.randomUUID() })).toBeUndefined();
    await resumeMovements(shop, fail);
    expect(shop.movements.ofOrder(order.id)).toMatchObject([{ state: "done", outcome: "SUCCESS" }]);
    expect(moved()).toEqual(["authorization 2100", "capture 500"]);
  });

  it("takes no refusal for the end before it has looked whether the money moved", async () => {
    const order = placeOrder();
    const paymentId = await pay(order);
    const movement = shop.movements.open({
      ...{ idempotencyKey: crypto.randomUUID(), orderId: order.id, paymentId },
      ...{ kind: "capture", amount: 2100 },
    });
    // What an earlier process did; that its key is checked after the amount is not documented otherwise.
    await shop.purse.payments.capture(paymentId, {
      amount: 2100,
      ...(movement === undefined ? {} : { merchant_reference: movement.reference }),
    });
    await resumeMovements(shop, fail);
    expect(shop.movements.ofOrder(order.id)).toMatchObject([{ state: "done", outcome: "SUCCESS" }]);
    expect(moved()).toEqual(["authorization 2100", "capture 2100"]);
  });

  it("opens no second session beside one whose status it does not know", async () => {
    const order = placeOrder();
    const session = await openSession(shop, order, "HOSTED_PAGE");
    simulator.faults.add({ kind: "unknown_status", operation: "getClientSession" });
    await expect(openSession(shop, order, "HOSTED_PAGE")).rejects.toBeInstanceOf(NothingToPay);
    expect(shop.sessions.ofOrder(order.id).map(({ id, closedAt }) => [id, closedAt])).toEqual([
      [session.id, null],
    ]);
    expect((await openSession(shop, order, "HOSTED_PAGE")).id).toBe(session.id);
  });

  it("does not take a reading that lags behind for the whole truth", async () => {
    const order = placeOrder();
    const wanted = { orderId: order.id, paymentId: await pay(order), kind: "capture", amount: 500 } as const;
    simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    const lag = simulator.faults.add({ kind: "stale_read", times: "always" });
    await moveMoney(shop, { ...wanted, idempotencyKey: crypto.randomUUID() });
    await resumeMovements(shop, fail);
    expect(shop.movements.ofOrder(order.id)).toMatchObject([{ state: "open" }]);
    expect(await moveMoney(shop, { ...wanted, idempotencyKey: crypto.randomUUID() })).toBeUndefined();
    simulator.faults.clear(lag.id);
    await resumeMovements(shop, fail);
    expect(shop.movements.ofOrder(order.id)).toMatchObject([{ state: "done", outcome: "SUCCESS" }]);
    expect(moved()).toEqual(["authorization 2100", "capture 500"]);
  });

  it("takes no refusal for the end while readings may lag behind", async () => {
    const order = placeOrder();
    const wanted = { orderId: order.id, paymentId: await pay(order), kind: "capture", amount: 500 } as const;
    simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    await moveMoney(shop, { ...wanted, idempotencyKey: crypto.randomUUID() });
    const refusal = { kind: "bad_request", operation: "capturePayment" } as const;
    for (const state of ["open", "done"]) {
      simulator.faults.add(refusal);
      if (state === "open") simulator.faults.add({ kind: "stale_read" });
      await resumeMovements(shop, fail);
      expect(shop.movements.ofOrder(order.id)).toMatchObject([{ state }]);
    }
    expect(simulator.faults.list()).toEqual([]);
    expect(moved()).toEqual(["authorization 2100", "capture 500"]);
  });

  it("believes a refusal in the end, counted from the last request that may have been carried out", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const order = placeOrder();
    const wanted = { orderId: order.id, paymentId: await pay(order), kind: "capture", amount: 500 } as const;
    const stateAfter = async (kind: "drop_before" | "bad_request", minutes: number): Promise<unknown> => {
      vi.setSystemTime(Date.now() + minutes * 60_000);
      simulator.faults.add({ kind, operation: "capturePayment" });
      await resumeMovements(shop, fail);
      return shop.movements.ofOrder(order.id)[0]?.state;
    };
    simulator.faults.add({ kind: "drop_before", operation: "capturePayment" });
    await moveMoney(shop, { ...wanted, idempotencyKey: crypto.randomUUID() });
    expect(await stateAfter("bad_request", 10)).toBe("open");
    expect(await stateAfter("drop_before", 3)).toBe("open");
    expect(await stateAfter("bad_request", 3)).toBe("open");
    expect(await stateAfter("bad_request", 4)).toBe("open");
    expect(await stateAfter("bad_request", 1)).toBe("refused");
    expect(moved()).toEqual(["authorization 2100"]);
  });

  it("asks for a person when the money held is not the order's", async () => {
    const order = placeOrder();
    alter = (body, path) => (/\/payments\/[^/]+$/.test(path) ? { ...body, amount: 2000 } : body);
    await pay(order);
    expect(stateNow(order)).toBe("to be checked");
    await expect(openSession(shop, order, "HOSTED_PAGE")).rejects.toBeInstanceOf(NothingToPay);
  });

  it("keeps the database from other users, and refuses an office without a password", () => {
    expect(statSync(join(folder, "shop.db")).mode & 0o077).toBe(0);
    const settings = (env: Record<string, string>): unknown =>
      readSettings(database, env, "http://127.0.0.1:9");
    expect(() => settings({ SHOP_OFFICE_PASSWORD: "" })).toThrow(/SHOP_OFFICE_PASSWORD is too short/);
    expect(() => settings({ SHOP_WEBHOOK_SECRET: "fifteen letters" })).toThrow(/SHOP_WEBHOOK_SECRET .* 16/);
    expect(() => settings({ SHOP_COOKIE_SECRET: "fifteen letters" })).toThrow(/SHOP_COOKIE_SECRET .* 16/);
    expect(() => settings({ SHOP_LOOK_EVERY_SECONDS: "often" })).toThrow(/SHOP_LOOK_EVERY_SECONDS/);
  });
});

function fail(error: unknown): never {
  throw error;
}
