import { randomUUID } from "node:crypto";
import { Purse } from "purse-payments";
import { createSimulator } from "purse-payments/simulator";

export interface Settings {
  /** Under which this back end is reached from outside. */
  readonly publicUrl: string;
  /** Purse sends it along with each webhook. */
  readonly webhookSecret: string;
  /** Idempotency keys are derived with it. Must stay the same over restarts. */
  readonly keySecret: string;
  readonly staffToken: string;
}

/** Purse as the environment says; without any PURSE_* variable, and not in production, a simulator inside this process. */
export async function connect(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ purse: Purse; where: string }> {
  // Reads PURSE_ENVIRONMENT, PURSE_CLIENT_ID and so on, and says what is missing.
  const isMeant = Object.keys(env).some((name) => name.startsWith("PURSE_"));
  if (isMeant || env["NODE_ENV"] === "production") return { purse: new Purse(), where: "Purse" };
  const simulator = createSimulator();
  await simulator.listen();
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  return {
    purse: new Purse({ baseUrl, clientId, clientSecret, entityId }),
    where: `a simulator, ${baseUrl}`,
  };
}

/** Secrets that are not given are made up, which is good for trying out and for nothing else. */
export function readSettings(env: Readonly<Record<string, string | undefined>>, port: number): Settings {
  return {
    publicUrl: env["PUBLIC_URL"] ?? `http://127.0.0.1:${String(port)}`,
    webhookSecret: env["WEBHOOK_SECRET"] ?? randomUUID(),
    keySecret: env["KEY_SECRET"] ?? randomUUID(),
    staffToken: env["STAFF_TOKEN"] ?? randomUUID(),
  };
}
