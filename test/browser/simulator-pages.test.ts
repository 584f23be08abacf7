import type { Page } from "playwright-core";
import type { CreateClientSessionParams, CreatePaymentLinkParams } from "purse-payments";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { createLook, wide } from "./look.js";
import { answerWebhook, liveThroughADay } from "./simulator-life.js";
import { useSimulator } from "./simulator-stage.js";

const order: CreatePaymentLinkParams & CreateClientSessionParams = {
  amount: 4280,
  currency: "EUR",
  shopper_redirection_url: "https://shop.example/return",
  order: {
    reference: "order-1042",
    net_amount: 4280,
    shipments: [
      {
        item_lines: [
          {
            name: "Oolong, a tea with a rather long name from a rather high mountain",
            quantity: 1,
            net_amount: 2100,
          },
          { name: "Darjeeling", quantity: 2, net_amount: 2180 },
        ],
      },
    ],
  },
};

/** As docs/simulator.md has it, for a shop that is always light. */
const shopStyle =
  "color-scheme: light; --purse-main: #005a32; --purse-on-main: #ffffff; --purse-background: #fdf6e3; --purse-text: #281e14; " +
  "--purse-soft-text: #5f5142; --purse-line: #e2d5b5; --purse-field-line: #8a7b5c; --purse-font: Georgia, serif; --purse-radius: 3px";

describeInBrowser("the simulator's pages", () => {
  const stage = useSimulator({ merchantName: "The tea shop", fetch: answerWebhook });
  const open = (): Promise<Page> => stage.open({ viewport: wide, reducedMotion: "reduce" });

  async function openPaymentPage(page: Page, changes: object = {}): Promise<void> {
    const { links } = await stage.purse.clientSessions.create({
      ...order,
      integration_mode: "HOSTED_PAGE",
      ...changes,
    });
    await page.goto(links.hosted_page?.href ?? "");
  }

  it("have no fault that axe finds, in light and dark, and fit a phone", { timeout: 300_000 }, async () => {
    const { look, found, names } = createLook();
    const page = await open();
    await page.goto("/_simulator/");
    await page.getByText("Live", { exact: true }).waitFor();
    await look(page, "dashboard-empty");
    await openPaymentPage(page);
    await look(page, "payment-page");
    await page.getByText("Test cards", { exact: true }).click();
    await page.getByText("Pay part with a gift card").click();
    await page.getByLabel("Card number").fill("4242 4242 4242 4242");
    await page.getByLabel("Expires").fill("13/20");
    await page.getByLabel("Security code").fill("");
    await page.getByLabel("Gift card amount").fill("a lot");
    await page.getByRole("button", { name: /^Pay €/ }).click();
    await page.getByRole("alert").waitFor();
    await look(page, "payment-page-faults");
    await page.getByRole("button", { name: /^3782/ }).click();
    await look(page, "payment-page-test-card");
    await openPaymentPage(page, { customer: { locale: "fr-FR" } });
    await look(page, "payment-page-french");
    const link = await stage.purse.paymentLinks.create(order);
    await page.goto(link.url ?? "");
    await look(page, "payment-link");
    await stage.simulator.clock.advance({ days: 8 });
    await page.goto(link.url ?? "");
    await look(page, "payment-link-expired");
    await page.goto(`/entities/${stage.simulator.entityId}/sessions/unknown`);
    await look(page, "payment-unknown");
    await openPaymentPage(page, { shopper_redirection_url: "shop-app://return" });
    await look(page, "return-address-refused");

    await page.goto("/_simulator/widget");
    await page.getByLabel("Card number").waitFor();
    await look(page, "widget");
    await page.evaluate((style) => (document.documentElement.style.cssText = style), shopStyle);
    await look(page, "widget-in-shop-colours");
    await page.evaluate(() => (document.documentElement.style.cssText = ""));
    await page.getByText("Test cards", { exact: true }).click();
    await page.getByLabel("Card number").fill("1234");
    await page.getByLabel("Expires").fill("");
    await page.getByRole("button", { name: /^Pay €/ }).click();
    await page.locator("#card-fault").waitFor();
    await look(page, "widget-faults");
    await page.getByLabel("Expires").fill("1299");
    await page.getByRole("button", { name: /^4111/ }).click();
    await page.getByRole("button", { name: /^Pay €/ }).click();
    await page.waitForURL(/\/returned/);
    await look(page, "returned");

    await liveThroughADay(stage);
    await page.goto("/_simulator/");
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByRole("list", { name: "Payments" }).getByText("3 operations").click();
    await look(page, "dashboard-full");
    await page.getByRole("button", { name: /^Show all \d+ requests/ }).click();
    await page.getByRole("button", { name: "Show only the newest" }).waitFor();
    await look(page, "dashboard-expanded");
    expect(found).toEqual([]);
    expect(names).toHaveLength(15);
  });
});
