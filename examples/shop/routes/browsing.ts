import { Hono } from "hono";
import { findProduct } from "../catalogue.js";
import { cataloguePage, productPage } from "../pages/catalogue.js";
import { page } from "../pages/layout.js";
import { cartPage } from "../pages/cart.js";
import type { Shop } from "../shop.js";
import { readCart, readOrMakeShopper, toPieces, writeCart, type Cart } from "../shopper.js";
import type { OrderLine } from "../store/orders.js";

/** Products and the cart. */
export function browsingRoutes({ settings }: Shop): Hono {
  const app = new Hono();

  app.get("/", async (c) => {
    const pieces = countPieces(await readCart(c, settings));
    return c.html(page({ title: "Tea", body: cataloguePage(), pieces }));
  });

  app.get("/products/:sku", async (c) => {
    const product = findProduct(c.req.param("sku"));
    if (product === undefined) return c.notFound();
    const pieces = countPieces(await readCart(c, settings));
    return c.html(page({ title: product.name, body: productPage(product), pieces }));
  });

  app.get("/cart", async (c) => {
    const cart = await readCart(c, settings);
    // Before the order, so that a first order sent twice comes from one shopper.
    await readOrMakeShopper(c, settings);
    const hasChanged = c.req.query("notice") === "changed";
    const body = cartPage(toLines(cart), crypto.randomUUID(), hasChanged);
    c.header("cache-control", "no-store");
    return c.html(page({ title: "Cart", body, pieces: countPieces(cart) }));
  });

  app.post("/cart", async (c) => {
    const { sku } = await c.req.parseBody();
    if (typeof sku !== "string" || findProduct(sku) === undefined) return c.notFound();
    const cart = await readCart(c, settings);
    await writeCart(c, settings, { ...cart, [sku]: toPieces(String((cart[sku] ?? 0) + 1)) });
    return c.redirect("/cart", 303);
  });

  app.post("/cart/remove", async (c) => {
    const { sku } = await c.req.parseBody();
    const cart = await readCart(c, settings);
    await writeCart(c, settings, typeof sku === "string" ? { ...cart, [sku]: 0 } : cart);
    return c.redirect("/cart", 303);
  });

  app.post("/cart/pieces", async (c) => {
    await writeCart(c, settings, toCart(await c.req.parseBody()) ?? {});
    return c.redirect("/cart", 303);
  });

  return app;
}

/** Prices come from the catalogue, never from the cart: a cookie is the shopper's. */
export function toLines(cart: Cart): OrderLine[] {
  return Object.entries(cart).flatMap(([sku, quantity]) => {
    const product = findProduct(sku);
    if (product === undefined || quantity <= 0) return [];
    return [{ sku, name: product.name, quantity, unitPrice: product.price }];
  });
}

/** The cart that a form shows; undefined when it shows none. */
export function toCart(form: Readonly<Record<string, unknown>>): Cart | undefined {
  const pieces = Object.entries(form).filter(([name]) => findProduct(name) !== undefined);
  if (pieces.length === 0) return undefined;
  return Object.fromEntries(pieces.map(([sku, text]) => [sku, toPieces(text)]));
}

export function totalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
}

function countPieces(cart: Cart): number {
  return Object.values(cart).reduce((sum, pieces) => sum + pieces, 0);
}
