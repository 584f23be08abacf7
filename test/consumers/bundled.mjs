// A program for bundlers: the simulator is loaded on demand, so it must not be in what is loaded at once.
import { Purse } from "purse-payments";
import { toMinorUnits } from "purse-payments/money";
import { createWebhookHandler } from "purse-payments/webhooks";

const { createSimulator } = await import("purse-payments/simulator");
const simulator = createSimulator();
const { baseUrl, fetch, clientId, clientSecret, entityId } = simulator;
const purse = new Purse({ baseUrl, fetch, clientId, clientSecret, entityId });
const amount = toMinorUnits("42.99", "EUR");
const session = await purse.clientSessions.create({
  amount,
  currency: "EUR",
  shopper_redirection_url: "https://shop.example/return",
  order: { reference: "order-1", net_amount: amount },
});
const { redirectUrl } = await simulator.shopper.pay(session.id);
const { payment_id: id } = await purse.redirection.verify(redirectUrl);
const { operation } = await purse.payments.capture(id, { amount }).withResponse();
const handler = createWebhookHandler(purse, { secrets: ["a-secret-of-the-consumer"], on: { fallback() {} } });
const { status } = await handler(new Request("https://shop.example/hook"));
console.log(operation.status, status);
