import { mkdirSync, readFileSync } from "node:fs";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

export const wide = { width: 1280, height: 800 };
/** A phone. */
export const narrow = { width: 390, height: 844 };
const schemes = ["light", "dark"] as const;

const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
/** `SCREENSHOTS=folder npm run test:browser -- pages` leaves pictures of every page there. */
const screenshots = process.env["SCREENSHOTS"];

interface Looking {
  readonly look: (page: Page, name: string) => Promise<void>;
  /** What axe and the measure of width have found, by page. */
  readonly found: readonly string[];
  /** The names of the pages that were looked at. */
  readonly names: readonly string[];
}

/** Looks at pages in four forms: on a desk and on a phone, light and dark. */
export function createLook(): Looking {
  const found: string[] = [];
  const names: string[] = [];
  if (screenshots !== undefined) mkdirSync(screenshots, { recursive: true });

  async function look(page: Page, name: string): Promise<void> {
    names.push(name);
    for (const viewport of [wide, narrow]) {
      await page.setViewportSize(viewport);
      found.push(
        ...(await findOverflow(page)).map((fault) => `${name} at ${String(viewport.width)}: ${fault}`),
      );
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await settle(page);
        if (viewport === wide) {
          // Only colours differ between the two.
          const faults = await findFaults(page, colorScheme === "light" ? all : colours);
          found.push(...faults.map((fault) => `${name} in ${colorScheme}: ${fault}`));
        }
        if (screenshots !== undefined) {
          const path = `${screenshots}/${name}-${String(viewport.width)}-${colorScheme}.png`;
          await page.screenshot({ path, fullPage: true });
        }
      }
    }
    await page.setViewportSize(wide);
    await page.emulateMedia({ colorScheme: "light" });
  }

  return { look, found, names };
}

const all: RunOptions = { rules: { "target-size": { enabled: true } } };
const colours: RunOptions = { runOnly: ["color-contrast", "link-in-text-block"] };

async function findFaults(page: Page, options: RunOptions): Promise<string[]> {
  await page.evaluate(axe);
  // The script above has put it there.
  const run = (settings: RunOptions): Promise<AxeResults> =>
    (globalThis as unknown as { axe: { run(settings: RunOptions): Promise<AxeResults> } }).axe.run(settings);
  const { violations } = await page.evaluate(run, options);
  return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(" ")}`);
}

/** What a finger cannot reach, because it is beyond the edge of the screen. */
function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const faults = scrollWidth > clientWidth ? [`${String(scrollWidth)} px wide`] : [];
    for (const element of document.querySelectorAll("a, button, input, select, summary")) {
      const { left, right, width } = element.getBoundingClientRect();
      // A skip link stays outside until it has the focus.
      const isMeantToBeThere = width > 1 && !element.matches(".skip");
      if (isMeantToBeThere && (left < 0 || right > clientWidth))
        faults.push(`beyond the edge: ${element.outerHTML}`);
    }
    return faults;
  });
}

/** Ends what is still fading from one colour to another. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
}
