import { Hono } from "hono";
import { createWebhookHandler } from "purse-payments/webhooks";
import { learn } from "../bookkeeping.js";
import type { Shop } from "../shop.js";

/** Where Purse says that something became of a payment. The handler has read it back before it is booked. */
export function webhookRoutes(shop: Shop, onFault: (error: unknown) => void): Hono {
  const receive = createWebhookHandler(shop.purse, {
    secrets: [shop.settings.webhookSecret],
    // Otherwise a delivery that is refused, or that the bookkeeping fails on, is seen by its sender only.
    onError: onFault,
    on: { fallback: ({ payment }) => learn(shop, payment) },
    ...(shop.webhookStore === undefined ? {} : { store: shop.webhookStore }),
  });
  const app = new Hono();
  app.post("/purse", (c) => receive(c.req.raw));
  return app;
}
