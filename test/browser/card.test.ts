import type { Page } from "playwright-core";
import { testCards } from "purse-payments/simulator";
import { afterEach, expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { order, orderIdOf, pay, seeState } from "./steps.js";

describeInBrowser("the shop's own card form", () => {
  const stage = useStage();

  afterEach(() => {
    stage.simulator.faults.clear();
  });

  /** Orders a tea, and opens the card form. */
  async function openForm(page: Page): Promise<void> {
    await order(page);
    await page.goto("/orders");
    await page
      .getByRole("link", { name: /^Order/ })
      .first()
      .click();
    await page.getByRole("link", { name: "Pay in the shop's own card form" }).click();
    await page.getByLabel("Test card").waitFor();
  }

  async function payWith(page: Page, number: string): Promise<void> {
    await page.getByLabel("Test card").selectOption({ value: `simulator-${number}`.padEnd(32, "_") });
    await page.getByRole("button", { name: "Pay €14.50" }).click();
    await page.waitForURL(/\/orders\/[\da-f-]{36}$/);
  }

  it("pays with a token and what the shopper's browser says of itself", async () => {
    const page = await stage.open({ timezoneId: "Asia/Kolkata", locale: "fr-FR" });
    await openForm(page);
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await payWith(page, testCards.approved.number);
    await seeState(page, "paid");
    const body = (await sent).postDataJSON() as { browser: Record<string, unknown> };
    expect(body.browser).toMatchObject({
      user_agent: await page.evaluate(() => navigator.userAgent),
      locale: "fr-FR",
      utc_time_zone: 330,
      javascript_enabled: true,
    });
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("pays once for a double click, and ends the payment page that is open elsewhere", async () => {
    const page = await stage.open();
    await order(page);
    const paymentPage = await page.context().newPage();
    await paymentPage.goto(page.url());
    await page.goto("/orders");
    await page.getByRole("link", { name: /^Order/ }).click();
    await page.getByRole("link", { name: "Pay in the shop's own card form" }).click();
    await page.getByRole("button", { name: "Pay €14.50" }).dblclick({ noWaitAfter: true });
    await seeState(page, "paid");
    await pay(paymentPage);
    await seeState(paymentPage, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("pays once when the form arrives twice at the same time", async () => {
    const page = await stage.open();
    await openForm(page);
    const statuses = await page.evaluate(async (path) => {
      const send = () =>
        fetch(path, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ vaultFormToken: "any", browser: {} }),
        }).then(({ status }) => status);
      return (await Promise.all([send(), send()])).sort();
    }, new URL(page.url()).pathname);
    expect(statuses).toEqual([200, 409]);
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("lets the shopper try again after a refusal", async () => {
    const page = await stage.open();
    await openForm(page);
    await payWith(page, testCards.refused.number);
    await seeState(page, "refused");
    await page.getByRole("link", { name: "Pay in the shop's own card form" }).click();
    await payWith(page, testCards.approved.number);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("waits for the bank, and lets nothing else pay", async () => {
    const page = await stage.open();
    await openForm(page);
    await payWith(page, testCards.undecided.number);
    await seeState(page, "pending");
    expect(await page.getByRole("button").count()).toBe(0);
    await page.goto(`/orders/${orderIdOf(page)}/card`);
    await page.getByText("There is nothing to pay").waitFor();
    const id = stage.simulator.webhooks().at(-1)?.paymentId ?? "";
    stage.simulator.partners.settle(id, "approve");
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("lets nothing else pay when the answer was lost, until the webhook tells", async () => {
    stage.simulator.faults.add({ kind: "drop_after", operation: "createPayment" });
    stage.simulator.faults.add({ kind: "webhook_delay", delayMs: 60_000 });
    const page = await stage.open();
    await openForm(page);
    await payWith(page, testCards.approved.number);
    await seeState(page, "pending");
    expect(await page.getByRole("button").count()).toBe(0);
    await stage.simulator.clock.advance({ minutes: 2 });
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("leaves the order as it was when Purse was certainly not reached", async () => {
    stage.simulator.faults.add({ kind: "bad_request", operation: "createPayment" });
    const page = await stage.open();
    await openForm(page);
    await payWith(page, testCards.approved.number);
    await seeState(page, "unpaid");
    expect(stage.movements()).toEqual([]);
  });
});
