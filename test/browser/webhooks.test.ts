import { testCards, type WebhookDelivery } from "purse-payments/simulator";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { move, order, orderIdOf, pay, seeState, sessionIdOf } from "./steps.js";

describeInBrowser("webhooks and the shopper's way back", () => {
  const stage = useStage();

  const paymentId = (): string => stage.moved()[0]?.paymentId ?? "";
  const deliveries = (id = paymentId()): string[] => stage.simulator.webhooks(id).map(({ status }) => status);

  it("books a payment whose webhook comes before the shopper", async () => {
    const page = await stage.open();
    await order(page);
    const { redirectUrl } = await stage.simulator.shopper.pay(sessionIdOf(page));
    await expect.poll(() => deliveries()).toEqual(["delivered"]);
    await page.goto(new URL(redirectUrl).pathname.replace(/\/return$/, ""));
    await seeState(page, "paid");
    await page.goto(redirectUrl);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("is not led back by a webhook that comes late", async () => {
    stage.simulator.faults.add({ kind: "webhook_delay", delayMs: 60_000 });
    const page = await stage.open();
    await order(page);
    await pay(page);
    await seeState(page, "paid");
    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    await move(office, "Capture");
    await seeState(page, "captured");
    // That of the authorization waits; that of the capture came.
    expect(deliveries()).toEqual(["waiting", "delivered"]);

    await stage.simulator.clock.advance({ minutes: 2 });
    expect(deliveries()).toEqual(["delivered", "delivered"]);
    await page.reload();
    await seeState(page, "captured");
    expect(stage.movements()).toEqual(["authorization 1450", "capture 1450"]);
  });

  it("changes the page by itself when the bank has decided", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page, testCards.undecided.number);
    await seeState(page, "pending");
    const { paymentId: id } = await onlyPending();
    stage.simulator.partners.settle(id, "approve");
    await seeState(page, "paid");
    expect(deliveries(id)).toContain("delivered");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("changes the page by itself when the bank has refused, and lets the shopper try again", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page, testCards.undecided.number);
    await seeState(page, "pending");
    const { paymentId: id } = await onlyPending();
    stage.simulator.partners.settle(id, "refuse");
    await seeState(page, "refused");
    await page.getByRole("button", { name: "Pay on the payment page" }).click();
    await page.waitForURL(/\/sessions\//);
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("changes the page by itself when a shopper pays on another device", async () => {
    const page = await stage.open();
    await order(page);
    const session = sessionIdOf(page);
    await page.goto("/orders");
    await page.getByRole("link", { name: /^Order/ }).click();
    await seeState(page, "unpaid");
    await stage.simulator.shopper.pay(session);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  /** The payment of which the last notification told. */
  async function onlyPending(): Promise<WebhookDelivery> {
    await expect.poll(() => stage.simulator.webhooks().at(-1)?.status).toBe("delivered");
    const last = stage.simulator.webhooks().at(-1);
    if (last === undefined) throw new Error("No webhook was sent.");
    return last;
  }
});
