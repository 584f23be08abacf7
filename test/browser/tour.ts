import type { BrowserContextOptions, Page } from "playwright-core";
import { testCards } from "purse-payments/simulator";
import type { Stage } from "./stage.js";
import { formOf, move, order, orderIdOf, pay, seeState } from "./steps.js";

/** Called at every page worth looking at. */
export type Look = (page: Page, name: string) => Promise<void>;

/** Leads through all pages of the shop and the payment page. */
export async function tourShop(stage: Stage, look: Look, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await stage.open(options);
  await page.goto("/");
  await look(page, "catalogue");
  await page.goto("/nowhere");
  await look(page, "not-here");
  await page.goto("/cart");
  await look(page, "cart-empty");
  await page.goto("/orders");
  await look(page, "orders-empty");
  await page.goto("/products/oolong");
  await look(page, "product");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.goto("/products/darjeeling");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.goto("/cart?notice=changed");
  await look(page, "cart");
  await page.getByRole("button", { name: /^Order and pay/ }).click();
  await page.waitForURL(/\/sessions\//);
  await look(page, "payment-page");
  await page.getByText("Test cards", { exact: true }).click();
  await page.getByText("Pay part with a gift card").click();
  await page.getByLabel("Card number").fill("1234");
  await page.getByLabel("Expires").fill("13/20");
  await page.getByLabel("Security code").fill("");
  await page.getByLabel("Gift card amount").fill("a lot");
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await page.getByRole("alert").waitFor();
  await look(page, "payment-page-faults");
  await page.getByRole("button", { name: "Cancel" }).click();
  await seeState(page, "unpaid");
  await look(page, "order-unpaid");
  await page.goto(`/orders/${orderIdOf(page)}/return`);
  await page.getByText("We could not tell").waitFor();
  await look(page, "order-unverified");
  await page.getByRole("button", { name: "Pay here" }).click();
  await page.getByLabel("Card number").waitFor();
  await look(page, "order-widget");
  await page.getByLabel("Card number").fill("1234");
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await page.locator("#card-fault").waitFor();
  await look(page, "order-widget-faults");
  await pay(page, testCards.refused.number);
  await seeState(page, "refused");
  await look(page, "order-refused");
  await page.getByRole("link", { name: "Pay in the shop's own card form" }).click();
  await page.getByLabel("Test card").waitFor();
  await look(page, "order-card");
  await order(page, "rooibos");
  await page.goto("/orders");
  await page
    .getByRole("link", { name: /^Order/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await seeState(page, "cancelled");
  await look(page, "order-cancelled");
  await order(page);
  await pay(page, testCards.undecided.number);
  await seeState(page, "pending");
  await look(page, "order-pending");
  await order(page, "sencha");
  await page.getByText("Pay part with a gift card").click();
  await page.getByLabel("Gift card amount").fill("4.50");
  await pay(page);
  await seeState(page, "paid");
  await look(page, "order-paid");
  return page;
}

/** Leads through the back office and lists that are full. Ends when nothing of the order is left to move. */
export async function tourOffice(stage: Stage, shopper: Page, look: Look): Promise<void> {
  const office = await stage.openOffice({ viewport: shopper.viewportSize() });
  const path = `/office/orders/${orderIdOf(shopper)}`;
  await office.goto(path);
  await look(office, "office-order-paid");
  await formOf(office, "Capture").getByRole("textbox").fill("a lot");
  await office.getByRole("button", { name: "Capture" }).click();
  await office.getByRole("alert").waitFor();
  await look(office, "office-order-problem");
  await office.goto(path);
  stage.simulator.faults.add({ kind: "bad_request", operation: "capturePayment" });
  await move(office, "Capture", "2.00");
  await look(office, "office-order-refused");
  await move(office, "Capture", "9.00");
  await formOf(office, "Refund").getByRole("textbox").fill("4.50");
  await formOf(office, "Refund").getByRole("button").click();
  await office.getByRole("button", { name: /^Refund €/ }).waitFor();
  await look(office, "office-confirm");
  await office.goto(path);
  await move(office, "Refund", "4.50");
  await move(office, "Void", "1.00");
  await look(office, "office-order-moved");
  await shopper.reload();
  await seeState(shopper, "partly refunded");
  await look(shopper, "order-refunded-in-part");
  await order(shopper);
  await pay(shopper);
  await seeState(shopper, "paid");
  await office.goto("/office");
  await look(office, "office");
  await shopper.goto("/orders");
  await look(shopper, "orders");
}

/** Leads through the simulator's own pages. */
export async function tourSimulator(
  stage: Stage,
  look: Look,
  options: BrowserContextOptions = {},
): Promise<void> {
  const page = await stage.open(options);
  await page.goto(`${stage.simulator.baseUrl}/_simulator/`);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByLabel("Kind").selectOption("webhook_never");
  await page.getByRole("region", { name: "Faults" }).getByRole("button", { name: "Add" }).click();
  await page.getByRole("button", { name: "Remove webhook never" }).waitFor();
  await page.getByRole("list", { name: "Payments" }).locator("summary").first().click();
  await look(page, "dashboard");
  await page.getByRole("button", { name: "Remove webhook never" }).click();
  await page.getByText("No faults queued.").waitFor();
  await page.goto(`${stage.simulator.baseUrl}/_simulator/widget`);
  await page.getByLabel("Card number").waitFor();
  await look(page, "dashboard-widget");
}
