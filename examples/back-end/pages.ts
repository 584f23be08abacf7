import type { Order } from "./order.js";

/** What the shopper is told of an order. */
export const outcomes: Readonly<Record<Order["state"], string>> = {
  open: "We are checking your payment. Please look again in a moment.",
  pending: "We are checking your payment. Please look again in a moment.",
  authorized: "Thank you, your order is paid.",
  partly_captured: "Thank you, your order is paid.",
  captured: "Thank you, your order is paid.",
  not_paid: "Your order was not paid.",
};

/** A page of ours alone: nothing of what the request says goes into it. */
export function page(text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><p>${text}</p></html>`;
}

export const cartPage: string = page(
  'One teapot, 42.99 EUR.</p><form method="post" action="/checkout"><button>Buy</button></form><p>',
);

/** An outcome is for the shopper alone, and its address for no other site. */
export const pageHeaders = { "cache-control": "no-store", "referrer-policy": "no-referrer" } as const;
