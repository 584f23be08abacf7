// What a program in plain ES modules does with every entry that needs no peer.
import assert from "node:assert/strict";
import { Purse, isPurseError } from "purse-payments";
import { collectBrowser } from "purse-payments/browser";
import { decideReturn, hostedPageUrl } from "purse-payments/checkout";
import { toMinorUnits } from "purse-payments/money";
import { createRedirectionVerifier } from "purse-payments/redirection";
import { createSimulator } from "purse-payments/simulator";
import { createWebhookHandler } from "purse-payments/webhooks";
import { toNodeHandler } from "purse-payments/webhooks/node";

const simulator = createSimulator();
const { url, close } = await simulator.listen();
const { clientId, clientSecret, entityId } = simulator;
const purse = new Purse({ baseUrl: url, clientId, clientSecret, entityId });
const amount = toMinorUnits("42.99", "EUR");
const session = await purse.clientSessions.create({
  amount,
  currency: "EUR",
  integration_mode: "HOSTED_PAGE",
  shopper_redirection_url: "https://shop.example/return",
  order: { reference: "order-1", net_amount: amount },
});
const { redirectUrl } = await simulator.shopper.pay(session.id);
assert.ok(hostedPageUrl(session).startsWith(url));
assert.equal(collectBrowser().javascript_enabled, true);
const order = { clientSessionId: session.id, amount, currency: "EUR" };
assert.equal((await decideReturn(purse, redirectUrl, order)).outcome, "paid");
const claims = await purse.redirection.verify(redirectUrl, { clientSessionId: session.id });
const { operation } = await purse.payments.capture(claims.payment_id, { amount }).withResponse();
assert.equal(operation.status, "SUCCESS");
await assert.rejects(async () => purse.payments.retrieve(".."), isPurseError);

const verifier = createRedirectionVerifier({ jwksUrl: `${url}/payment/v2/signing-jwks` });
assert.equal((await verifier.verify(redirectUrl)).client_session_id, session.id);

const secret = "a-secret-of-the-consumer";
const seen = [];
const handler = createWebhookHandler(purse, {
  secrets: [secret],
  on: { fallback: ({ payment }) => void seen.push(payment.id) },
});
const request = new Request("https://shop.example/hook", {
  method: "POST",
  headers: { "content-type": "application/json", "x-purse-webhook-secret": secret },
  body: JSON.stringify({ id: claims.payment_id }),
});
assert.equal((await handler(request)).status, 200);
assert.deepEqual(seen, [claims.payment_id]);
assert.equal(typeof toNodeHandler(handler), "function");
await close();
console.log("captured over a port, redirect verified, webhook handled");
