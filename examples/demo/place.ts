import { Purse } from "purse-payments";
import { createSimulator, type Simulator } from "purse-payments/simulator";
import { DemoRefusal } from "./refusal.js";

/** Where the demo runs, and with which client. */
export interface Place {
  readonly name: string;
  readonly purse: Purse;
  /** Whether the payment page is one that the demo may click through by itself. */
  readonly hasTestShopper: boolean;
  /** Only inside this process. */
  readonly simulator?: Simulator;
  close(): Promise<void>;
}

/** The simulator in this process, unless credentials ask for the vendor's sandbox or a simulator elsewhere. */
export async function choosePlace(env: Readonly<Record<string, string | undefined>>): Promise<Place> {
  const hasId = env["PURSE_CLIENT_ID"] !== undefined;
  const hasSecret = env["PURSE_CLIENT_SECRET"] !== undefined;
  if (!hasId && !hasSecret) return startEmbedded();
  if (!hasId)
    throw new DemoRefusal("PURSE_CLIENT_SECRET is set, but PURSE_CLIENT_ID is not. Set both, or neither.");
  if (!hasSecret)
    throw new DemoRefusal("PURSE_CLIENT_ID is set, but PURSE_CLIENT_SECRET is not. Set both, or neither.");
  if (env["PURSE_ENTITY_ID"] === undefined)
    throw new DemoRefusal("PURSE_ENTITY_ID is not set; a session needs one.");
  return chooseElsewhere(env);
}

async function startEmbedded(): Promise<Place> {
  const simulator = createSimulator();
  await simulator.listen();
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
  const name = `the simulator, inside this process (${baseUrl})`;
  return { name, purse, simulator, hasTestShopper: true, close: () => simulator.close() };
}

function chooseElsewhere(env: Readonly<Record<string, string | undefined>>): Place {
  const environment = env["PURSE_ENVIRONMENT"];
  const baseUrl = env["PURSE_BASE_URL"];
  if (environment !== undefined && environment !== "sandbox") {
    throw new DemoRefusal(
      `The demo does not run on PURSE_ENVIRONMENT=${environment}: it moves money. Use sandbox.`,
    );
  }
  for (const name of ["PURSE_BASE_URL", "PURSE_TOKEN_URL"]) {
    const url = env[name];
    if (url !== undefined && !isLoopback(url) && !isSandbox(url)) {
      throw new DemoRefusal(
        `${name} names another host than the sandbox or this machine; the demo refuses it.`,
      );
    }
  }
  const close = (): Promise<void> => Promise.resolve();
  if (baseUrl !== undefined && isLoopback(baseUrl)) {
    return { name: `a simulator at ${baseUrl}`, purse: new Purse({ baseUrl }), hasTestShopper: true, close };
  }
  return {
    name: "Purse's sandbox",
    purse: new Purse({ environment: "sandbox" }),
    hasTestShopper: false,
    close,
  };
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}

function isSandbox(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname.endsWith(".purse-sandbox.com");
}
