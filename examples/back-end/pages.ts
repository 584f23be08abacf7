import type { Order } from "./order.js";

/** What the shopper sees for each state of an order. */
export const outcomes: Readonly<Record<Order["state"], string>> = {
  open: "We are checking your payment. Please look again in a moment.",
  pending: "We are checking your payment. Please look again in a moment.",
  authorized: "Thank you, your order is paid.",
  partly_captured: "Thank you, your order is paid.",
  captured: "Thank you, your order is paid.",
  not_paid: "Your order was not paid.",
};

/** `text` is our own and never from the request, so it is not escaped. */
export function page(text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><p>${text}</p></html>`;
}

export const cartPage: string = page(
  'One teapot, 42.99 EUR.</p><form method="post" action="/checkout"><button>Buy</button></form><p>',
);

/** Do not cache a shopper's outcome, and do not send its address to other sites. */
export const pageHeaders = { "cache-control": "no-store", "referrer-policy": "no-referrer" } as const;
