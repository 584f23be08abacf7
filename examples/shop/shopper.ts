import type { Context } from "hono";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import type { ShopSettings } from "./shop.js";

const shopperCookie = "shopper";
const cartCookie = "cart";
const yearSeconds = 365 * 24 * 60 * 60;
const mostPieces = 20;

/** How many pieces of each product, by SKU. */
export type Cart = Readonly<Record<string, number>>;

/** Who is shopping: a random id in a signed cookie, made when the cart is first shown. */
export async function readShopper(c: Context, settings: ShopSettings): Promise<string | undefined> {
  return readCookie(c, settings, shopperCookie);
}

export async function readOrMakeShopper(c: Context, settings: ShopSettings): Promise<string> {
  const known = await readShopper(c, settings);
  if (known !== undefined) return known;
  const id = crypto.randomUUID();
  await setCookie(c, settings, shopperCookie, id);
  return id;
}

export async function readCart(c: Context, settings: ShopSettings): Promise<Cart> {
  const text = await readCookie(c, settings, cartCookie);
  const pairs = [...new URLSearchParams(text ?? "")];
  return Object.fromEntries(pairs.map(([sku, pieces]) => [sku, Number(pieces)]));
}

export async function writeCart(c: Context, settings: ShopSettings, cart: Cart): Promise<void> {
  const pairs = Object.entries(cart).filter(([, pieces]) => pieces > 0);
  const text = new URLSearchParams(pairs.map(([sku, pieces]) => [sku, String(pieces)])).toString();
  await setCookie(c, settings, cartCookie, text);
}

/** A number of pieces out of a form, between none and as many as the shop sends at once. */
export function toPieces(text: unknown): number {
  const pieces = typeof text === "string" && /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return Math.min(pieces, mostPieces);
}

/** The signature does not cover a cookie's name, so its name stands in it: one must not be passed off as another. */
async function readCookie(c: Context, settings: ShopSettings, name: string): Promise<string | undefined> {
  const value = await getSignedCookie(c, settings.cookieSecret, name);
  const prefix = `${name}:`;
  return typeof value === "string" && value.startsWith(prefix) ? value.slice(prefix.length) : undefined;
}

async function setCookie(c: Context, settings: ShopSettings, name: string, value: string): Promise<void> {
  await setSignedCookie(c, name, `${name}:${value}`, settings.cookieSecret, {
    path: "/",
    httpOnly: true,
    // Lax, not Strict: the shopper comes back from the payment page, which is another site.
    sameSite: "Lax",
    secure: settings.baseUrl.startsWith("https:"),
    maxAge: yearSeconds,
  });
}
