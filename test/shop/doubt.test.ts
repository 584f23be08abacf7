import { statSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "purse-payments/simulator";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NothingToPay, openSession } from "../../examples/shop/checkout.js";
import { moveMoney, resumeMovements } from "../../examples/shop/money-movements.js";
import { officeOrderPage, versionOf } from "../../examples/shop/pages/office.js";
import { officeRoutes } from "../../examples/shop/routes/office.js";
import type { Shop } from "../../examples/shop/shop.js";
import type { Order } from "../../examples/shop/store/orders.js";
import { readSettings } from "../../examples/shop/store/settings.js";
import { openShop, type ShopInProcess } from "./shop-in-process.js";

let here: ShopInProcess;
let simulator: Simulator;
let shop: Shop;
/** Changes what the shop is told. */
let alter: (body: Record<string, unknown>, path: string) => Record<string, unknown>;

beforeEach(() => {
  alter = (body) => body;
  here = openShop((body, path) => alter(body, path));
  ({ simulator, shop } = here);
});

afterEach(async () => {
  vi.useRealTimers();
  await here.close();
});

const placeOrder = (): Order => here.placeOrder();
const pay = (order: Order): Promise<string> => here.pay(order);
const moved = (): string[] => here.moved();

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
    const page = await officePage(order);
    expect(page).toContain(
      "refused; not found in the payment after 5 minutes: check with Purse before asking again",
    );
    expect(page).toContain("may have been carried out");
    // Each of the two forms, to capture and to void, waits for somebody to say that Purse was asked.
    expect(page.match(/<input type="checkbox" name="checked" value="yes" required/g)).toHaveLength(2);

    const [payment] = shop.payments.ofOrder(order.id);
    const form = new URLSearchParams({
      key: crypto.randomUUID(),
      kind: "capture",
      payment: wanted.paymentId,
      version: payment === undefined ? "" : versionOf(payment),
      amount: "5.00",
    });
    const authorization = `Basic ${btoa(`office:${shop.settings.officePassword}`)}`;
    const post = () =>
      officeRoutes(shop).request(`/orders/${order.id}`, {
        method: "POST",
        body: new URLSearchParams(form),
        headers: { authorization },
      });
    expect((await post()).status).toBe(409);
    expect(moved()).toEqual(["authorization 2100"]);
    form.set("checked", "yes");
    expect((await post()).status).toBe(303);
    expect(moved()).toEqual(["authorization 2100", "capture 500"]);
  });

  it("shows what was given up as done when the payment shows it later after all", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const order = placeOrder();
    simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    const paymentId = await pay(order);
    await here.move(order, paymentId, "capture", 500);
    const lag = simulator.faults.add({ kind: "stale_read", times: "always" });
    simulator.faults.add({ kind: "bad_request", operation: "capturePayment", times: 2 });
    await resumeMovements(shop, fail);
    vi.setSystemTime(Date.now() + 5 * 60_000);
    await resumeMovements(shop, fail);
    expect(shop.movements.ofOrder(order.id)).toMatchObject([{ state: "refused" }]);
    expect(await officePage(order)).toContain("may have been carried out");
    simulator.faults.clear(lag.id);
    shop.payments.book(order.id, await shop.purse.payments.retrieve(paymentId));
    const page = await officePage(order);
    expect(page).toContain("success, though Purse refused it when asked again");
    expect(page).not.toContain("may have been carried out");
    expect(page).not.toContain("checkbox");
    expect(moved()).toEqual(["authorization 2100", "capture 500"]);
  });

  it("doubts no refusal of what was asked for once", async () => {
    const order = placeOrder();
    const paymentId = await pay(order);
    simulator.faults.add({ kind: "bad_request", operation: "capturePayment" });
    await here.move(order, paymentId, "capture", 500);
    expect(shop.movements.ofOrder(order.id)).toMatchObject([{ state: "refused" }]);
    const page = await officePage(order);
    expect(page).toContain("refused: ");
    expect(page).not.toContain("checkbox");
  });

  it("asks for a person when the money held is not the order's", async () => {
    const order = placeOrder();
    alter = (body, path) => (/\/payments\/[^/]+$/.test(path) ? { ...body, amount: 2000 } : body);
    await pay(order);
    expect(here.stateNow(order)).toBe("to be checked");
    await expect(openSession(shop, order, "HOSTED_PAGE")).rejects.toBeInstanceOf(NothingToPay);
  });

  it("keeps the database from other users, and refuses an office without a password", () => {
    expect(statSync(join(here.folder, "shop.db")).mode & 0o077).toBe(0);
    const settings = (env: Record<string, string>): unknown =>
      readSettings(here.database, env, "http://127.0.0.1:9");
    expect(() => settings({ SHOP_OFFICE_PASSWORD: "" })).toThrow(/SHOP_OFFICE_PASSWORD is too short/);
    expect(() => settings({ SHOP_WEBHOOK_SECRET: "fifteen letters" })).toThrow(/SHOP_WEBHOOK_SECRET .* 16/);
    expect(() => settings({ SHOP_COOKIE_SECRET: "fifteen letters" })).toThrow(/SHOP_COOKIE_SECRET .* 16/);
    expect(() => settings({ SHOP_LOOK_EVERY_SECONDS: "often" })).toThrow(/SHOP_LOOK_EVERY_SECONDS/);
  });
});

async function officePage(order: Order): Promise<string> {
  const payments = shop.payments.ofOrder(order.id);
  const movements = shop.movements.ofOrder(order.id);
  return String(await officeOrderPage({ order, state: "paid", payments, movements }));
}

function fail(error: unknown): never {
  throw error;
}
