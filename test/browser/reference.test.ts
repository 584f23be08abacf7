import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInBrowser, launchChromium } from "./chromium.js";

const run = promisify(execFile);
/** `SCREENSHOTS=folder npm test -- test/browser/reference` leaves pictures there. */
const screenshots = process.env["SCREENSHOTS"];

describeInBrowser("the rendered reference", () => {
  const folder = mkdtempSync(join(tmpdir(), "reference-"));
  const file = join(folder, "reference.html");
  const asked: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const [launched] = await Promise.all([
      launchChromium(),
      run(process.execPath, ["--import", "tsx", "scripts/docs-spec.ts", "--output", file]),
    ]);
    browser = launched;
    page = await browser.newPage({ viewport: { width: 1500, height: 1600 } });
    page.on("request", (request) => asked.push(request.url()));
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens an operation by its place in the page's address, and waits for its title. */
  async function open(place: string, title: string): Promise<void> {
    await page.goto(`${pathToFileURL(file).href}#/${place}`);
    await page.reload();
    await page.getByRole("heading", { name: title }).first().waitFor();
    if (screenshots === undefined) return;
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: join(screenshots, `${place.replaceAll("/", "-")}.png`), fullPage: true });
  }

  async function expectVisible(...texts: readonly string[]): Promise<void> {
    for (const text of texts) await page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  it("introduces the API: credentials, source addresses of webhooks, what is unknown, sources", async () => {
    await page.goto(pathToFileURL(file).href);
    await expectVisible(
      "Purse Payment API v2",
      "34.22.174.22",
      "Rate limits",
      "not made, checked or endorsed",
    );
    await expectVisible("The vendor's sample application");
  });

  it("shows the rules of a session, its values and their sources", { timeout: 60_000 }, async () => {
    await open("client-session/createclientsession", "Open a client session");
    await expectVisible(
      "the challenge indicator must be CHALLENGE_REQUESTED_BY_MERCHANT",
      "changes in the payment's amounts",
      "Swiss franc, two decimals. (documented)",
      "Source: documented (API page",
      "Source: documented (Later edition of the API page)",
    );
  });

  it("shows when a browser is required, and below it the sign of the time zone", async () => {
    await open("payment/createpayment", "Pay without a client session");
    await expectVisible("Required in the advanced flow", "does not mean the payment is authorized");
    const member = page.locator(".schema-name", { hasText: /^browser$/ });
    await member.first().click();
    await expectVisible("positive east of Greenwich");
  }, 60_000);

  it("shows how well an answer and a path are known", { timeout: 60_000 }, async () => {
    await open("payment/capturepayment", "Capture a payment");
    await expectVisible("Path: inferred.", "the prefix is inferred", "never with the first answer");
  });

  it("needs nothing but itself", () => {
    expect(asked.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  });
});
