import { Purse } from "purse-payments";
import { createSimulator } from "purse-payments/simulator";

/** The payment service that the shop talks to. */
export interface Place {
  readonly name: string;
  readonly purse: Purse;
  /** Page that shows the simulator from the inside, when it is the simulator. */
  readonly dashboardUrl?: string;
  close(): Promise<void>;
}

/** The simulator in this process, unless credentials are set: then whatever they are for. */
export async function choosePlace(env: Readonly<Record<string, string | undefined>>): Promise<Place> {
  // Anything that is set says where the money is to come from; a shop must not sell for test cards by mistake.
  if (Object.keys(env).some((name) => name.startsWith("PURSE_")) || env["NODE_ENV"] === "production") {
    const name = env["PURSE_ENVIRONMENT"] ?? env["PURSE_BASE_URL"] ?? "Purse";
    return { name, purse: new Purse(), close: () => Promise.resolve() };
  }
  const simulator = createSimulator();
  await simulator.listen({ port: Number(env["SIMULATOR_PORT"] ?? 4010) });
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  return {
    name: "the simulator",
    purse: new Purse({ baseUrl, clientId, clientSecret, entityId }),
    dashboardUrl: `${baseUrl}/_simulator/`,
    close: () => simulator.close(),
  };
}
