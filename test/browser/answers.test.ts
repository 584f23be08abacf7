import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { Purse } from "purse-payments";
import { createSimulator } from "purse-payments/simulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../examples/shop/app.js";
import { openJournal } from "../../examples/shop/journal.js";
import { openDatabase } from "../../examples/shop/store/database.js";
import { createOrderStore } from "../../examples/shop/store/orders.js";
import { createPaymentStore } from "../../examples/shop/store/payments.js";
import { createSessionStore } from "../../examples/shop/store/sessions.js";
import { readSettings } from "../../examples/shop/store/settings.js";

describe("the shop's answers", () => {
  let folder: string;
  let closeDatabase: () => void;
  let createShop: (baseUrl: string) => Hono;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "shop-"));
    const database = openDatabase(join(folder, "shop.db"));
    closeDatabase = () => {
      database.close();
    };
    const { baseUrl, clientId, clientSecret, entityId } = createSimulator();
    const purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
    const books = {
      orders: createOrderStore(database),
      sessions: createSessionStore(database),
      payments: createPaymentStore(database),
    };
    const journal = openJournal(database, purse, books);
    createShop = (shopUrl) =>
      createApp({ ...books, purse, journal, settings: readSettings(database, {}, shopUrl) }, (error) => {
        throw error;
      });
  });

  afterEach(() => {
    closeDatabase();
    rmSync(folder, { recursive: true, force: true });
  });

  const own = "http://127.0.0.1:3000";

  it("lead to the shop's own address from every other name of the machine", async () => {
    const shop = createShop(own);
    for (const method of ["GET", "HEAD"]) {
      const answer = await shop.request("http://localhost:3000/orders/1/return?token=a%20b", { method });
      expect(answer.status).toBe(302);
      expect(answer.headers.get("location")).toBe(`${own}/orders/1/return?token=a%20b`);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    const path = await shop.request("http://localhost:3000//evil.example/");
    expect(path.headers.get("location")).toBe(`${own}//evil.example/`);
  });

  it("refuse forms at another address, though they come from there", async () => {
    const answer = await createShop(own).request("http://localhost:3000/cart", {
      method: "POST",
      body: new URLSearchParams({ sku: "sencha" }),
      headers: { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" },
    });
    expect(answer.status).toBe(421);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await answer.text()).toContain('<a href="/">To the shop</a>');
  });

  it("know their own address behind a proxy, with its usual port or without", async () => {
    const shop = createShop("https://shop.example");
    const ask = async (headers: Readonly<Record<string, string>>) =>
      (await shop.request("http://10.0.0.1:3000/", { headers })).status;
    expect(await ask({ host: "shop.example" })).toBe(200);
    expect(await ask({ host: "Shop.Example:443" })).toBe(200);
    expect(await ask({ host: "10.0.0.1:3000", "x-forwarded-host": "shop.example, inner" })).toBe(200);
    expect(await ask({ host: "10.0.0.1:3000" })).toBe(302);
    expect(await ask({ host: "shop.example:8443" })).toBe(302);
    expect(await ask({ host: "not a host" })).toBe(302);
  });

  it("ask for HTTPS only where the shop has it, and for no other name of the domain", async () => {
    const plain = await createShop(own).request(`${own}/`);
    expect(plain.headers.has("strict-transport-security")).toBe(false);
    const secure = await createShop("https://shop.example").request("https://shop.example/");
    expect(secure.headers.get("strict-transport-security")).toBe("max-age=15552000");
  });

  it("say in words, and with all headers, what they refuse", async () => {
    const shop = createShop(own);
    const foreign = await shop.request(`${own}/cart`, {
      method: "POST",
      body: new URLSearchParams({ sku: "sencha" }),
      headers: { origin: "http://evil.example" },
    });
    expect(foreign.status).toBe(403);
    const large = await shop.request(`${own}/cart`, {
      method: "POST",
      body: new URLSearchParams({ sku: "s".repeat(17_000) }),
      headers: { origin: own },
    });
    expect(large.status).toBe(413);
    for (const answer of [foreign, large]) {
      expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("x-frame-options")).toBe("SAMEORIGIN");
      expect(await answer.text()).toContain("nothing was done with it");
    }
  });

  it("ask for the password of the back office as before", async () => {
    const answer = await createShop(own).request(`${own}/office`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain("Basic");
  });
});
