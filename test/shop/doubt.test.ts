import { statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NothingToPay, openSession } from "../../examples/shop/checkout.js";
import { readSettings } from "../../examples/shop/store/settings.js";
import { openShop, type ShopInProcess } from "./shop-in-process.js";

let here: ShopInProcess;
/** Changes what the shop is told. */
let alter: (body: Record<string, unknown>, path: string) => Record<string, unknown>;

beforeEach(() => {
  alter = (body) => body;
  here = openShop((body, path) => alter(body, path));
});

afterEach(() => here.close());

describe("a shop in doubt", () => {
  it("opens no second session beside one whose status it does not know", async () => {
    const { shop, simulator } = here;
    const order = here.placeOrder();
    const session = await openSession(shop, order, "HOSTED_PAGE");
    simulator.faults.add({ kind: "unknown_status", operation: "getClientSession" });
    await expect(openSession(shop, order, "HOSTED_PAGE")).rejects.toBeInstanceOf(NothingToPay);
    expect(shop.sessions.ofOrder(order.id).map(({ id, closedAt }) => [id, closedAt])).toEqual([
      [session.id, null],
    ]);
    expect((await openSession(shop, order, "HOSTED_PAGE")).id).toBe(session.id);
  });

  it("asks for a person when the money held is not the order's", async () => {
    const order = here.placeOrder();
    alter = (body, path) => (/\/payments\/[^/]+$/.test(path) ? { ...body, amount: 2000 } : body);
    await here.pay(order);
    expect(here.stateNow(order)).toBe("to be checked");
    await expect(openSession(here.shop, order, "HOSTED_PAGE")).rejects.toBeInstanceOf(NothingToPay);
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
