import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { orderIdOf, seeState } from "./steps.js";

describeInBrowser("a shop for everybody", () => {
  const stage = useStage();

  it("is bought from, paid and captured with the keyboard alone", async () => {
    const page = await stage.open();
    await page.goto("/products/sencha");
    await page.keyboard.press("Tab");
    expect(await describeFocus(page)).toMatchObject({ name: "Skip to the content" });
    await page.keyboard.press("Enter");
    await pressByKeyboard(page, /^Add to cart/);
    await page.waitForURL(/\/cart$/);
    await pressByKeyboard(page, /^Order and pay/);
    await page.waitForURL(/\/sessions\//);
    await pressByKeyboard(page, /^Pay €/);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);

    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    await pressByKeyboard(office, /^Capture$/);
    await seeState(office, "captured");
    expect(stage.movements()).toEqual(["authorization 1450", "capture 1450"]);
  });

  it("is paid in the widget with the keyboard alone", async () => {
    const page = await stage.open();
    await page.goto("/products/rooibos");
    await pressByKeyboard(page, /^Add to cart/);
    await page.waitForURL(/\/cart$/);
    await tabTo(page, /payment page of Purse/);
    await page.keyboard.press("ArrowDown");
    expect(await describeFocus(page)).toMatchObject({ name: "Here in the shop" });
    await pressByKeyboard(page, /^Order and pay/);
    await page.getByLabel("Card number").waitFor();
    await pressByKeyboard(page, /^Pay €/);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 890"]);
  });

  it("is bought from with a thumb on a phone", async () => {
    const page = await stage.open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await page.goto("/");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByRole("button", { name: /^Add to cart.*Oolong/ }).tap();
    await page.getByLabel("Here in the shop").tap();
    await page.getByRole("button", { name: /^Order and pay/ }).tap();
    await page.getByLabel("Card number").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByRole("button", { name: /^Pay €/ }).tap();
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 2100"]);
  });
});

async function pressByKeyboard(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
}

/** Tabs until something of this name has the focus; each element on the way must show that it has it. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  while (seen.length < 40) {
    await page.keyboard.press("Tab");
    const focus = await describeFocus(page);
    // After the last thing of a page, and before the first, the browser itself has the focus.
    if (focus === undefined) {
      seen.push("the browser");
      continue;
    }
    expect(focus.isMarked, `${focus.name} shows that it has the focus`).toBe(true);
    if (name.test(focus.name)) return;
    seen.push(focus.name);
  }
  throw new Error(`The keyboard does not reach ${String(name)}, only ${seen.join(", ")}.`);
}

/** Undefined when nothing on the page has the focus. */
function describeFocus(page: Page): Promise<{ name: string; isMarked: boolean } | undefined> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement != null) element = element.shadowRoot.activeElement;
    if (element === null || element === document.body) return undefined;
    const { labels } = element as Partial<HTMLInputElement>; // Buttons and inputs have some.
    const name = labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const isMarked = outlineStyle !== "none" && outlineWidth !== "0px";
    return { name: name.replaceAll(/\s+/g, " ").trim(), isMarked };
  });
}
