import type { ClientSession, Payment, Purse } from "purse-payments";
import { isPaymentFor } from "purse-payments/webhooks";
import { exampleOrder } from "./order.js";
import { payOnHostedPage } from "./shopper.js";
import { DemoError } from "./demo-error.js";
import { money, printNote, printStep } from "./output.js";
import type { WebhookReceiver } from "./webhook-receiver.js";

const returnUrl = "https://shop.example/return";

/** Opens a session for the example order, on Purse's own payment page. */
export async function openSession(
  purse: Purse,
  reference: string,
  receiver?: WebhookReceiver,
): Promise<ClientSession> {
  const session = await purse.clientSessions.create({
    amount: 12000,
    currency: "EUR",
    capture_mode: "MANUAL",
    integration_mode: "HOSTED_PAGE",
    shopper_redirection_url: `${returnUrl}?order_id=${reference}`,
    order: exampleOrder(reference),
    customer: { reference: "2090000000000", email: "emily.rose.parker@example.org", locale: "en-GB" },
    ...(receiver === undefined ? {} : { webhook: receiver.registration }),
  });
  printStep(
    "Session",
    `${session.id}, ${session.status}, ${money(session.amount, session.currency)}, order ${reference}`,
  );
  return session;
}

/** The shopper pays, the signed redirect is verified, and the webhook handler reads the payment. */
export async function payAndAwaitWebhook(
  purse: Purse,
  session: ClientSession,
  receiver: WebhookReceiver,
): Promise<Payment> {
  const pageUrl = session.links.hosted_page?.href;
  if (pageUrl === undefined)
    throw new DemoError("the session has no hosted page; is this a mock instead of Purse?");
  const back = await payOnHostedPage(pageUrl);
  printStep("Shopper", `opens ${pageUrl} and pays with a test card`);

  const claims = await purse.redirection.verify(back, { clientSessionId: session.id });
  printStep(
    "Redirect",
    `signature verified: session ${claims.client_session_status}, payment ${String(claims.authorization_status)}`,
  );
  if (claims.payment_id === undefined) throw new DemoError("the shopper returned without a payment.");

  const payment = await receiver.next(claims.payment_id);
  const { id: clientSessionId, amount, currency } = session;
  if (!isPaymentFor(payment, { clientSessionId, amount, currency }))
    throw new DemoError("the payment does not match the session.");
  printStep(
    "Webhook",
    `received; payment read: ${payment.authorization.status}, version ${String(payment.version)}`,
  );
  printNote(`${money(payment.amounts.available_to_capture, payment.currency)} can be captured or voided`);
  return payment;
}

/** Captures a part, repeats that capture with the same key, captures the rest, and refunds a part. */
export async function captureAndRefund(purse: Purse, payment: Payment): Promise<Payment> {
  const { id, currency } = payment;
  const part = { amount: 5000, merchant_reference: "CAP-1" };
  const options = { idempotencyKey: crypto.randomUUID() };

  const first = await purse.payments.capture(id, part, options).withResponse();
  printStep(
    "Capture",
    `${money(part.amount, currency)}: ${String(first.operation?.status)}, ${String(first.idempotency)}`,
  );
  printNote(`key ${options.idempotencyKey}`);

  const again = await purse.payments.capture(id, part, options).withResponse();
  printStep(
    "Same key again",
    `${String(again.idempotency)} instead of executed again: the same operation ${String(again.operation?.id)}`,
  );
  printNote(`captured in total: ${money(again.data.amounts.total_captured, currency)}`);

  const rest = again.data.amounts.available_to_capture;
  const second = await purse.payments
    .capture(id, { amount: rest, merchant_reference: "CAP-2" })
    .withResponse();
  printStep("Capture the rest", `${money(rest, currency)}: ${String(second.operation?.status)}`);
  printNote(`captured in total: ${money(second.data.amounts.total_captured, currency)}`);

  const refund = await purse.payments
    .refund(id, { amount: 2000, merchant_reference: "REF-1" })
    .withResponse();
  printStep("Refund", `${money(2000, currency)}: ${String(refund.operation?.status)}`);
  printNote(`can still be refunded: ${money(refund.data.amounts.available_to_refund, currency)}`);
  return refund.data;
}

/** Voids the whole authorized amount. */
export async function voidAll(purse: Purse, payment: Payment): Promise<Payment> {
  const { id, currency } = payment;
  const amount = payment.amounts.available_to_void;
  const { data, operation } = await purse.payments
    .void(id, { amount, merchant_reference: "VOID-1" })
    .withResponse();
  printStep(
    "Void",
    `${money(amount, currency)} released: ${String(operation?.status)}; captured: ${money(data.amounts.total_captured, currency)}`,
  );
  return data;
}
