// What needs no Node types: everything but purse-payments/undici.
import { Purse, type Payment } from "purse-payments";
import { collectBrowser, type Browser } from "purse-payments/browser";
import { hostedPageUrl } from "purse-payments/checkout";
import { toMinorUnits } from "purse-payments/money";
import { createRedirectionVerifier } from "purse-payments/redirection";
import { createSimulator } from "purse-payments/simulator";
import { createWebhookHandler } from "purse-payments/webhooks";
import { toNodeHandler } from "purse-payments/webhooks/node";

const { baseUrl, clientId, clientSecret } = createSimulator();
export const purse: Purse = new Purse({ baseUrl, clientId, clientSecret });
export const payment: Promise<Payment> = purse.payments.capture("id", {
  amount: toMinorUnits("1.00", "EUR"),
});
export const browser: Browser = collectBrowser();
export const page: Promise<string> = purse.clientSessions.retrieve("id").then(hostedPageUrl);
export const verifier = createRedirectionVerifier({ jwksUrl: "https://shop.example/jwks" });
export const handler = createWebhookHandler(purse, {
  secrets: ["a-secret"],
  on: { fallback: () => undefined },
});
export const adapter = toNodeHandler(handler);
