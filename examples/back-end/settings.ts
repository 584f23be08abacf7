import { randomUUID } from "node:crypto";
import { Purse } from "purse-payments";
import { createSimulator } from "purse-payments/simulator";

export interface Settings {
  /** The URL of this back end from outside. */
  readonly publicUrl: string;
  /** Purse sends it with each webhook. */
  readonly webhookSecret: string;
  /** Idempotency keys are derived from it. Must not change between restarts. */
  readonly keySecret: string;
  readonly staffToken: string;
}

/** Purse as set by PURSE_* variables; without any, and not in production, a simulator in this process. */
export async function connect(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ purse: Purse; where: string }> {
  const isConfigured = Object.keys(env).some((name) => name.startsWith("PURSE_"));
  if (isConfigured || env["NODE_ENV"] === "production") return { purse: new Purse(), where: "Purse" }; // Says which variable is missing.
  const simulator = createSimulator();
  await simulator.listen();
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  return {
    purse: new Purse({ baseUrl, clientId, clientSecret, entityId }),
    where: `a simulator, ${baseUrl}`,
  };
}

/** Missing secrets are random, which is only good for trying it out. */
export function readSettings(env: Readonly<Record<string, string | undefined>>, port: number): Settings {
  return {
    publicUrl: env["PUBLIC_URL"] ?? `http://127.0.0.1:${String(port)}`,
    webhookSecret: env["WEBHOOK_SECRET"] ?? randomUUID(),
    keySecret: env["KEY_SECRET"] ?? randomUUID(),
    staffToken: env["STAFF_TOKEN"] ?? randomUUID(),
  };
}
