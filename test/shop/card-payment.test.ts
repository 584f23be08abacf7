import type { Browser } from "purse-payments";
import { createVaultFormToken, testCards } from "purse-payments/simulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../examples/shop/app.js";
import { payByCard } from "../../examples/shop/card-payment.js";
import type { Order } from "../../examples/shop/store/orders.js";
import { openShop, type ShopInProcess } from "./shop-in-process.js";

let here: ShopInProcess;

beforeEach(() => {
  here = openShop();
});

afterEach(() => here.close());

const browser: Browser = { java_enabled: false, javascript_enabled: true };

function payWith(order: Order, card: keyof typeof testCards): Promise<unknown> {
  const vaultFormToken = createVaultFormToken(testCards[card].number);
  return payByCard(here.shop, order, { vaultFormToken, browser });
}

async function loseAnswer(order: Order): Promise<void> {
  here.simulator.faults.add({ kind: "drop_after", operation: "createPayment" });
  await expect(payWith(order, "approved")).rejects.toMatchObject({ code: "outcome_unknown" });
}

function office(path: string, form?: Readonly<Record<string, string>>): Promise<Response> {
  const { baseUrl, officePassword } = here.shop.settings;
  const app = createApp(here.shop, (error) => {
    throw error;
  });
  const answer = app.request(`${baseUrl}/office${path}`, {
    headers: { authorization: `Basic ${btoa(`office:${officePassword}`)}`, origin: baseUrl },
    ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
  });
  return Promise.resolve(answer);
}

/** The webhook that tells of the newest payment that holds money. */
async function deliverNewest(): Promise<number> {
  const { baseUrl, webhookSecret } = here.shop.settings;
  const id = here.simulator.ledger.entries().at(-1)?.paymentId;
  const answer = await createApp(here.shop, () => undefined).request(`${baseUrl}/webhooks/purse`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-purse-webhook-secret": webhookSecret },
    body: JSON.stringify({ id, version: 1 }),
  });
  return answer.status;
}

/** As if the last payment had been begun so long ago. */
function age(minutes: number): string {
  const since = new Date(Date.now() - minutes * 60_000).toISOString();
  here.database.prepare("update direct_payments set since = ?").run(since);
  return since;
}

describe("a payment by the shop's own card form", () => {
  it("stays unknown when an older, refused one is read again, until its own webhook comes", async () => {
    const order = here.placeOrder();
    await payWith(order, "refused");
    expect(here.stateNow(order)).toBe("refused");
    await loseAnswer(order);
    expect(here.stateNow(order)).toBe("pending");
    expect((await office(`/orders/${order.id}`)).status).toBe(200);
    expect(here.stateNow(order)).toBe("pending");
    await deliverNewest();
    expect(here.shop.payments.ofOrder(order.id)).toHaveLength(2);
    expect(here.stateNow(order)).toBe("paid");
    expect(here.shop.orders.find(order.id)?.payingSince).toBeNull();
    expect(here.moved()).toEqual(["authorization 2100"]);
  });

  it("needs attention once its outcome is unknown for more than ten minutes", async () => {
    const order = here.placeOrder();
    await loseAnswer(order);
    age(9);
    const early = await (await office("")).text();
    expect(early).toContain("1001");
    expect(early).not.toContain("Needs attention");
    expect(await (await office(`/orders/${order.id}`)).text()).not.toContain("Purse has no payment");
    age(11);
    expect(await (await office("")).text()).toMatch(/Needs attention[^]*1001[^]*in doubt/);
    expect(await (await office(`/orders/${order.id}`)).text()).toContain("Purse has no payment");
  });

  it("can be tried again when the office has found none at Purse, and says so", async () => {
    const order = here.placeOrder();
    here.simulator.faults.add({ kind: "drop_before", operation: "createPayment" });
    await expect(payWith(order, "approved")).rejects.toMatchObject({ code: "outcome_unknown" });
    const path = `/orders/${order.id}/no-payment`;
    const early = here.shop.orders.find(order.id)?.payingSince ?? "";
    expect((await office(path, { since: early, checked: "yes" })).status).toBe(409);
    const since = age(11);
    expect((await office(path, { since })).status).toBe(409);
    expect((await office(path, { since: early, checked: "yes" })).status).toBe(409);
    expect(here.stateNow(order)).toBe("pending");
    expect((await office(path, { since, checked: "yes" })).status).toBe(303);
    expect(here.stateNow(order)).toBe("unpaid");
    await payWith(order, "approved");
    expect(here.moved()).toEqual(["authorization 2100"]);
  });
});
