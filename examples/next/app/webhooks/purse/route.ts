import { createWebhookHandler } from "purse-payments/webhooks";
import { once } from "../../../shop/once";
import { bookPayment } from "../../../shop/orders";
import { getPurse } from "../../../shop/purse";
import { setting } from "../../../shop/settings";

export const runtime = "nodejs";

/** Several processes need `store: createRedisWebhookStore({ client })` as well. */
function createReceiver(): (request: Request) => Promise<Response> {
  return createWebhookHandler(getPurse(), {
    secrets: [setting("WEBHOOK_SECRET")],
    on: {
      authorized: ({ payment }) => {
        const order = bookPayment(payment);
        if (order?.state === "authorized") console.log(`${order.reference} can be shipped`);
      },
      fallback: ({ payment }) => {
        bookPayment(payment);
      },
    },
    onError: (error, { status, paymentId }) => {
      console.error(`webhook for ${paymentId ?? "no payment"} answered with ${String(status)}:`, error);
    },
  });
}

export function POST(request: Request): Promise<Response> {
  return once("receiver", createReceiver)(request);
}
