import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { Purse } from "purse-payments";
import { createSimulator, type LedgerEntry, type Simulator } from "purse-payments/simulator";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import {
  buildShop,
  findPort,
  officePassword,
  startShop,
  type BuiltShop,
  type RunningShop,
} from "../shop/shop-process.js";
import { launchChromium } from "./chromium.js";

/** How long a page may take on a machine that does other things as well. */
const patienceMs = 15_000;

/** The example shop as a process, the simulator in this one, and a browser. */
export interface Stage {
  readonly simulator: Simulator;
  readonly shopUrl: string;
  /** Asks the simulator as a shop would. */
  readonly purse: Purse;
  /** A window of a shopper whom the shop has not seen before. It is closed after the test. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** A window of the people of the shop. */
  openOffice(options?: BrowserContextOptions): Promise<Page>;
  /** What moved since the test began, as the ledger has it. */
  moved(): LedgerEntry[];
  /** The same in short: `capture 1450`. */
  movements(): string[];
}

interface StageOptions {
  readonly lookEverySeconds?: number;
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Starts everything before the tests of a file, and stops it after them.
 *
 * @param options.lookEverySeconds how often the shop's jobs look after sessions; by default so seldom that webhooks and returns
 * have to do it alone.
 * @param options.variables what else the shop is to read from its environment.
 */
export function useStage({ lookEverySeconds = 3600, variables = {} }: StageOptions = {}): Stage {
  const simulator = createSimulator();
  const contexts = new Set<BrowserContext>();
  let built: BuiltShop;
  let running: RunningShop;
  let browser: Browser;
  let movedBefore = 0;

  beforeAll(async () => {
    const [launched] = await Promise.all([launchChromium(), startAll()]);
    browser = launched;
  }, 60_000);

  async function startAll(): Promise<void> {
    const [listener, port] = await Promise.all([simulator.listen(), findPort()]);
    built = await buildShop();
    running = await startShop(built, port, {
      PURSE_BASE_URL: listener.url,
      PURSE_CLIENT_ID: simulator.clientId,
      PURSE_CLIENT_SECRET: simulator.clientSecret,
      PURSE_ENTITY_ID: simulator.entityId,
      SHOP_LOOK_EVERY_SECONDS: String(lookEverySeconds),
      ...variables,
    });
  }

  afterAll(async () => {
    await browser.close();
    await running.stop();
    await simulator.close();
    built.remove();
  });

  beforeEach(() => {
    movedBefore = simulator.ledger.entries().length;
  });

  afterEach(async () => {
    await Promise.all([...contexts].map((context) => context.close()));
    contexts.clear();
    expect(simulator.faults.list(), "faults that met nothing").toEqual([]);
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ baseURL: running.baseUrl, locale: "en-IE", ...options });
    contexts.add(context);
    context.setDefaultTimeout(patienceMs);
    return context.newPage();
  }

  const { clientId, clientSecret, entityId } = simulator;
  const moved = (): LedgerEntry[] => simulator.ledger.entries().slice(movedBefore);
  return {
    simulator,
    get purse() {
      return new Purse({ baseUrl: simulator.baseUrl, clientId, clientSecret, entityId });
    },
    get shopUrl() {
      return running.baseUrl;
    },
    open,
    openOffice: (options) =>
      open({ ...options, httpCredentials: { username: "office", password: officePassword } }),
    moved,
    movements: () => moved().map(({ kind, amount }) => `${kind} ${String(amount)}`),
  };
}
