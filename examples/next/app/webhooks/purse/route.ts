import { createWebhookHandler } from "purse-payments/webhooks";
import { getJournal } from "../../../shop/journal";
import { once } from "../../../shop/once";
import { bookPayment, isPaid } from "../../../shop/orders";
import { getPurse } from "../../../shop/purse";
import { setting } from "../../../shop/settings";

export const runtime = "nodejs";

/** Several processes need a shared `store`, such as `createSqlStore`. */
function createReceiver(): (request: Request) => Promise<Response> {
  return createWebhookHandler(getPurse(), {
    secrets: [setting("WEBHOOK_SECRET")],
    on: {
      authorized: ({ payment }) => {
        const order = bookPayment(payment);
        // Decide by the order's own state: a payment can be reported more than once.
        if (order !== undefined && isPaid(order) && !order.isReleased) {
          order.isReleased = true;
          console.log(`${order.reference} can be shipped`);
        }
        return getJournal().observe(payment);
      },
      fallback: ({ payment }) => {
        bookPayment(payment);
        return getJournal().observe(payment);
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
