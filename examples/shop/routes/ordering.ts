import { Hono, type Context } from "hono";
import {
  isPurseError,
  PurseRedirectionError,
  type ClientSession,
  type RedirectionClaims,
} from "purse-payments";
import { learn, lookAfterSession } from "../bookkeeping.js";
import { currency } from "../catalogue.js";
import {
  cancelOrder,
  findSession,
  NothingToPay,
  openSession,
  OrderFault,
  type PayPlace,
} from "../checkout.js";
import { canBePaid, currentPayment, stateOf, type OrderState } from "../order-state.js";
import { page } from "../pages/layout.js";
import { orderListPage, orderPage, type Notice } from "../pages/order.js";
import { goOnPage, payPage, widgetHead } from "../pages/pay.js";
import { contentSecurityPolicy } from "../security-policy.js";
import type { Shop } from "../shop.js";
import { readCart, readOrMakeShopper, readShopper, writeCart } from "../shopper.js";
import type { Order } from "../store/orders.js";
import { toCart, toLines, totalOf } from "./browsing.js";

/** From the cart to a paid order. */
export function orderingRoutes(shop: Shop): Hono {
  const { settings, orders, payments } = shop;
  const app = new Hono();

  /** An order is shown only to the shopper who placed it. */
  async function findOwn(c: Context): Promise<Order | undefined> {
    const order = orders.find(c.req.param("id") ?? "");
    return order !== undefined && order.shopperId === (await readShopper(c, settings)) ? order : undefined;
  }

  async function sendToPay(c: Context, order: Order, place: PayPlace): Promise<Response> {
    let session: ClientSession;
    try {
      session = await openSession(shop, order, place);
    } catch (error) {
      if (!(error instanceof NothingToPay)) throw new OrderFault(order, error);
      return c.redirect(`/orders/${order.id}?notice=settled`, 303);
    }
    const hostedPage = session.links.hosted_page?.href;
    if (place !== "HOSTED_PAGE" || hostedPage === undefined)
      return c.redirect(`/orders/${order.id}/pay`, 303);
    if (new URL(hostedPage).origin === shop.paymentPageOrigin) return c.redirect(hostedPage, 303);
    // The browser would not follow: forms may lead to the page that was expected only. A link may lead anywhere.
    return c.html(page({ title: `Pay order ${String(order.number)}`, body: goOnPage(order, hostedPage) }));
  }

  app.post("/checkout", async (c) => {
    const form = await c.req.parseBody();
    const shopperId = await readOrMakeShopper(c, settings);
    const id = typeof form["order"] === "string" ? form["order"] : "";
    if (!uuid.test(id)) return c.redirect("/cart", 303);
    const lines = toLines(toCart(form) ?? (await readCart(c, settings)));
    // The price that the shopper agrees to is the one on the button. When it is another one now, they see it first.
    if (typeof form["total"] === "string" && lines.length > 0 && form["total"] !== String(totalOf(lines))) {
      await writeCart(c, settings, Object.fromEntries(lines.map(({ sku, quantity }) => [sku, quantity])));
      return c.redirect("/cart?notice=changed", 303);
    }
    // The second click of a double click finds an empty cart, and the order of the first one.
    const order =
      orders.find(id) ?? (lines.length > 0 ? orders.place({ id, shopperId, currency, lines }) : undefined);
    if (order?.shopperId !== shopperId) return c.redirect("/cart", 303);
    await writeCart(c, settings, {});
    return sendToPay(c, order, toPlace(form["place"]));
  });

  app.get("/orders", async (c) => {
    const shopperId = await readShopper(c, settings);
    const own = shopperId === undefined ? [] : orders.ofShopper(shopperId);
    const entries = own.map((order) => ({ order, state: stateOf(order, payments.ofOrder(order.id)) }));
    return c.html(page({ title: "My orders", body: orderListPage(entries) }));
  });

  app.get("/orders/:id", async (c) => {
    const order = await findOwn(c);
    if (order === undefined) return c.notFound();
    await readDirect(shop, order);
    const all = payments.ofOrder(order.id);
    const state = stateOf(order, all);
    const notice = toNotice(c.req.query("notice"), state);
    const body = orderPage({
      order,
      state,
      payment: currentPayment(all),
      notice,
      hasCardForm: shop.takesTestCards,
    });
    c.header("cache-control", "no-store");
    return c.html(page({ title: `Order ${String(order.number)}`, body }));
  });

  /** What the order's page looks at while it is open. */
  app.get("/orders/:id/state", async (c) => {
    const order = await findOwn(c);
    if (order === undefined) return c.notFound();
    c.header("cache-control", "no-store");
    return c.json({ state: stateOf(order, payments.ofOrder(order.id)) });
  });

  app.post("/orders/:id/pay", async (c) => {
    const order = await findOwn(c);
    if (order === undefined) return c.notFound();
    const { place } = await c.req.parseBody();
    return sendToPay(c, order, toPlace(place));
  });

  /** The payment widget, on the shop's own page, for the session that a form has opened. */
  app.get("/orders/:id/pay", async (c) => {
    const order = await findOwn(c);
    if (order === undefined) return c.notFound();
    let session: ClientSession | undefined;
    try {
      session = await findSession(shop, order, "EMBEDDED");
    } catch (error) {
      if (!(error instanceof NothingToPay)) throw new OrderFault(order, error);
      return c.redirect(`/orders/${order.id}?notice=settled`, 303);
    }
    // The order's page has the buttons that open one.
    if (session === undefined) return c.redirect(`/orders/${order.id}`, 303);
    const body = payPage(order, session);
    c.header("cache-control", "no-store");
    c.header(
      "content-security-policy",
      contentSecurityPolicy({ paymentPageOrigin: shop.paymentPageOrigin, widgetUrl: session.widget.js_url }),
    );
    return c.html(page({ title: `Pay order ${String(order.number)}`, body, head: widgetHead(session) }));
  });

  app.post("/orders/:id/cancel", async (c) => {
    const order = await findOwn(c);
    if (order === undefined) return c.notFound();
    try {
      await cancelOrder(shop, order);
    } catch (error) {
      if (!(error instanceof NothingToPay)) throw new OrderFault(order, error);
      return c.redirect(`/orders/${order.id}?notice=too_late`, 303);
    }
    return c.redirect(`/orders/${order.id}`, 303);
  });

  /**
   * Where the shopper comes back to. The order's page shows what Purse answers when it is asked, and not what the address says;
   * the redirect to a clean address keeps the token out of histories, and makes reload and "back" harmless.
   */
  app.get("/orders/:id/return", async (c) => {
    const order = await findOwn(c);
    if (order === undefined) return c.notFound();
    c.header("referrer-policy", "no-referrer");
    c.header("cache-control", "no-store");
    const notice = await settleReturn(shop, order, c.req.url);
    return c.redirect(`/orders/${order.id}${notice === undefined ? "" : `?notice=${notice}`}`, 303);
  });

  return app;
}

/** Books what became of the session that the shopper comes back from. */
async function settleReturn(shop: Shop, order: Order, url: string): Promise<Notice | undefined> {
  if (await readDirect(shop, order)) return undefined;
  // An older tab comes back with the token of an older session; every one of this order will do.
  const sessionIds = shop.sessions.ofOrder(order.id).map(({ id }) => id);
  try {
    const claims = await readToken(shop, url);
    if (claims !== undefined && sessionIds.includes(claims.client_session_id)) {
      if (claims.payment_id === undefined) return undefined;
      await learn(shop, await shop.purse.payments.retrieve(claims.payment_id));
      return undefined;
    }
    // Nothing is believed of an address that is not genuine. What happened, only Purse can say.
    const [newest] = sessionIds;
    if (newest !== undefined) await lookAfterSession(shop, newest);
    return "unverified";
  } catch (error) {
    if (!isPurseError(error)) throw error;
    return "checking"; // The journal expects the payment of this session, and asks again.
  }
}

/**
 * Reads a pending payment that was made without a session, which the journal does not expect.
 *
 * @returns whether the order has one that was read.
 */
async function readDirect(shop: Shop, order: Order): Promise<boolean> {
  const payment = currentPayment(shop.payments.ofOrder(order.id));
  const isPending = payment?.client_session_id === undefined && payment?.authorization.status === "PENDING";
  if (payment === undefined || !isPending) return false;
  try {
    await learn(shop, await shop.purse.payments.retrieve(payment.id, { deadlineMs: 5000 }));
    return true;
  } catch (error) {
    if (!isPurseError(error)) throw error;
    return false; // A webhook tells it, or the next look.
  }
}

/** What the token says; undefined when it is not genuine, or cannot be checked. */
async function readToken({ purse }: Shop, url: string): Promise<RedirectionClaims | undefined> {
  try {
    return await purse.redirection.verify(url);
  } catch (error) {
    if (error instanceof PurseRedirectionError) return undefined;
    throw error;
  }
}

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

function toPlace(text: unknown): PayPlace {
  return text === "EMBEDDED" ? "EMBEDDED" : "HOSTED_PAGE";
}

/** The notice of the address, as long as it is true: the order may have moved on since. */
function toNotice(text: string | undefined, state: OrderState): Notice | undefined {
  const isUndecided = state === "unpaid" || state === "pending";
  if (text === "unverified") return text;
  if (text === "checking") return isUndecided ? text : undefined;
  if (text === "too_late") return state === "cancelled" ? undefined : text;
  if (text !== "settled") return undefined;
  if (!canBePaid(state)) return text;
  return isUndecided ? "checking" : undefined;
}
