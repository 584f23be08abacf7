import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { formOf, move, order, orderIdOf, pay, seeState } from "./steps.js";

const phone = { viewport: { width: 390, height: 844 } };

/** A property of the style that the browser has worked out. */
function styleOf(locator: Locator, property: string): Promise<string> {
  return locator.first().evaluate((element, name) => {
    // Colours change over a moment; what counts is what they change to.
    for (const animation of element.getAnimations()) animation.finish();
    return getComputedStyle(element).getPropertyValue(name);
  }, property);
}

/** Cells whose text takes more than one line. */
function brokenCells(table: Locator): Promise<string[]> {
  return table.first().evaluate((element) => {
    const cells = [...element.querySelectorAll("th, td")];
    return cells.flatMap((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      const { height } = range.getBoundingClientRect();
      return height > 1.9 * parseFloat(getComputedStyle(cell).lineHeight) ? [cell.textContent.trim()] : [];
    });
  });
}

describeInBrowser("the look of the shop", () => {
  const stage = useStage();

  async function fillCart(page: Page, ...teas: readonly string[]): Promise<void> {
    for (const tea of teas) {
      await page.goto(`/products/${tea}`);
      await page.getByRole("button", { name: "Add to cart" }).click();
    }
  }

  it("shows in the cart what a piece costs, with its picture, and removes it", async () => {
    const page = await stage.open();
    await fillCart(page, "oolong", "oolong", "sencha");
    const oolong = page.getByRole("row", { name: /Oolong/ });
    await oolong.getByText("€21.00 each").waitFor();
    expect(await oolong.locator("svg").count()).toBe(1);
    expect(await oolong.getByRole("cell", { name: "€42.00" }).count()).toBe(1);
    await page.getByRole("button", { name: "Remove Oolong" }).click();
    await page.getByRole("button", { name: "Order and pay €14.50" }).waitFor();
    expect(await page.getByRole("row", { name: /Oolong/ }).count()).toBe(0);
    // Enter in a field changes the number, and removes nothing.
    await page.getByLabel("Pieces of Sencha").fill("2");
    await page.getByLabel("Pieces of Sencha").press("Enter");
    await page.getByRole("button", { name: "Order and pay €29.00" }).waitFor();
  });

  it("fills the button that leads on, and only that", async () => {
    const page = await stage.open();
    await page.goto("/products/oolong");
    const filled = await styleOf(page.getByRole("button", { name: "Add to cart" }), "background-color");
    await page.getByRole("button", { name: "Add to cart" }).click();
    expect(await styleOf(page.getByRole("button", { name: /^Order and pay/ }), "background-color")).toBe(
      filled,
    );
    expect(await styleOf(page.getByRole("button", { name: "Update" }), "background-color")).not.toBe(filled);
    await order(page);
    await pay(page);
    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    expect(await styleOf(formOf(office, "Capture").getByRole("button"), "background-color")).toBe(filled);
    expect(await styleOf(formOf(office, "Void").getByRole("button"), "background-color")).not.toBe(filled);
  });

  it("has serifs in names and headings alone, and figures of one width", async () => {
    const page = await stage.open();
    await fillCart(page, "sencha");
    for (const name of ["h1", ".brand"])
      expect(await styleOf(page.locator(name), "font-family")).toMatch(/serif,? ?Georgia|ui-serif/);
    for (const name of ["p", "td", "th", "button", "label", "legend", "input", "nav a"])
      expect(
        await styleOf(page.locator(`main ${name}, header ${name}, footer ${name}`), "font-family"),
        name,
      ).toMatch(/^ui-sans-serif/);
    expect(await styleOf(page.locator("td.number"), "font-variant-numeric")).toBe("tabular-nums");
    expect(await styleOf(page.locator("input[type=number]"), "font-variant-numeric")).toBe("tabular-nums");
    await page.goto("/");
    expect(await styleOf(page.locator(".price"), "font-variant-numeric")).toBe("tabular-nums");
  });

  it("tells how and when an order was paid, what went back, and the way back to the shop", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page);
    await seeState(page, "paid");
    const main = page.getByRole("main");
    expect((await page.locator(".state").innerText()).match(/paid/gi)).toEqual(["Paid"]);
    expect(await main.innerText()).toMatch(
      /Paid on\s+\d+ \w+ \d{4}\s+Card ending in \d{4}\s+€14\.50\s+Paid\s+€14\.50/,
    );
    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    await move(office, "Capture");
    await move(office, "Refund", "4.50");
    await seeState(page, "partly refunded");
    expect(await main.innerText()).toMatch(/Paid\s+€14\.50\s+Refunded\s+€4\.50/);
    await main.getByRole("link", { name: "Back to the shop" }).click();
    await page.getByRole("heading", { name: "Tea" }).waitFor();
  });

  it("has the money taken before it is called paid in the back office", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page);
    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    expect(await office.locator("[data-state]").innerText()).toBe("authorized, ready to capture");
    await office.goto("/office");
    await office.getByRole("heading", { name: /^Authorized, ready to capture/ }).waitFor();
    expect(await office.getByText("paid", { exact: true }).count()).toBe(0);
  });

  it("asks once more before a refund, which is not filled in, and takes no for an answer", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page);
    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    await move(office, "Capture", "10.00");
    for (const movement of ["Refund", "Void"] as const) {
      const field = formOf(office, movement).getByRole("textbox");
      expect(await field.inputValue()).toBe("");
      await field.fill("3.00");
      await formOf(office, movement).getByRole("button").click();
      await office
        .getByRole("heading", { name: new RegExp(`^${movement} €3.00 of order \\d+\\?$`) })
        .waitFor();
      await office.getByRole("link", { name: `Back, and ${movement.toLowerCase()} nothing` }).click();
      await formOf(office, movement).waitFor();
    }
    expect(stage.movements()).toEqual(["authorization 1450", "capture 1000"]);
    await move(office, "Void", "4.50");
    expect(stage.movements()).toEqual(["authorization 1450", "capture 1000", "void 450"]);
  });

  it("has one line a row in the lists of the back office, on a phone too", async () => {
    const page = await stage.open();
    await order(page);
    await page.getByText("Pay part with a gift card").click();
    await page.getByLabel("Gift card amount").fill("4.50");
    await pay(page);
    const office = await stage.openOffice(phone);
    await office.goto("/office");
    expect(await brokenCells(office.getByRole("table"))).toEqual([]);
    await office
      .getByRole("link", { name: /^\d{4}$/ })
      .first()
      .click();
    await move(office, "Capture");
    expect(await brokenCells(office.locator("table.history"))).toEqual([]);
    expect(await office.locator("table.history tbody tr").count()).toBe(4);
  });

  it("shows the widget in the shop's colours, and the way to the payment page beside it", async () => {
    const page = await stage.open();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto("/products/oolong");
      const filled = await styleOf(page.getByRole("button", { name: "Add to cart" }), "background-color");
      await order(page, "sencha", "Here in the shop");
      const payButton = page.getByRole("button", { name: /^Pay €/ });
      await payButton.waitFor();
      expect(await styleOf(payButton, "background-color")).toBe(filled);
      await page.getByRole("button", { name: "Pay on the payment page instead" }).waitFor();
      // What is wrong with a card the widget says itself; it was shown all the same.
      await page.getByLabel("Card number").fill("1234");
      await payButton.click();
      await page.locator("#card-fault").waitFor();
      expect(await page.locator("#widget-problem").isVisible()).toBe(false);
    }
  });
});
