import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { describe, it } from "vitest";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser that is here: `CHROMIUM`, or one of the usual places. */
function findChromium(): string | undefined {
  const named = process.env["CHROMIUM"];
  return (named === undefined ? usualPlaces : [named]).find((path) => existsSync(path));
}

/**
 * Tests that need a browser. Without one they are skipped, and say so; with `REQUIRE_BROWSER=1` they fail instead, so that
 * silence is not taken for success.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  if (findChromium() !== undefined) {
    describe(name, tests);
    return;
  }
  const reason = `no Chromium at ${process.env["CHROMIUM"] ?? usualPlaces.join(", ")}`;
  if (process.env["REQUIRE_BROWSER"] === "1") {
    it(`${name}: needs a browser`, () => {
      throw new Error(`REQUIRE_BROWSER is set, but there is ${reason}. Set CHROMIUM to the path of one.`);
    });
    return;
  }
  console.warn(`SKIPPED ${name}: ${reason}. Set CHROMIUM to the path of one to run it.`);
  describe.skip(`${name} (skipped: ${reason})`, tests);
}

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("There is no Chromium here.");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--no-proxy-server",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
