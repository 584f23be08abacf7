import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { isPurseError, type Payment } from "purse-payments";
import type { Movement, MovementKind } from "purse-payments/journal";
import { toDecimalString, toMinorUnits } from "purse-payments/money";
import { learn } from "../bookkeeping.js";
import { moveMoney, movementsOf, orderNumberOf } from "../journal.js";
import { isOverdue, stateOf } from "../order-state.js";
import { page, type Html } from "../pages/layout.js";
import { currencyName, money } from "../pages/money.js";
import { availableTo, confirmForm, titles, versionOf } from "../pages/office-forms.js";
import { officeListPage } from "../pages/office-list.js";
import type { Unread } from "../pages/office-notices.js";
import { findDoubtful, officeOrderPage, type OfficeOrderParts } from "../pages/office.js";
import type { Shop } from "../shop.js";
import type { Order } from "../store/orders.js";

/** Where the people of the shop capture, refund and void. */
export function officeRoutes(shop: Shop): Hono {
  const { orders, payments, journal, settings } = shop;
  const app = new Hono();
  app.use("*", basicAuth({ username: "office", password: settings.officePassword, realm: "Back office" }));
  app.use("*", async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
  });

  app.get("/", async (c) => {
    const doubtful = new Set((await journal.list({ state: "in_doubt", limit: 1000 })).map(orderNumberOf));
    const entries = await Promise.all(
      orders.list().map(async (order) => {
        const all = payments.ofOrder(order.id);
        const movements = doubtful.has(order.number) ? await movementsOf(shop, order) : [];
        // As on the order's page: when a person has asked for more since, they have checked with Purse.
        const isDoubtful = all.some((payment) => findDoubtful(payment, movements) !== undefined);
        return { order, state: stateOf(order, all), isInDoubt: isDoubtful || isOverdue(order) };
      }),
    );
    return c.html(page({ title: "Orders", body: officeListPage(entries), isOffice: true }));
  });

  app.get("/orders/:id", async (c) => {
    const order = orders.find(c.req.param("id"));
    if (order === undefined) return c.notFound();
    const unread = await refresh(order);
    const movements = await movementsOf(shop, order);
    const asked = movements[Number(c.req.query("asked")) - 1];
    const isRepeated = c.req.query("notice") === "repeated";
    return c.html(show(order, movements, { isRepeated, asked, unread }));
  });

  app.post("/orders/:id", async (c) => {
    const order = orders.find(c.req.param("id"));
    if (order === undefined) return c.notFound();
    const form = await c.req.parseBody();
    const movements = await movementsOf(shop, order);
    const refuse = (problem: OfficeOrderParts["problem"], status: 400 | 409) =>
      c.html(show(order, movements, { problem }), status);

    const { kind } = form;
    const payment = payments.ofOrder(order.id).find(({ id }) => id === form["payment"]);
    const number = Number(form["number"]);
    const isNew = number === movements.length + 1;
    if (payment === undefined || !isKind(kind) || (!isNew && movements[number - 1] === undefined))
      return refuse("That form is not one of this page.", 400);
    const typed = typeof form["amount"] === "string" ? form["amount"].trim() : "";
    const amount = readAmount(typed, payment.currency);
    if (amount === undefined) {
      const example = toDecimalString(1450, payment.currency);
      const text = `That is not an amount in ${currencyName(payment.currency)}. Write it like ${example}.`;
      return refuse({ kind, amount: typed, text }, 400);
    }
    if (isNew) {
      const problem = whyNot(payment, movements, form);
      if (problem !== undefined) return refuse(problem, 409);
      const available = availableTo(kind, payment);
      if (amount === 0 || amount > available) {
        const [least, most, wanted] = [1, available, amount].map((each) => money(each, payment.currency));
        const text = `You can ${kind} from ${String(least)} to ${String(most)}, but not ${String(wanted)}.`;
        return refuse({ kind, amount: typed, text }, 400);
      }
      if (kind !== "capture" && form["confirmed"] !== "yes") {
        const parts = { payment, kind, number, doubtful: undefined };
        const body = confirmForm(parts, amount, form["checked"] === "yes", `/office/orders/${order.id}`);
        const title = `${titles[kind]} ${money(amount, payment.currency)} of order ${String(order.number)}?`;
        return c.html(page({ title, body, isOffice: true }));
      }
    }
    try {
      await moveMoney(shop, order, { kind, number, paymentId: payment.id, amount });
    } catch (error) {
      // Its number belongs to another movement: two windows asked for different things.
      if (!isPurseError(error) || error.code !== "invalid_argument") throw error;
      return refuse("Another movement was asked for since the page was shown. Nothing more was moved.", 409);
    }
    const notice = isNew ? "" : "notice=repeated&";
    return c.redirect(`/office/orders/${order.id}?${notice}asked=${String(number)}`, 303);
  });

  /** Opens an order again whose payment was begun, but never reached Purse. */
  app.post("/orders/:id/no-payment", async (c) => {
    const order = orders.find(c.req.param("id"));
    if (order === undefined) return c.notFound();
    const { checked, since } = await c.req.parseBody();
    // Another attempt may have begun since the page was shown.
    if (checked !== "yes" || since !== order.payingSince || !isOverdue(order)) {
      const problem =
        "Nothing was changed: what is known of this order has changed, or you have not checked.";
      return c.html(show(order, await movementsOf(shop, order), { problem }), 409);
    }
    orders.endPaying(order.id);
    return c.redirect(`/office/orders/${order.id}`, 303);
  });

  function show(
    order: Order,
    movements: readonly Movement[],
    said: Pick<OfficeOrderParts, "problem" | "isRepeated" | "asked" | "unread">,
  ): Html {
    const all = payments.ofOrder(order.id);
    return page({
      title: `Order ${String(order.number)}`,
      body: officeOrderPage({ order, state: stateOf(order, all), payments: all, movements, ...said }),
      isOffice: true,
    });
  }

  /**
   * Reads what Purse knows. If it does not answer, the page shows what the shop remembers, and says how old that is.
   *
   * @returns payments that could not be read.
   */
  async function refresh(order: Order): Promise<Unread[]> {
    const read = payments.ofOrder(order.id).map(async ({ id }) => {
      try {
        await learn(shop, await shop.purse.payments.retrieve(id, { deadlineMs: 5000 }));
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

/** Why nothing may be moved now, of any amount. */
function whyNot(
  payment: Payment,
  movements: readonly Movement[],
  { version, checked }: Readonly<Record<string, unknown>>,
): string | undefined {
  if (movements.some(({ paymentId, state }) => paymentId === payment.id && state === "open"))
    return "Another movement of this payment is not decided yet. Nothing was moved.";
  if (version !== versionOf(payment))
    return "The payment has changed since the page was shown. Nothing was moved; look at it again.";
  if (findDoubtful(payment, movements) !== undefined && checked !== "yes")
    return "Check with Purse first, and say so in the form. Nothing was moved.";
  return undefined;
}

/** Undefined when it is no amount of that currency. */
function readAmount(text: string, currency: string): number | undefined {
  try {
    return toMinorUnits(text, currency);
  } catch (error) {
    if (isPurseError(error)) return undefined;
    throw error;
  }
}

function isKind(kind: unknown): kind is MovementKind {
  return kind === "capture" || kind === "refund" || kind === "void";
}
