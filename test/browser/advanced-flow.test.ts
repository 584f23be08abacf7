import { buildSync } from "esbuild";
import type { Browser as Chromium, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "../../src/index.js";
import type { PaymentStep } from "../../src/checkout/index.js";
import { describeInBrowser, launchChromium } from "./chromium.js";

interface Entry {
  collectBrowser(): Browser;
  followStep(step: PaymentStep): boolean;
}

/** What the script of a shop's page has of the entry. */
declare global {
  var entry: Entry;
}

const { outputFiles } = buildSync({
  entryPoints: ["src/browser/index.ts"],
  bundle: true,
  format: "iife",
  globalName: "entry",
  minify: true,
  write: false,
});
const script = outputFiles[0]?.text ?? "";

test("the script is small, and asks for nothing else", () => {
  expect(script.length).toBeLessThan(2300);
  expect(script).not.toMatch(/\b(?:import|require|process)\b/);
});

describeInBrowser("in a shopper's browser", () => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await launchChromium();
  }, 60_000);
  afterAll(() => chromium.close());

  /** A page of the shop; every other address answers with what was asked of it. */
  async function open(
    options: BrowserContextOptions = {},
    address = "https://shop.example/pay?order=1#card",
  ): Promise<Page> {
    const context = await chromium.newContext(options);
    const page = await context.newPage();
    await page.route("https://**/*", async (route) => {
      const request = route.request();
      const asked = `${request.method()} ${request.url()} ${request.postData() ?? ""}`.trim();
      const body = `<!doctype html><title>${encodeURIComponent(asked)}</title>`;
      await route.fulfill({ contentType: "text/html", body });
    });
    await page.goto(address);
    await page.addScriptTag({ content: script });
    return page;
  }

  const collect = (page: Page): Promise<Browser> => page.evaluate(() => entry.collectBrowser());

  test("everything is collected", async () => {
    const page = await open({
      locale: "fr-FR",
      timezoneId: "Europe/Paris",
      userAgent: "Shopper/1.0",
      screen: { width: 1600, height: 1200 },
      viewport: { width: 800, height: 600 },
    });
    await page.clock.setFixedTime("2026-01-15T12:00:00Z");
    expect(await collect(page)).toEqual({
      user_agent: "Shopper/1.0",
      referrer: "https://shop.example/pay",
      accept_header: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
      accept_language: "fr-FR",
      color_depth: 24,
      java_enabled: false,
      javascript_enabled: true,
      locale: "fr-FR",
      screen_height: 1200,
      screen_width: 1600,
      utc_time_zone: 60,
    });
    await page.context().close();
  });

  test.each([
    ["Europe/Paris", "2026-01-15T12:00:00Z", 60],
    ["Europe/Paris", "2026-07-15T12:00:00Z", 120],
    ["America/New_York", "2026-01-15T12:00:00Z", -300],
    ["America/St_Johns", "2026-01-15T12:00:00Z", -210],
    ["Asia/Kathmandu", "2026-01-15T12:00:00Z", 345],
    ["Pacific/Kiritimati", "2026-01-15T12:00:00Z", 840],
    ["UTC", "2026-01-15T12:00:00Z", 0],
  ])("the time zone of %s at %s is %d minutes", async (timezoneId, now, minutes) => {
    const page = await open({ timezoneId });
    await page.clock.setFixedTime(now);
    expect((await collect(page)).utc_time_zone).toBe(minutes);
    await page.context().close();
  });

  const steps: [string, PaymentStep, string][] = [
    ["opens an address", { kind: "open", url: "https://acs.example/c?a=1" }, "GET https://acs.example/c?a=1"],
    [
      "posts a form",
      {
        kind: "post",
        url: "https://acs.example/c",
        fields: [
          { name: "MD", value: 'a&"<b>' },
          { name: "append", value: "0" },
          { name: "submit", value: "1" },
          { name: "MD", value: "é+" },
        ],
      },
      "POST https://acs.example/c MD=a%26%22%3Cb%3E&append=0&submit=1&MD=%C3%A9%2B",
    ],
    [
      "posts a form without fields",
      { kind: "post", url: "https://acs.example/c", fields: [] },
      "POST https://acs.example/c",
    ],
    [
      "submits a ready-made form, and runs nothing of it",
      {
        kind: "form",
        html: `<img src=x onerror="location='https://evil.example/'"><script>location='https://evil.example/'</script>
          <form method=POST action=" https://bank.example/s" onsubmit="location='https://evil.example/'">
          <input name=action value=1><input name=method value=2><input name=getAttribute value=5><textarea name=t>3</textarea><button name=b value=4></form>`,
      },
      "POST https://bank.example/s action=1&method=2&getAttribute=5&t=3",
    ],
    [
      "submits a ready-made form without a method",
      { kind: "form", html: `<form action="https://bank.example/s"><input name=a value=1></form>` },
      "GET https://bank.example/s?a=1",
    ],
  ];
  test.each(steps)("a step %s", async (_, step, asked) => {
    const page = await open();
    const opened = page.waitForURL(/acs|bank|evil/);
    const isLeaving = await page.evaluate((given) => entry.followStep(given), step).catch(String);
    await opened;
    expect(decodeURIComponent(await page.title())).toBe(asked);
    // The page may be gone before it can tell.
    expect([true, expect.stringContaining("destroyed")]).toContainEqual(isLeaving);
    await page.context().close();
  });

  const staying: [string, PaymentStep][] = [
    ["waits", { kind: "wait", status: "PENDING" }],
    ["is done", { kind: "done" }],
    ["is refused", { kind: "refused", status: "REFUSED" }],
    ["is a challenge", { kind: "challenge", data: "opaque" }],
    ["opens a script", { kind: "open", url: "javascript:location='https://evil.example/'" }],
    ["posts to a script", { kind: "post", url: "javascript:location='https://evil.example/'", fields: [] }],
    [
      "has a form of a script",
      { kind: "form", html: `<form action="javascript:location='https://evil.example/'">` },
    ],
    ["has a form without an address", { kind: "form", html: "<form></form>" }],
    ["has no form", { kind: "form", html: "<p>Sorry</p>" }],
  ];
  test.each(staying)("a step that %s leaves the shopper on the page", async (_, step) => {
    const page = await open();
    expect(await page.evaluate((given) => entry.followStep(given), step)).toBe(false);
    expect(page.url()).toBe("https://shop.example/pay?order=1#card");
    await page.context().close();
  });
});
