// Every entry under the strictest settings, with what is used most.
import {
  isPurseError,
  Purse,
  type AnyPurseError,
  type CaptureParams,
  type Payment,
  type PurseOptions,
} from "purse-payments";
import { collectBrowser, followStep } from "purse-payments/browser";
import { decideReturn, hostedPageUrl, nextStep, type ReturnDecision } from "purse-payments/checkout";
import { createJournal, createMemoryStore, type Journal, type Movement } from "purse-payments/journal";
import { splitAmount, toMinorUnits } from "purse-payments/money";
import { createRedirectionVerifier } from "purse-payments/redirection";
import { createSimulator, testCards, type Simulator } from "purse-payments/simulator";
import { createWebhookHandler, type WebhookHandler } from "purse-payments/webhooks";
import { toNodeHandler } from "purse-payments/webhooks/node";

export const simulator: Simulator = createSimulator();
const options: PurseOptions = { baseUrl: simulator.baseUrl, fetch: simulator.fetch };
export const purse: Purse = new Purse(options);
export const verifier = createRedirectionVerifier({ jwksUrl: "https://shop.example/jwks" });
export const card: string = testCards.refused.number;

// Optional values are forwarded as they are, which exactOptionalPropertyTypes forbids unless the type says so.
export function capture(id: string, amount: number, reference?: string): Promise<Payment> {
  const params: CaptureParams =
    reference === undefined ? { amount } : { amount, merchant_reference: reference };
  return purse.payments.capture(id, params);
}

export async function checkout(url: string, clientSessionId: string): Promise<ReturnDecision["outcome"]> {
  const page: string = hostedPageUrl(await purse.clientSessions.retrieve(clientSessionId));
  const { outcome } = await decideReturn(purse, url, {
    clientSessionId,
    amount: page.length,
    currency: "EUR",
  });
  return outcome;
}
export const goOn = (payment: Payment): boolean =>
  collectBrowser().javascript_enabled === true && followStep(nextStep(payment));

export const journal: Journal = createJournal(purse, { store: createMemoryStore(), onChange: undefined });
export function captureOnce(id: string, paymentId: string, merchantReference?: string): Promise<Movement> {
  return journal.capture({ id, paymentId, amount: 100, merchantReference });
}

export const parts: readonly number[] = splitAmount(toMinorUnits("19.99", "EUR"), 3);

export function describe(error: AnyPurseError): string {
  if (error.code === "outcome_unknown") return error.idempotencyKey ?? "";
  return error.code === "rate_limit" ? String(error.retryAfterMs) : error.message;
}

const fallback: WebhookHandler = ({ payment }) => {
  payment.captures.map(({ status }) => status.toLowerCase());
};
const handler = createWebhookHandler(purse, { secrets: ["a-secret-of-the-consumer"], on: { fallback } });
export const adapter = toNodeHandler(handler);

export async function run(): Promise<string> {
  try {
    const { data, operation } = await purse.payments.capture("id", { amount: 1 }).withResponse();
    return operation?.status ?? data.authorization.status;
  } catch (error) {
    if (isPurseError(error)) return describe(error);
    throw error;
  }
}

// What must not compile.
// @ts-expect-error an amount is a number
export const refusedToo = purse.payments.capture("id", { amount: "1" });
// @ts-expect-error there is no such option
export const refused = new Purse({ secret: "x" });
