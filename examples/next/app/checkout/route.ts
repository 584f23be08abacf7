import { hostedPageUrl } from "purse-payments/checkout";
import { createWebhookSecretHeader } from "purse-payments/webhooks";
import { getJournal } from "../../shop/journal";
import { keyFor } from "../../shop/keys";
import { openOrder } from "../../shop/orders";
import { getPurse } from "../../shop/purse";
import { setting } from "../../shop/settings";

export const runtime = "nodejs"; // The client secret must not reach the edge or the browser.

/** Creates an order and a session to pay it, and redirects the shopper to the hosted page. */
export async function POST(): Promise<Response> {
  const order = openOrder();
  const publicUrl = setting("PUBLIC_URL");
  // If this fails, or may have failed, no money has moved: the shopper was not sent to the session.
  const session = await getPurse().clientSessions.create(
    {
      amount: order.amount,
      currency: order.currency,
      capture_mode: "MANUAL",
      integration_mode: "HOSTED_PAGE",
      shopper_redirection_url: `${publicUrl}/return?order=${order.reference}`,
      order: { reference: order.reference, net_amount: order.amount },
      webhook: {
        url: `${publicUrl}/webhooks/purse`,
        headers: [createWebhookSecretHeader({ secret: setting("WEBHOOK_SECRET") })],
      },
    },
    { idempotencyKey: await keyFor(order, "session") },
  );
  order.sessionId = session.id;
  await getJournal().expect({ clientSessionId: session.id }); // In case no webhook comes.
  return Response.redirect(hostedPageUrl(session), 303);
}
