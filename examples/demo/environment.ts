import { Purse } from "purse-payments";
import { createSimulator, type Simulator } from "purse-payments/simulator";
import { DemoError } from "./demo-error.js";

export interface Environment {
  readonly name: string;
  readonly purse: Purse;
  /** Whether the demo may submit the payment page itself. */
  readonly hasTestShopper: boolean;
  /** Only when it runs in this process. */
  readonly simulator?: Simulator;
  close(): Promise<void>;
}

/** A simulator in this process, or with credentials in `env`, the vendor's sandbox or an external simulator. */
export async function chooseEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Environment> {
  const hasId = env["PURSE_CLIENT_ID"] !== undefined;
  const hasSecret = env["PURSE_CLIENT_SECRET"] !== undefined;
  if (!hasId && !hasSecret) return startEmbedded();
  if (!hasId)
    throw new DemoError("PURSE_CLIENT_SECRET is set, but PURSE_CLIENT_ID is not. Set both, or neither.");
  if (!hasSecret)
    throw new DemoError("PURSE_CLIENT_ID is set, but PURSE_CLIENT_SECRET is not. Set both, or neither.");
  if (env["PURSE_ENTITY_ID"] === undefined)
    throw new DemoError("PURSE_ENTITY_ID is not set. It is required to create sessions.");
  return chooseElsewhere(env);
}

async function startEmbedded(): Promise<Environment> {
  const simulator = createSimulator();
  await simulator.listen();
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
  const name = `a simulator in this process (${baseUrl})`;
  return { name, purse, simulator, hasTestShopper: true, close: () => simulator.close() };
}

function chooseElsewhere(env: Readonly<Record<string, string | undefined>>): Environment {
  const environment = env["PURSE_ENVIRONMENT"];
  const baseUrl = env["PURSE_BASE_URL"];
  if (environment !== undefined && environment !== "sandbox") {
    throw new DemoError(
      `The demo does not run with PURSE_ENVIRONMENT=${environment}, because it moves money. Use sandbox.`,
    );
  }
  for (const name of ["PURSE_BASE_URL", "PURSE_TOKEN_URL"]) {
    const url = env[name];
    if (url !== undefined && !isLoopback(url) && !isSandbox(url)) {
      throw new DemoError(`${name} must be a host of the sandbox or this machine.`);
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
