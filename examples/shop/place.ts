import { Purse } from "purse-payments";
import { createSimulator, type Simulator } from "purse-payments/simulator";
import { PortError } from "./port-error.js";
import { openSimulatorFile } from "./simulator-file.js";

/** The payment service that the shop talks to. */
export interface Place {
  readonly name: string;
  readonly purse: Purse;
  /** Where its payment pages are expected. */
  readonly paymentPageOrigin: string;
  /** Whether it is a simulator on this machine, and so takes test cards. */
  readonly takesTestCards: boolean;
  /** Page that shows the simulator from the inside, when it is the simulator. */
  readonly dashboardUrl?: string;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The simulator in this process, unless credentials are set: then the service that they are for.
 *
 * @param file where the simulator keeps its payments.
 */
export async function choosePlace(
  env: Environment,
  file: string,
  onFault: (error: unknown) => void,
): Promise<Place> {
  // Anything that is set says where the money is to come from; a shop must not sell for test cards by mistake.
  if (Object.keys(env).some((name) => name.startsWith("PURSE_")) || env["NODE_ENV"] === "production") {
    const name = env["PURSE_ENVIRONMENT"] ?? env["PURSE_BASE_URL"] ?? "Purse";
    const purse = new Purse();
    return {
      name,
      purse,
      paymentPageOrigin: paymentPageOriginOf(env),
      takesTestCards: isLoopback(env["PURSE_BASE_URL"]) && env["NODE_ENV"] !== "production",
      close: () => Promise.resolve(),
    };
  }
  return startSimulator(Number(env["SIMULATOR_PORT"] ?? 4013), file, onFault);
}

async function startSimulator(port: number, file: string, onFault: (error: unknown) => void): Promise<Place> {
  const kept = openSimulatorFile(file, onFault);
  const simulator: Simulator = createSimulator({
    // Called before the answer leaves: what the shop is told is on the disk, as it would be at a real service.
    onEvent(event) {
      if (event.type === "webhook") kept.saveSoon(simulator);
      // Reading changes nothing; what happens by itself is told by a webhook, or happens again.
      else if (event.request.method !== "GET") keep();
    },
    fetch(url, init) {
      keep();
      return fetch(url, init);
    },
  });
  function keep(): void {
    try {
      kept.save(simulator);
    } catch (error) {
      onFault(error);
    }
  }
  kept.restore(simulator);
  await simulator.listen({ port }).catch((error: unknown) => {
    throw new PortError("simulator", port, "SIMULATOR_PORT", error);
  });
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  return {
    name: "the simulator",
    purse: new Purse({ baseUrl, clientId, clientSecret, entityId }),
    paymentPageOrigin: new URL(baseUrl).origin,
    takesTestCards: true,
    dashboardUrl: `${baseUrl}/_simulator/`,
    async close() {
      await simulator.close();
      kept.stop();
      kept.save(simulator);
    },
  };
}

/** Whether an address is on this machine: then it is that of a simulator. */
function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
}

/** By the documentation `pay.purse-{environment}.com`; a simulator elsewhere serves its pages itself. */
function paymentPageOriginOf(env: Environment): string {
  const known = env["SHOP_PAYMENT_PAGE"] ?? env["PURSE_BASE_URL"];
  if (known !== undefined) return new URL(known).origin;
  return env["PURSE_ENVIRONMENT"] === "production"
    ? "https://pay.purse-live.com"
    : "https://pay.purse-sandbox.com";
}
