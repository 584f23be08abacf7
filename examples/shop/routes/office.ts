import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { isPurseError } from "purse-payments";
import { toMinorUnits } from "purse-payments/money";
import { bookPayment } from "../bookkeeping.js";
import { moveMoney } from "../money-movements.js";
import { stateOf } from "../order-state.js";
import { page, type Html } from "../pages/layout.js";
import {
  findDoubtful,
  officeListPage,
  officeOrderPage,
  versionOf,
  type OfficeOrderParts,
} from "../pages/office.js";
import type { Unread } from "../pages/office-notices.js";
import type { Shop } from "../shop.js";
import type { MovementKind } from "../store/movements.js";
import type { Order } from "../store/orders.js";

/** Where the people of the shop capture, refund and void. */
export function officeRoutes(shop: Shop): Hono {
  const { orders, payments, movements, settings } = shop;
  const app = new Hono();
  app.use("*", basicAuth({ username: "office", password: settings.officePassword, realm: "Back office" }));
  app.use("*", async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
  });

  app.get("/", (c) => {
    const entries = orders
      .list()
      .map((order) => ({ order, state: stateOf(order, payments.ofOrder(order.id)) }));
    return c.html(page({ title: "Orders", body: officeListPage(entries), isOffice: true }));
  });

  app.get("/orders/:id", async (c) => {
    const order = orders.find(c.req.param("id"));
    if (order === undefined) return c.notFound();
    const unread = await refresh(order);
    const asked = movements.ofOrder(order.id).find(({ reference }) => reference === c.req.query("asked"));
    return c.html(show(order, { isRepeated: c.req.query("notice") === "repeated", asked, unread }));
  });

  app.post("/orders/:id", async (c) => {
    const order = orders.find(c.req.param("id"));
    if (order === undefined) return c.notFound();
    const form = await c.req.parseBody();
    const { key, kind, payment: paymentId, version, amount } = form;
    const payment = payments.ofOrder(order.id).find(({ id }) => id === paymentId);
    if (typeof key !== "string" || payment === undefined || !isKind(kind)) {
      return c.html(show(order, { problem: "That form is not one of this page." }), 400);
    }
    const before = movements.find(key);
    if (before !== undefined) {
      return c.redirect(`/office/orders/${order.id}?notice=repeated&asked=${before.reference}`, 303);
    }
    if (version !== versionOf(payment)) {
      const problem =
        "The payment has changed since the page was shown. Nothing was moved; look at it again.";
      return c.html(show(order, { problem }), 409);
    }
    const isCheckNeeded = findDoubtful(payment, movements.ofOrder(order.id)) !== undefined;
    if (isCheckNeeded && form["checked"] !== "yes") {
      const problem = "Check with Purse first, and say so in the form. Nothing was moved.";
      return c.html(show(order, { problem }), 409);
    }
    let minorUnits: number;
    try {
      minorUnits = toMinorUnits(typeof amount === "string" ? amount.trim() : "", order.currency);
    } catch (error) {
      if (!isPurseError(error)) throw error;
      return c.html(show(order, { problem: error.message }), 400);
    }
    const wanted = {
      idempotencyKey: key,
      orderId: order.id,
      paymentId: payment.id,
      kind,
      amount: minorUnits,
    };
    const asked = await moveMoney(shop, wanted);
    if (asked === undefined) {
      const problem = "Another movement of this payment is not decided yet. Nothing was moved.";
      return c.html(show(order, { problem }), 409);
    }
    return c.redirect(`/office/orders/${order.id}?asked=${asked.reference}`, 303);
  });

  function show(
    order: Order,
    said: Pick<OfficeOrderParts, "problem" | "isRepeated" | "asked" | "unread">,
  ): Html {
    const all = payments.ofOrder(order.id);
    const parts = {
      order,
      state: stateOf(order, all),
      payments: all,
      movements: movements.ofOrder(order.id),
    };
    return page({
      title: `Order ${String(order.number)}`,
      body: officeOrderPage({ ...parts, ...said }),
      isOffice: true,
    });
  }

  /**
   * Reads what Purse knows. Where it does not tell, what the shop remembers is better than nothing, as long as the page says so.
   *
   * @returns payments that could not be read.
   */
  async function refresh(order: Order): Promise<Unread[]> {
    const read = payments.ofOrder(order.id).map(async ({ id }) => {
      try {
        bookPayment(shop, await shop.purse.payments.retrieve(id, { deadlineMs: 5000 }));
        return undefined;
      } catch (error) {
        if (!isPurseError(error)) throw error;
        return { paymentId: id, readAt: payments.bookedAt(id), isUnknown: error.code === "not_found" };
      }
    });
    return (await Promise.all(read)).filter((unread) => unread !== undefined);
  }

  return app;
}

function isKind(kind: unknown): kind is MovementKind {
  return kind === "capture" || kind === "refund" || kind === "void";
}
