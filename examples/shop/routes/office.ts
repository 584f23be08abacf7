import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { isPurseError } from "purse-payments";
import { toMinorUnits } from "purse-payments/money";
import { bookPayment } from "../bookkeeping.js";
import { moveMoney } from "../money-movements.js";
import { currentPayment, stateOf } from "../order-state.js";
import { page, type Html } from "../pages/layout.js";
import { officeListPage, officeOrderPage, type OfficeOrderParts } from "../pages/office.js";
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
    await refresh(order);
    return c.html(show(order, { isRepeated: c.req.query("notice") === "repeated" }));
  });

  app.post("/orders/:id", async (c) => {
    const order = orders.find(c.req.param("id"));
    if (order === undefined) return c.notFound();
    const form = await c.req.parseBody();
    const { key, kind, payment, amount } = form;
    const isKnown = payments.ofOrder(order.id).some(({ id }) => id === payment);
    if (typeof key !== "string" || typeof payment !== "string" || !isKind(kind) || !isKnown) {
      return c.html(show(order, { problem: "That form is not one of this page." }), 400);
    }
    let minorUnits: number;
    try {
      minorUnits = toMinorUnits(typeof amount === "string" ? amount.trim() : "", order.currency);
    } catch (error) {
      if (!isPurseError(error)) throw error;
      return c.html(show(order, { problem: error.message }), 400);
    }
    const wanted = { idempotencyKey: key, orderId: order.id, paymentId: payment, kind, amount: minorUnits };
    const isRepeated = movements.find(key) !== undefined;
    await moveMoney(shop, wanted);
    return c.redirect(`/office/orders/${order.id}${isRepeated ? "?notice=repeated" : ""}`, 303);
  });

  function show(order: Order, said: Pick<OfficeOrderParts, "problem" | "isRepeated">): Html {
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

  /** Shows what Purse knows, not what the shop remembers; when Purse is silent, that is better than nothing. */
  async function refresh(order: Order): Promise<void> {
    const payment = currentPayment(payments.ofOrder(order.id));
    if (payment === undefined) return;
    try {
      bookPayment(shop, await shop.purse.payments.retrieve(payment.id, { deadlineMs: 5000 }));
    } catch (error) {
      if (!isPurseError(error)) throw error;
    }
  }

  return app;
}

function isKind(kind: unknown): kind is MovementKind {
  return kind === "capture" || kind === "refund" || kind === "void";
}
