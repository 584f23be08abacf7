import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { narrow } from "./look.js";
import { answerWebhook, liveThroughADay } from "./simulator-life.js";
import { useSimulator } from "./simulator-stage.js";

describeInBrowser("the dashboard after a busy day", () => {
  const stage = useSimulator({
    fetch: answerWebhook,
  });

  async function openDashboard(options = {}): Promise<Page> {
    await liveThroughADay(stage);
    const page = await stage.open(options);
    await page.goto("/_simulator/");
    await page.getByText("Live", { exact: true }).waitFor();
    return page;
  }

  const rowsOf = (page: Page, name: string): Locator =>
    page.getByRole("list", { name, exact: true }).locator(":scope > li");

  it("ends its lists visibly, and shows all when asked", async () => {
    const page = await openDashboard();
    const keys = `${stage.simulator.baseUrl}/payment/v2/signing-jwks`;
    for (let count = 0; count < 30; count += 1) await stage.simulator.fetch(keys);
    const total = stage.simulator.requests().length;
    expect(total, "more than the server sends unasked").toBeGreaterThan(50);
    expect(await rowsOf(page, "Requests").count()).toBe(6);
    await page.getByRole("button", { name: /^Show all \d+ requests$/ }).click();
    await page.getByRole("button", { name: "Show only the newest 6" }).waitFor();
    await expect.poll(() => rowsOf(page, "Requests").count()).toBeGreaterThanOrEqual(total);
    await page.getByRole("button", { name: "Show only the newest 6" }).click();
    await expect.poll(() => rowsOf(page, "Requests").count()).toBe(6);
    const heights = await page.evaluate(() =>
      [...document.querySelectorAll(".rows")].map(
        ({ scrollHeight, clientHeight }) => scrollHeight - clientHeight,
      ),
    );
    expect(heights.every((hidden) => hidden === 0)).toBe(true);
  });

  it("names the order on the rows of webhooks and of the ledger, with each part of a split", async () => {
    const page = await openDashboard();
    for (const name of ["Webhooks", "Ledger"]) {
      for (const text of await rowsOf(page, name).allInnerTexts()) expect(text).toMatch(/order-\d+/);
    }
    const ledger = page.getByRole("list", { name: "Ledger" });
    const authorization = ledger
      .locator("> li")
      .filter({ hasText: "authorization" })
      .filter({ hasText: "Gift card" });
    await page.getByRole("button", { name: /^Show all \d+ movements$/ }).click();
    expect(await authorization.locator(".parts li").allInnerTexts()).toEqual([
      expect.stringMatching(/Gift card illicado\s+€20\.00/),
      expect.stringMatching(/Card dalenys\s+€22\.99/),
    ]);
  });

  it("says what has happened to a payment, and only that", async () => {
    const page = await openDashboard();
    await page.getByRole("button", { name: /^Show all \d+ payments$/ }).click();
    const payments = page.getByRole("list", { name: "Payments" });
    await payments.getByText("captured partially · voided partially · refunded partially").waitFor();
    await payments.getByText("captured fully").waitFor();
    expect(await payments.innerText()).not.toMatch(/\bnot\b/);
  });

  it("does not show a submitted session in green, because its payment may be refused", async () => {
    const page = await openDashboard();
    const badges = page.getByRole("list", { name: "Client sessions" }).getByText("SUBMITTED");
    expect(await badges.count()).toBeGreaterThan(0);
    for (const badge of await badges.all()) expect(await badge.getAttribute("class")).toBe("badge plain");
  });

  it("shows the controls before the lists on a phone", async () => {
    const page = await openDashboard({ viewport: narrow, isMobile: true, hasTouch: true });
    const topOf = async (name: string): Promise<number> =>
      (await page.getByRole("region", { name, exact: true }).boundingBox())?.y ?? Number.NaN;
    const lists = await topOf("Payments");
    for (const name of ["Try it", "Clock", "Faults", "Next partner answers"])
      expect(await topOf(name), name).toBeLessThan(lists);
  });
});
