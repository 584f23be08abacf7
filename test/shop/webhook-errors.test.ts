import { afterEach, beforeEach, expect, it } from "vitest";
import { createApp } from "../../examples/shop/app.js";
import type { Shop } from "../../examples/shop/shop.js";
import { isPurseError } from "../../src/index.js";
import { openShop, type ShopInProcess } from "./shop-in-process.js";

let opened: ShopInProcess;
let told: unknown[];

beforeEach(() => {
  opened = openShop();
  told = [];
});

afterEach(() => opened.close());

async function deliver(shop: Shop, id: string, secret = shop.settings.webhookSecret): Promise<number> {
  const app = createApp(shop, (error) => told.push(error));
  const response = await app.request("http://127.0.0.1:9/webhooks/purse", {
    method: "POST",
    headers: { "content-type": "application/json", "x-purse-webhook-secret": secret },
    body: JSON.stringify({ id, version: 1 }),
  });
  return response.status;
}

it("tells what the bookkeeping of a webhook threw, and has it sent again", async () => {
  const { shop } = opened;
  const id = await opened.pay(opened.placeOrder());
  const fault = new Error("the disk is full");
  const full: Shop = {
    ...shop,
    payments: {
      ...shop.payments,
      book: () => {
        throw fault;
      },
    },
  };
  expect(await deliver(full, id)).toBe(500);
  expect(told).toEqual([fault]);
});

it("tells that the secret is wrong, and that a payment cannot be read", async () => {
  const { shop, simulator } = opened;
  const id = await opened.pay(opened.placeOrder());
  expect(await deliver(shop, id, "another-secret-altogether")).toBe(401);
  simulator.faults.add({ kind: "error_before", operation: "getPayment", times: "always" });
  expect(await deliver(shop, id)).toBe(503);
  expect(told.map((error) => isPurseError(error) && error.code === "webhook" && error.reason)).toEqual([
    "secret_wrong",
    "read_back_failed",
  ]);
});
