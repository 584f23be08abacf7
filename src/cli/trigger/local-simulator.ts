import { setTimeout as pause } from "node:timers/promises";
import { PurseConfigurationError } from "../../errors/configuration-error.js";
import { PurseConnectionError } from "../../errors/connection-error.js";
import type { WebhookDelivery } from "../../simulator/state/records.js";
import { readEnvironment } from "../environment.js";

const probeTimeoutMs = 5_000;
const deliveryTimeoutMs = 15_000;
const pollEveryMs = 50;

/**
 * The base URL from the environment, if a simulator on this computer answers there. A host on this computer is not
 * enough: it may be a proxy to Purse.
 *
 * @throws PurseConfigurationError otherwise.
 */
export async function requireSimulator(signal: AbortSignal): Promise<string> {
  const { baseUrl, kind } = readEnvironment();
  const advice = "Start one with npx --no-install purse-simulator, and set the variables that it prints.";
  if (kind !== "local")
    refuse(`purse trigger works with a simulator on this computer only, not with ${baseUrl}`);
  const tokenUrl = process.env["PURSE_TOKEN_URL"] ?? "";
  if (tokenUrl !== "" && new URL(tokenUrl).origin !== new URL(baseUrl).origin)
    refuse("PURSE_TOKEN_URL must be unset for purse trigger, or lead to the simulator");
  const clock = await readJson(`${baseUrl}/_simulator/clock`, signal).catch(() => undefined);
  signal.throwIfAborted();
  if (!isClock(clock)) refuse(`No simulator answers at PURSE_BASE_URL, ${baseUrl}`);
  return baseUrl;

  function refuse(message: string): never {
    throw new PurseConfigurationError(`${message}. ${advice}`);
  }
}

function isClock(value: unknown): boolean {
  return typeof value === "object" && value !== null && "nowMs" in value && "isFrozen" in value;
}

/** What became of a payment's webhooks. */
export interface WebhookReport {
  /** The receiver accepted all of them. */
  readonly accepted: boolean;
  readonly text: string;
}

/** Waits until the receiver has answered each webhook of the payment, or one of them was not accepted. */
export async function awaitWebhooks(
  baseUrl: string,
  paymentId: string,
  signal: AbortSignal,
): Promise<WebhookReport> {
  const url = `${baseUrl}/_simulator/webhooks?paymentId=${encodeURIComponent(paymentId)}`;
  const untilMs = Date.now() + deliveryTimeoutMs;
  for (;;) {
    const deliveries = (await readJson(url, signal)) as readonly WebhookDelivery[]; // The simulator's own list.
    const refused = deliveries.find(({ status, attempts }) => status !== "delivered" && attempts.length > 0);
    if (refused !== undefined) {
      const { status, outcome = "" } = refused.attempts.at(-1) ?? {};
      const why = status === undefined ? `cannot be reached, ${outcome}` : outcome;
      return { accepted: false, text: `not accepted: ${why}` };
    }
    const sent = `${String(deliveries.length)} delivered`;
    if (deliveries.length > 0 && deliveries.every(({ status }) => status === "delivered"))
      return { accepted: true, text: sent };
    if (deliveries.some(({ status }) => status === "dropped"))
      return { accepted: false, text: "not sent, because of an injected fault" };
    if (Date.now() > untilMs) return { accepted: false, text: "not sent yet" };
    await pause(pollEveryMs, undefined, { signal });
  }
}

async function readJson(url: string, signal: AbortSignal): Promise<unknown> {
  try {
    const timeout = AbortSignal.timeout(probeTimeoutMs);
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.any([signal, timeout]) });
    return response.status === 200 ? await response.json() : undefined;
  } catch {
    signal.throwIfAborted();
    throw new PurseConnectionError(`The simulator at ${new URL(url).origin} does not answer.`);
  }
}
