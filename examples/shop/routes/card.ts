import { Hono, type Context } from "hono";
import { isPurseError } from "purse-payments";
import { payByCard, type CardPayment } from "../card-payment.js";
import { NothingToPay } from "../checkout.js";
import { canBePaid, stateOf } from "../order-state.js";
import { cardHead, cardPage } from "../pages/card.js";
import { page } from "../pages/layout.js";
import { contentSecurityPolicy } from "../security-policy.js";
import type { Shop } from "../shop.js";
import { readShopper } from "../shopper.js";
import type { Order } from "../store/orders.js";

/** The advanced flow: a card form in the shop's own page, paid from its token. */
export function cardRoutes(shop: Shop, onFault: (error: unknown) => void): Hono {
  const app = new Hono();
  if (shop.takesTestCards !== true) return app;

  async function findOwn(c: Context): Promise<Order | undefined> {
    const order = shop.orders.find(c.req.param("id") ?? "");
    const isOwn = order !== undefined && order.shopperId === (await readShopper(c, shop.settings));
    return isOwn ? order : undefined;
  }

  app.get("/orders/:id/card", async (c) => {
    const order = await findOwn(c);
    if (order === undefined) return c.notFound();
    if (!canBePaid(stateOf(order, shop.payments.ofOrder(order.id))))
      return c.redirect(`/orders/${order.id}?notice=settled`, 303);
    c.header("cache-control", "no-store");
    c.header("content-security-policy", contentSecurityPolicy({ leadsToBanks: true }));
    return c.html(
      page({ title: `Pay order ${String(order.number)}`, body: cardPage(order), head: cardHead }),
    );
  });

  // JSON, which pages of other origins cannot send without being asked first.
  app.post("/orders/:id/card", async (c) => {
    const order = await findOwn(c);
    if (order === undefined) return c.notFound();
    const sent = readCard(await c.req.json().catch(() => undefined));
    if (sent === undefined || c.req.header("content-type") !== "application/json")
      return c.json({ problem: "not a card" }, 400);
    try {
      return c.json(await payByCard(shop, order, sent));
    } catch (error) {
      if (error instanceof NothingToPay) return c.json({ problem: "nothing to pay" }, 409);
      if (!isPurseError(error)) throw error;
      onFault(error);
      return c.json({ problem: "Purse did not answer as it should" }, 503);
    }
  });

  return app;
}

function readCard(sent: unknown): CardPayment | undefined {
  if (typeof sent !== "object" || sent === null) return undefined;
  const { vaultFormToken, browser } = sent as Partial<Record<keyof CardPayment, unknown>>; // An object.
  if (typeof vaultFormToken !== "string" || typeof browser !== "object" || browser === null) return undefined;
  return { vaultFormToken, browser }; // Purse looks at the members of `browser`.
}
