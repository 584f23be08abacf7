import { createVaultFormToken, testCards } from "purse-payments/simulator";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { payByCard } from "../../examples/shop/card-payment.js";
import type { Order } from "../../examples/shop/store/orders.js";
import { keepReading, readUndecided } from "../../examples/shop/undecided.js";
import { openShop, type ShopInProcess } from "./shop-in-process.js";

let here: ShopInProcess;
let faults: unknown[];
const onFault = (error: unknown): void => {
  faults.push(error);
};

beforeEach(() => {
  here = openShop();
  faults = [];
});

afterEach(() => here.close());

/** A payment without a session that its bank decides later. The shop is told by no webhook. */
async function payUndecided(): Promise<Order> {
  const order = here.placeOrder();
  const vaultFormToken = createVaultFormToken(testCards.undecided.number);
  await payByCard(here.shop, order, { vaultFormToken, browser: {} });
  expect(here.stateNow(order)).toBe("pending");
  return order;
}

function decide(order: Order): void {
  here.simulator.partners.settle(here.shop.payments.ofOrder(order.id)[0]?.id ?? "", "approve");
}

it("reads every undecided payment, though one cannot be read, and no decided one", async () => {
  const [first, second] = [await payUndecided(), await payUndecided()];
  await here.pay(here.placeOrder());
  expect(here.shop.payments.listUndecided()).toHaveLength(2);
  decide(first);
  decide(second);
  here.simulator.faults.add({ kind: "error_before", operation: "getPayment" });
  await readUndecided(here.shop, onFault);
  expect(faults).toHaveLength(1);
  expect([here.stateNow(first), here.stateNow(second)]).toEqual(["pending", "paid"]);
  await readUndecided(here.shop, onFault);
  expect(here.stateNow(first)).toBe("paid");
  expect(here.shop.payments.listUndecided()).toEqual([]);
});

it.each(["capture", "void"] as const)("reads a payment with an undecided %s", async (kind) => {
  const order = here.placeOrder();
  const id = await here.pay(order);
  here.simulator.partners.next("undecided", { kind });
  await here.move(order, id, kind, 2100);
  expect(here.shop.payments.listUndecided()).toEqual([id]);
  const [operation] = here.shop.payments.ofOrder(order.id)[0]?.[`${kind}s`] ?? [];
  here.simulator.partners.settle(operation?.id ?? "", "approve");
  await readUndecided(here.shop, onFault);
  expect(here.shop.payments.listUndecided()).toEqual([]);
});

it("reads them again and again until it is stopped", async () => {
  const order = await payUndecided();
  const stopping = new AbortController();
  const read = (): number =>
    here.simulator.requests().filter(({ operation }) => operation === "getPayment").length;
  keepReading(here.shop, onFault, { everyMs: 5, signal: stopping.signal });
  await vi.waitFor(() => {
    expect(read()).toBeGreaterThan(2);
  });
  decide(order);
  await vi.waitFor(() => {
    expect(here.stateNow(order)).toBe("paid");
  });
  const other = await payUndecided();
  stopping.abort();
  decide(other);
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(here.stateNow(other)).toBe("pending");
  expect(faults).toEqual([]);
});
