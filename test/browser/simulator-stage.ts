import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { Purse } from "purse-payments";
import { createSimulator, type Simulator, type SimulatorOptions } from "purse-payments/simulator";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { launchChromium } from "./chromium.js";

/** How long a page may take on a busy machine. */
const timeoutMs = 15_000;

/** A simulator with its pages, and a browser; no shop. */
export interface SimulatorStage {
  readonly simulator: Simulator;
  readonly purse: Purse;
  /** Opens a window with its own cookies. It is closed after the test. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/** Starts a browser for a file, and a new simulator for every test. */
export function useSimulator(options: SimulatorOptions = {}): SimulatorStage {
  const contexts = new Set<BrowserContext>();
  let simulator: Simulator;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  beforeEach(async () => {
    simulator = createSimulator(options);
    await simulator.listen();
  });
  afterEach(async () => {
    await Promise.all([...contexts].map((context) => context.close()));
    contexts.clear();
    await simulator.close();
  });
  afterAll(() => browser.close());

  return {
    get simulator() {
      return simulator;
    },
    get purse() {
      const { baseUrl, clientId, clientSecret, entityId } = simulator;
      return new Purse({ baseUrl, clientId, clientSecret, entityId });
    },
    async open(contextOptions = {}) {
      const context = await browser.newContext({
        baseURL: simulator.baseUrl,
        locale: "en-IE",
        ...contextOptions,
      });
      contexts.add(context);
      context.setDefaultTimeout(timeoutMs);
      return context.newPage();
    },
  };
}
