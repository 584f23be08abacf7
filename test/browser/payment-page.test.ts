import type { Page } from "playwright-core";
import { testCards } from "purse-payments/simulator";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useSimulator, type SimulatorStage } from "./simulator-stage.js";

const order = {
  amount: 4299,
  currency: "EUR",
  order: { reference: "order-1", net_amount: 4299 },
} as const;

async function openPaymentPage(stage: SimulatorStage): Promise<Page> {
  const { links } = await stage.purse.clientSessions.create({
    ...order,
    integration_mode: "HOSTED_PAGE",
    shopper_redirection_url: `${stage.simulator.baseUrl}/_simulator/returned`,
  });
  const page = await stage.open();
  await page.goto(links.hosted_page?.href ?? "");
  return page;
}

const payButton = (page: Page) => page.getByRole("button", { name: /^Pay €/ });

interface Dropin {
  mount(target: Element | null): Promise<void>;
}

describeInBrowser("the payment page", () => {
  const stage = useSimulator();

  it("keeps what was typed after an error, but never the card number", async () => {
    const page = await openPaymentPage(stage);
    await page.getByText("Pay part with a gift card").click();
    await page.getByLabel("Card number").fill("4242 4242 4242 4242");
    await page.getByLabel("Expires").fill("11/29");
    await page.getByLabel("Security code").fill("98");
    await page.getByLabel("Name on the card").fill("Ada Lovelace");
    await page.getByLabel("Gift card amount").fill("12.50");
    await payButton(page).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("Card number").inputValue()).toBe("");
    expect(await page.getByLabel("Card number").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("Card number").evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    expect(await page.getByLabel("Expires").inputValue()).toBe("11/29");
    expect(await page.getByLabel("Security code").inputValue()).toBe("98");
    expect(await page.getByLabel("Name on the card").inputValue()).toBe("Ada Lovelace");
    expect(await page.getByLabel("Gift card amount").inputValue()).toBe("12.50");
    expect((await page.content()).replaceAll(" ", "")).not.toContain("4242424242424242");
  });

  it("asks for the number again when only another field was wrong", async () => {
    const page = await openPaymentPage(stage);
    await page.getByLabel("Expires").fill("01/20");
    await payButton(page).click();
    await page.getByText("Enter an expiry date in the future").waitFor();
    expect(await page.getByLabel("Card number").inputValue()).toBe("");
    expect(await page.getByLabel("Card number").getAttribute("aria-invalid")).toBeNull();
    await page.getByText("Enter the card number again").waitFor();
  });

  it("fills in a test card at a click, keeps the rest, and pays with it", async () => {
    const page = await openPaymentPage(stage);
    await page.getByLabel("Name on the card").fill("Ada Lovelace");
    await page.getByText("Test cards", { exact: true }).click();
    await page.getByRole("button", { name: "3782 822463 10005 approved" }).click();
    await page.locator("[aria-pressed=true]").waitFor();
    expect(await page.getByLabel("Card number").inputValue()).toBe("3782 822463 10005");
    expect(await page.getByLabel("Name on the card").inputValue()).toBe("Ada Lovelace");
    expect(await payButton(page).evaluate((button) => button === document.activeElement)).toBe(true);
    expect(stage.simulator.ledger.entries()).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/returned/);
    const [entry] = stage.simulator.ledger.entries();
    const { authorization } = await stage.purse.payments.retrieve(entry?.paymentId ?? "");
    expect(JSON.stringify(authorization)).toContain("AMERICAN_EXPRESS");
  });

  it("shows prices in figures of one width", async () => {
    const page = await openPaymentPage(stage);
    for (const price of await page.getByText("€42.99").all())
      expect(await price.evaluate((shown) => getComputedStyle(shown).fontVariantNumeric)).toBe(
        "tabular-nums",
      );
    expect(await page.getByText("€42.99").count()).toBe(2);
  });

  it("still pays when Enter is pressed in a field", async () => {
    const page = await openPaymentPage(stage);
    await page.getByLabel("Name on the card").press("Enter");
    await page.waitForURL(/\/returned/);
    expect(stage.simulator.ledger.entries()).toHaveLength(1);
  });

  it("names the host that the shopper returns to, and simulates a decline", async () => {
    const page = await openPaymentPage(stage);
    await page.getByText(new URL(stage.simulator.baseUrl).host, { exact: true }).waitFor();
    await page.getByRole("button", { name: "Simulate a decline" }).click();
    await page.waitForURL(/\/returned/);
    await page.getByText("REFUSED").waitFor();
  });
});

describeInBrowser("the payment page of a named shop", () => {
  const stage = useSimulator({ merchantName: "Tea & <Co>" });

  it("shows the name", async () => {
    const page = await openPaymentPage(stage);
    await page.getByText("Tea & <Co>", { exact: true }).waitFor();
    expect(await page.title()).toContain("Tea & <Co>");
  });
});

describeInBrowser("the widget", () => {
  const stage = useSimulator();

  async function openWidget(style = ""): Promise<Page> {
    const page = await stage.open();
    await page.goto("/_simulator/widget");
    await page.getByLabel("Card number").waitFor();
    // As the style sheet of a shop would do it.
    if (style !== "") await page.evaluate((text) => (document.documentElement.style.cssText = text), style);
    return page;
  }

  /** A style of an element in the widget, as the browser computed it. */
  const styleOf = (page: Page, selector: string, property: string): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => {
        // Colours change over a moment; what counts is what they change to.
        for (const animation of element.getAnimations()) animation.finish();
        return getComputedStyle(element).getPropertyValue(name);
      }, property);

  it("takes the colours, the font and the corners of the shop", async () => {
    const page = await openWidget(
      "--purse-main: rgb(0, 90, 50); --purse-on-main: rgb(250, 250, 210); --purse-background: rgb(253, 246, 227); --purse-text: rgb(40, 30, 20); --purse-font: Georgia, serif; --purse-radius: 3px",
    );
    expect(await styleOf(page, "button.main", "background-color")).toBe("rgb(0, 90, 50)");
    expect(await styleOf(page, "button.main", "color")).toBe("rgb(250, 250, 210)");
    expect(await styleOf(page, "button.main", "border-radius")).toBe("3px");
    expect(await styleOf(page, "#widget form", "background-color")).toBe("rgb(253, 246, 227)");
    expect(await styleOf(page, "#widget form", "color")).toBe("rgb(40, 30, 20)");
    expect(await styleOf(page, "#widget form", "font-family")).toBe("Georgia, serif");
  });

  it("is light in a light shop, though the system is dark", async () => {
    const page = await openWidget();
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await styleOf(page, "#widget form", "background-color")).toBe("rgb(24, 28, 37)");
    await page.evaluate(() => (document.documentElement.style.colorScheme = "light"));
    expect(await styleOf(page, "#widget form", "background-color")).toBe("rgb(255, 255, 255)");
  });

  it("leads to the payment page of the same session", async () => {
    const page = await openWidget();
    await page.getByRole("link", { name: "Pay on the payment page instead" }).click();
    await page.waitForURL(/\/entities\/[^/]+\/sessions\//);
    await payButton(page).click();
    await page.waitForURL(/\/returned/);
    expect(stage.simulator.ledger.entries()).toHaveLength(1);
    expect(Object.keys(stage.simulator.dump().state.sessions)).toHaveLength(1);
  });

  it("leaves the link out for a shop that has one itself", async () => {
    const page = await openWidget();
    const { widget } = await stage.purse.clientSessions.create({
      ...order,
      shopper_redirection_url: "https://shop.example/return",
    });
    await page.evaluate(async (session) => {
      // The page has loaded the widget's script, which sets it.
      const { Purse } = window as unknown as {
        Purse: { createDropinCheckout: (options: object) => Promise<Dropin> };
      };
      const dropin = await Purse.createDropinCheckout({ session, hidePaymentPageLink: true });
      await dropin.mount(document.getElementById("widget"));
    }, widget.data);
    await payButton(page).waitFor();
    expect(await page.getByRole("link", { name: "Pay on the payment page instead" }).count()).toBe(0);
  });

  it("fills in a test card at a click, and groups what is typed", async () => {
    const page = await openWidget();
    await page.getByText("Test cards", { exact: true }).click();
    await page.getByRole("button", { name: "3782 822463 10005 approved" }).click();
    const number = page.getByLabel("Card number");
    expect(await number.inputValue()).toBe("3782 822463 10005");
    await number.fill("");
    await number.pressSequentially(testCards.refused.number);
    expect(await number.inputValue()).toBe("4000 0000 0000 0002");
    await number.press("Home");
    await number.press("Delete");
    expect(await number.inputValue()).toBe("000 0000 0000 0002");
  });

  it("keeps what was typed after an error", async () => {
    const page = await openWidget();
    await page.getByLabel("Name on the card").fill("Ada Lovelace");
    await page.getByLabel("Expires").fill("01/20");
    await payButton(page).click();
    await page.getByText("Enter an expiry date in the future").waitFor();
    expect(await page.getByLabel("Name on the card").inputValue()).toBe("Ada Lovelace");
    expect(await page.getByLabel("Expires").inputValue()).toBe("01/20");
    expect(stage.simulator.ledger.entries()).toEqual([]);
  });
});
