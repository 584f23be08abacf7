import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Movement } from "purse-payments/journal";
import { failureNotice } from "../../examples/shop/pages/office-notices.js";
import { officeOrderPage } from "../../examples/shop/pages/office.js";
import { officeRoutes } from "../../examples/shop/routes/office.js";
import type { Order } from "../../examples/shop/store/orders.js";
import { openShop, type ShopInProcess } from "./shop-in-process.js";

type Kind = "capture" | "refund" | "void";

let here: ShopInProcess;
/** How long a fate may stay unclear. */
const doubtAfterMs = 200;
/** What every request fails with before it reaches Purse, while it is set. */
let outage: (() => Error) | undefined;

beforeEach(() => {
  outage = undefined;
  const fail = (): void => {
    if (outage !== undefined) throw outage();
  };
  here = openShop(undefined, fail, doubtAfterMs);
});

afterEach(() => here.close());

function request(path: string, form?: URLSearchParams): Promise<Response> {
  const headers = { authorization: `Basic ${btoa(`office:${here.shop.settings.officePassword}`)}` };
  const init = form === undefined ? {} : { method: "POST", body: form };
  return Promise.resolve(officeRoutes(here.shop).request(path, { ...init, headers }));
}

async function show(order: Order): Promise<string> {
  return (await request(`/orders/${order.id}`)).text();
}

/** The form of the page for that movement, as it would be sent. */
async function formFor(order: Order, kind: Kind, amount: string): Promise<URLSearchParams> {
  const form = new RegExp(`<form[^>]*>(?:(?!</form>)[^])*name="kind" value="${kind}"[^]*?</form>`).exec(
    await show(order),
  );
  const fields = [...(form?.[0] ?? "").matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const values = fields.map(([, name = "", value = ""]): [string, string] => [name, value]);
  return new URLSearchParams([...values, ["amount", amount], ["confirmed", "yes"]]);
}

/** Passes of the journal until the page says so. */
async function shows(order: Order, text: string): Promise<string> {
  return vi.waitFor(async () => {
    await here.resume();
    const page = await show(order);
    expect(page).toContain(text);
    return page;
  });
}

/** Requests to Purse that may move money. */
function asked(): number {
  return here.simulator.requests().filter(({ path }) => /\/(?:captures|refunds|voids)$/.test(path)).length;
}

async function send(order: Order, form: URLSearchParams): Promise<number> {
  return (await request(`/orders/${order.id}`, form)).status;
}

const unreachable = (): Error =>
  new TypeError("fetch failed", {
    cause: Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
  });

describe("the back office", () => {
  it("does not take an outage in the first request for a refusal", async () => {
    const order = here.placeOrder();
    await here.pay(order);
    const form = await formFor(order, "capture", "5.00");
    outage = unreachable;
    expect(await send(order, form)).toBe(303);
    expect(await show(order)).toContain('data-movement="open"');
    outage = undefined;
    await vi.waitFor(async () => {
      await here.resume();
      expect(here.moved()).toEqual(["authorization 2100", "capture 500"]);
    });
    expect(await show(order)).not.toContain('data-movement="open"');
  });

  it.each([401, 429, 503])("does not take a first answer of %s for a refusal", async (status) => {
    const order = here.placeOrder();
    await here.pay(order);
    const form = await formFor(order, "capture", "5.00");
    here.simulator.faults.add({ kind: "error_before", operation: "capturePayment", status, times: 2 });
    expect(await send(order, form)).toBe(303);
    expect(await show(order)).toContain('data-movement="open"');
    here.simulator.faults.clear();
    await vi.waitFor(async () => {
      await here.resume();
      expect(here.moved()).toEqual(["authorization 2100", "capture 500"]);
    });
  });

  it("moves nothing else while it does not know what became of the last movement", async () => {
    const order = here.placeOrder();
    await here.pay(order);
    const form = await formFor(order, "capture", "5.00");
    here.simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    const lag = here.simulator.faults.add({ kind: "stale_read", times: "always" });
    expect(await send(order, form)).toBe(303);
    const page = await show(order);
    expect(page).toContain("Nothing more can be moved");
    expect(page).not.toContain("<button>Capture");
    const other = new URLSearchParams(form);
    other.set("number", "2");
    expect(await send(order, other)).toBe(409);
    here.simulator.faults.clear(lag.id);
    await shows(order, 'data-movement="succeeded"');
    expect(here.moved()).toEqual(["authorization 2100", "capture 500"]);
  });

  it("refuses the number of another movement, and moves nothing for it", async () => {
    const order = here.placeOrder();
    await here.pay(order);
    const [capture, release] = [
      await formFor(order, "capture", "5.00"),
      await formFor(order, "void", "6.00"),
    ];
    expect(await send(order, capture)).toBe(303);
    expect(await send(order, release)).toBe(409);
    capture.set("amount", "6.00");
    expect(await send(order, capture)).toBe(409);
    expect(here.moved()).toEqual(["authorization 2100", "capture 500"]);
  });

  it("waits for a person to check with Purse before anything else, once it has given up", async () => {
    const order = here.placeOrder();
    await here.pay(order);
    const form = await formFor(order, "capture", "5.00");
    here.simulator.faults.add({ kind: "drop_before", operation: "capturePayment" });
    const refusal = here.simulator.faults.add({
      kind: "bad_request",
      operation: "capturePayment",
      times: "always",
    });
    expect(await send(order, form)).toBe(303);
    const page = await shows(order, 'data-movement="in_doubt"');
    expect(page).toContain("may or may not");
    // Each of the two forms, to capture and to void, waits for a person to say that Purse was asked.
    expect(page.match(/<input type="checkbox" name="checked" value="yes" required/g)).toHaveLength(2);
    expect(await (await request("/")).text()).toMatch(/Needs attention[^]*1001[^]*in doubt/);

    here.simulator.faults.clear(refusal.id);
    const next = await formFor(order, "capture", "5.00");
    expect(await send(order, next)).toBe(409);
    expect(here.moved()).toEqual(["authorization 2100"]);
    next.set("checked", "yes");
    expect(await send(order, next)).toBe(303);
    expect(here.moved()).toEqual(["authorization 2100", "capture 500"]);
  });

  it("lists what is in doubt however many there are, until a person has checked", async () => {
    const order = here.placeOrder();
    await here.pay(order);
    const form = await formFor(order, "capture", "5.00");
    here.simulator.faults.add({ kind: "drop_before", operation: "capturePayment" });
    const refusal = here.simulator.faults.add({
      kind: "bad_request",
      operation: "capturePayment",
      times: "always",
    });
    await send(order, form);
    await shows(order, 'data-movement="in_doubt"');
    here.simulator.faults.clear(refusal.id);
    here.database.exec(`create temp table older as select * from purse_journal where topic = 'movement'`);
    for (let number = 1; number <= 100; number++) {
      here.database.exec(`update older set id = '${String(number)}/1', created_at_ms = 0;
        insert into purse_journal select * from older`);
    }
    expect(await (await request("/")).text()).toMatch(/Needs attention[^]*1001[^]*in doubt/);

    const next = await formFor(order, "capture", "5.00");
    next.set("checked", "yes");
    expect(await send(order, next)).toBe(303);
    expect(await (await request("/")).text()).not.toContain("in doubt");
  });

  it("tells that a capture was done in part", async () => {
    const order = here.placeOrder();
    const id = await here.pay(order, { giftCardAmount: 500 });
    here.simulator.partners.next("conflict", { kind: "capture" });
    const movement = await here.move(order, id, "capture", 2100);
    expect(movement).toMatchObject({ state: "failed", operationStatus: "CONFLICT" });
    const notice = String(await failureNotice(movement, here.shop.payments.ofOrder(order.id)));
    expect(notice).toContain("The capture of €21.00 was done in part only; look at its shares below.");
    expect(notice).not.toContain("not done");
  });

  it("shows a movement in the currency of its payment", async () => {
    const order = here.placeOrder();
    const id = await here.pay(order);
    const movements: Movement[] = [await here.move(order, id, "capture", 2100)];
    const payments = here.shop.payments.ofOrder(order.id).map((each) => ({ ...each, currency: "JPY" }));
    const page = String(await officeOrderPage({ order, state: "to be checked", payments, movements }));
    expect(page).toMatch(/data-movement[^]*¥2,100/);
  });

  it("closes what was given up when the payment shows it after all", async () => {
    const order = here.placeOrder();
    await here.pay(order);
    const form = await formFor(order, "capture", "5.00");
    here.simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
    const lag = here.simulator.faults.add({ kind: "stale_read", times: "always" });
    const refusal = here.simulator.faults.add({
      kind: "bad_request",
      operation: "capturePayment",
      times: "always",
    });
    await send(order, form);
    await shows(order, 'data-movement="in_doubt"');
    here.simulator.faults.clear(refusal.id);
    here.simulator.faults.clear(lag.id);
    const page = await shows(order, 'data-movement="succeeded"');
    expect(page).not.toContain("checkbox");
    expect(await (await request("/")).text()).not.toContain("in doubt");
    expect(here.moved()).toEqual(["authorization 2100", "capture 500"]);
  });

  it("does not doubt a refusal of what was asked for once", async () => {
    const order = here.placeOrder();
    await here.pay(order);
    here.simulator.faults.add({ kind: "bad_request", operation: "capturePayment" });
    await send(order, await formFor(order, "capture", "5.00"));
    const page = await show(order);
    expect(page).toContain('data-movement="refused"');
    expect(page).toContain("Purse refused it: bad request. Nothing was moved.");
    expect(page).not.toContain("checkbox");
  });

  it.each([
    ["21.01", "You can capture from €0.01 to €21.00, but not €21.01."],
    ["0", "You can capture from €0.01 to €21.00, but not €0.00."],
    ["a lot", "That is not an amount in euros. Write it like 14.50."],
    ["14,50", "That is not an amount in euros. Write it like 14.50."],
    ["-1", "That is not an amount in euros. Write it like 14.50."],
  ])("asks Purse for nothing when the amount is %s", async (amount, told) => {
    const order = here.placeOrder();
    await here.pay(order);
    const answer = await request(`/orders/${order.id}`, await formFor(order, "capture", amount));
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(page).toContain(told);
    expect(page).toContain(`value="${amount}"`);
    expect(asked()).toBe(0);
  });

  it.each(["refund", "void"] as const)("asks once more before a %s", async (kind) => {
    const order = here.placeOrder();
    await here.pay(order);
    await send(order, await formFor(order, "capture", "5.00"));
    const form = await formFor(order, kind, "4.50");
    form.delete("confirmed");
    const before = asked();
    expect(before).toBe(1);
    const answer = await request(`/orders/${order.id}`, form);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/€4\.50 of order 1001\?[^]*This can't be undone/);
    expect(asked()).toBe(before);
  });

  it("shows gift card and card as lines of their own, also of what was captured", async () => {
    const order = here.placeOrder();
    await here.pay(order, { giftCardAmount: 500 });
    await send(order, await formFor(order, "capture", "9.00"));
    const page = (await show(order)).replaceAll(/<[^>]+>|\s+/g, " ").replaceAll(/ +/g, " ");
    expect(page).toMatch(
      /Paid with (?:Gift card authorized €5\.00 )?Card ending in \d{4} authorized €16\.00/,
    );
    expect(page).toMatch(/Capture success .*€9\.00 .*Gift card success €5\.00/);
    expect(page).toContain("Gift card authorized €5.00");
  });

  it("lists first what needs a person, then what can be captured, then the rest", async () => {
    here.placeOrder(); // 1001, not paid.
    await here.pay(here.placeOrder()); // 1002
    const odd = here.placeOrder(); // 1003, cancelled and paid all the same.
    await here.pay(odd);
    here.shop.orders.cancel(odd.id);
    here.placeOrder(); // 1004
    const list = (await (await request("/")).text()).replaceAll(/\s+/g, " ");
    const seen = [...list.matchAll(/<h2[^>]*> ?([^<]+?) ?<|>(\d{4})<\/a>/g)].map(
      ([, title, order]) => title ?? order,
    );
    expect(seen).toEqual([
      "Needs attention",
      "1003",
      "Authorized, ready to capture",
      "1002",
      "Other orders",
      "1004",
      "1001",
    ]);
  });

  it("refunds once for a double click", async () => {
    const order = here.placeOrder();
    await here.pay(order);
    expect(await send(order, await formFor(order, "capture", "21.00"))).toBe(303);
    const form = await formFor(order, "refund", "5.00");
    await Promise.all([send(order, form), send(order, form)]);
    expect(await send(order, form)).toBe(303);
    expect(here.moved()).toEqual(["authorization 2100", "capture 2100", "refund 500"]);
  });
});
