import { testCards } from "purse-payments/simulator";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { formOf, move, order, orderIdOf, pay, seeState } from "./steps.js";

describeInBrowser("a purchase in the browser", () => {
  const stage = useStage();

  it("goes from the cart to a refund, in several captures", async () => {
    const page = await stage.open();
    await order(page, "sencha");
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);

    const office = await stage.openOffice();
    await office.goto("/office");
    await office.getByRole("table").getByRole("link").first().click();
    await move(office, "Capture", "5.00");
    await seeState(office, "partly captured");
    await move(office, "Capture");
    await seeState(office, "captured");
    await move(office, "Refund", "4.50");
    await seeState(office, "partly refunded");
    await move(office, "Refund", "10.00");
    await seeState(office, "refunded");
    expect(stage.movements()).toEqual([
      "authorization 1450",
      "capture 500",
      "capture 950",
      "refund 450",
      "refund 1000",
    ]);
    for (const movement of ["Capture", "Refund", "Void"] as const) {
      expect(await formOf(office, movement).count()).toBe(0);
    }
    await seeState(page, "refunded");
  });

  it("lets an order go by a void", async () => {
    const page = await stage.open();
    await order(page, "rooibos");
    await pay(page);
    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    await move(office, "Void", "8.90");
    await seeState(office, "released");
    expect(stage.movements()).toEqual(["authorization 890", "void 890"]);
    await seeState(page, "released");
  });

  it("captures no more than was authorized, and says what was wrong with the amount", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page);
    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    for (const wrong of ["14.51", "0.00", "a lot", "-1.00", "1.005"]) {
      await formOf(office, "Capture").getByRole("textbox").fill(wrong);
      const answer = office.waitForResponse((response) => response.request().method() === "POST");
      await office.getByRole("button", { name: "Capture" }).click();
      expect((await answer).status()).toBe(400);
      expect(await office.getByRole("alert").innerText()).toMatch(/€14\.50|in euros/);
      expect(await formOf(office, "Capture").getByRole("textbox").inputValue()).toBe(wrong);
    }
    expect(await office.locator("[data-movement]").count()).toBe(0);
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("succeeds at the second try, after the bank refused", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page, testCards.refusedInsufficientFunds.number);
    await seeState(page, "refused");
    expect(stage.movements()).toEqual([]);
    await page.getByRole("button", { name: "Pay on the payment page" }).click();
    await page.waitForURL(/\/sessions\//);
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("can be paid after the shopper cancelled on the payment page", async () => {
    const page = await stage.open();
    await order(page);
    await page.getByRole("button", { name: "Cancel" }).click();
    await seeState(page, "unpaid");
    expect(stage.movements()).toEqual([]);
    await page.getByRole("button", { name: "Pay on the payment page" }).click();
    await page.waitForURL(/\/sessions\//);
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("is paid in the shop itself, with the widget", async () => {
    const page = await stage.open();
    await order(page, "oolong", "Here in the shop");
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 2100"]);
  });

  it("is split between a gift card and a card, and captured from both", async () => {
    const page = await stage.open();
    await order(page);
    await page.getByText("Pay part with a gift card").click();
    await page.getByLabel("Gift card amount").fill("4.50");
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
    const paid = await stage.purse.payments.retrieve(stage.moved()[0]?.paymentId ?? "");
    expect(await page.getByRole("list", { name: "Paid with" }).getByRole("listitem").allInnerTexts()).toEqual(
      [
        expect.stringMatching(/^Gift card\s+€4\.50$/),
        expect.stringMatching(/^Card ending in \d{4}\s+€10\.00$/),
      ],
    );
    expect(paid.split.map(({ method, amount }) => `${method} ${String(amount)}`)).toEqual([
      "giftcard 450",
      "creditcard 1000",
    ]);
    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    await move(office, "Capture");
    await seeState(office, "captured");
    const captured = stage.moved().filter(({ kind }) => kind === "capture");
    expect(captured.reduce((sum, { amount }) => sum + amount, 0)).toBe(1450);
    const row = (name: RegExp) => office.getByRole("row", { name });
    await row(/^Gift card success €4\.50$/).waitFor();
    await row(/^Card success €10\.00$/).waitFor();
  });

  it("shows the new total before it orders pieces that the page did not show", async () => {
    const page = await stage.open();
    await page.goto("/products/sencha");
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByLabel("Pieces of Sencha").fill("3");
    await page.getByRole("button", { name: "Order and pay €14.50" }).click();
    await page.getByRole("button", { name: "Order and pay €43.50" }).click();
    await page.waitForURL(/\/sessions\//);
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 4350"]);
  });

  it("can be cancelled while nothing is paid, and not be paid any more", async () => {
    const page = await stage.open();
    await order(page);
    const paymentPage = page.url();
    await page.goto("/orders");
    await page.getByRole("link", { name: /^Order/ }).click();
    await page.getByRole("button", { name: "Cancel the order" }).click();
    await seeState(page, "cancelled");
    expect(await page.getByRole("button", { name: /pay/i }).count()).toBe(0);
    // The payment page that is open in another tab leads back.
    await page.goto(paymentPage);
    await seeState(page, "cancelled");
    expect(stage.movements()).toEqual([]);
  });

  it("cancels nothing that was paid in another tab", { timeout: 40_000 }, async () => {
    const page = await stage.open();
    await order(page);
    const other = await page.context().newPage();
    await other.goto("/orders");
    await other.getByRole("link", { name: /^Order/ }).click();
    await page.getByRole("button", { name: /^Pay €/ }).press("Enter", { noWaitAfter: true });
    await expect.poll(() => stage.movements()).toEqual(["authorization 1450"]);
    await other.getByRole("button", { name: "Cancel the order" }).click();
    await seeState(other, "paid");
    await other.getByText("could not be cancelled").waitFor();

    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(other)}`);
    await move(office, "Void", "14.50");
    await seeState(other, "released");
    expect(stage.movements()).toEqual(["authorization 1450", "void 1450"]);
  });

  it("lets the bank's answer go when the order is cancelled before it", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page, testCards.undecided.number);
    await seeState(page, "pending");
    expect(await page.getByRole("button").count()).toBe(0);
    // The page offers no button for it; a page opened before the payment still does.
    const id = orderIdOf(page);
    await page.evaluate(
      (path) => fetch(path, { method: "POST" }).then(({ ok }) => ok),
      `/orders/${id}/cancel`,
    );
    await seeState(page, "cancelled");
    expect(stage.movements()).toEqual([]);
  });

  // The last one here, because it turns the clock for good.
  it("can be paid after the session has expired, on the payment page and in the widget", async () => {
    const page = await stage.open();
    await order(page);
    await stage.simulator.clock.advance({ minutes: 31 });
    await page.getByRole("button", { name: /^Pay €/ }).click();
    await seeState(page, "unpaid");
    await page.getByRole("button", { name: "Pay here" }).click();
    await page.getByLabel("Card number").waitFor();
    await stage.simulator.clock.advance({ minutes: 31 });
    await page.getByRole("button", { name: /^Pay €/ }).click();
    await page.getByRole("button", { name: "Refresh session" }).click();
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });
});
