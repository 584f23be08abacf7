import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { formOf, move, order, orderIdOf, pay, seeState } from "./steps.js";

describeInBrowser("money that moves once", () => {
  const stage = useStage();

  /** The back office's page of an order that was just paid. */
  async function openPaidOrder(): Promise<Page> {
    const page = await stage.open();
    await order(page);
    await pay(page);
    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    return office;
  }

  it("places one order when the shopper clicks twice", async () => {
    const page = await stage.open();
    await page.goto("/products/sencha");
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByRole("button", { name: /^Order and pay/ }).dblclick();
    await page.waitForURL(/\/sessions\//);
    await page.goto("/orders");
    expect(await page.getByRole("link", { name: /^Order/ }).count()).toBe(1);
  });

  it("charges once when the shopper clicks twice on the payment page", async () => {
    const page = await stage.open();
    await order(page);
    await page.getByRole("button", { name: /^Pay €/ }).dblclick({ noWaitAfter: true });
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("charges once when the shopper clicks twice in the widget", async () => {
    const page = await stage.open();
    await order(page, "sencha", "Here in the shop");
    await page.getByRole("button", { name: /^Pay €/ }).dblclick({ noWaitAfter: true });
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("places one order of a new shopper when the form arrives twice at the same time", async () => {
    const page = await stage.open();
    await page.goto("/products/sencha");
    await page.getByRole("button", { name: "Add to cart" }).click();
    const id = await page.locator("[name=order]").inputValue();
    const send = () =>
      page.request.post("/checkout", {
        form: { order: id, place: "HOSTED_PAGE" },
        headers: { origin: stage.shopUrl },
        maxRedirects: 0,
      });
    const answers = await Promise.all([send(), send()]);
    const [first, second] = answers.map((answer) => answer.headers()["location"]);
    expect(first).toMatch(/\/sessions\//);
    expect(second).toBe(first);
    await page.goto("/orders");
    expect(await page.getByRole("link", { name: /^Order/ }).count()).toBe(1);
  });

  it("captures once for a double click", async () => {
    const office = await openPaidOrder();
    const form = formOf(office, "Capture");
    await form.getByRole("textbox").fill("5.00");
    await form.getByRole("button").dblclick();
    await office.locator("[data-movement]").waitFor();
    await office.reload();
    expect(await office.locator("[data-movement]").count()).toBe(1);
    expect(stage.movements()).toEqual(["authorization 1450", "capture 500"]);
  });

  it("captures once when the form arrives twice at the same time", async () => {
    const office = await openPaidOrder();
    const form = formOf(office, "Capture");
    await form.getByRole("textbox").fill("5.00");
    await sendTwice(form);
    await office.reload();
    expect(await office.locator("[data-movement]").count()).toBe(1);
    expect(stage.movements()).toEqual(["authorization 1450", "capture 500"]);
  });

  it("refunds once for a double click", async () => {
    const office = await openPaidOrder();
    await move(office, "Capture");
    await formOf(office, "Refund").getByRole("textbox").fill("5.00");
    await formOf(office, "Refund").getByRole("button").click();
    await office.getByRole("button", { name: "Refund €5.00" }).dblclick();
    await office.locator("[data-movement]").nth(1).waitFor();
    await office.reload();
    expect(await office.locator("[data-movement]").count()).toBe(2);
    expect(stage.movements()).toEqual(["authorization 1450", "capture 1450", "refund 500"]);
  });

  it("captures nothing more when the same form is sent again, and says so", async () => {
    const office = await openPaidOrder();
    const sent = office.waitForRequest((request) => request.method() === "POST");
    await move(office, "Capture", "5.00");
    const form = (await sent).postData() ?? "";
    expect(form).toContain("amount=5.00");

    // "Back" brings a new form, for what is left.
    await office.goto("/office");
    await office.goBack();
    await office.locator("[data-movement]").waitFor();
    expect(await formOf(office, "Capture").getByRole("textbox").inputValue()).toBe("9.50");
    const number = await formOf(office, "Capture").locator("[name=number]").inputValue();
    expect([form.includes("number=1&"), number]).toEqual([true, "2"]);

    // A browser that kept the old page sends the old form.
    const answer = await office.evaluate(async (body) => {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return (await fetch(location.pathname, { method: "POST", body, headers })).text();
    }, form);
    expect(answer).toContain("That form had been sent before");
    await office.reload();
    expect(await office.locator("[data-movement]").count()).toBe(1);
    expect(stage.movements()).toEqual(["authorization 1450", "capture 500"]);
  });

  it("charges once in two tabs on the payment page", async () => {
    const page = await stage.open();
    await order(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    const both = [page, other].map((tab) =>
      tab.getByRole("button", { name: /^Pay €/ }).click({ noWaitAfter: true }),
    );
    await Promise.all(both);
    await Promise.all([seeState(page, "paid"), seeState(other, "paid")]);
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("opens one session when two tabs go to pay at the same time", async () => {
    const page = await stage.open();
    await order(page);
    await page.getByRole("button", { name: "Cancel" }).click();
    await seeState(page, "unpaid");
    const other = await page.context().newPage();
    await other.goto(page.url());
    await Promise.all(
      [page, other].map((tab) => tab.getByRole("button", { name: "Pay on the payment page" }).click()),
    );
    await Promise.all([page, other].map((tab) => tab.waitForURL(/\/sessions\//)));
    expect(other.url()).toBe(page.url());
    await pay(page);
    await pay(other);
    await seeState(other, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("charges once with the payment page in one tab and the widget in another", async () => {
    const page = await stage.open();
    await order(page);
    const other = await page.context().newPage();
    await other.goto("/orders");
    await other.getByRole("link", { name: /^Order/ }).click();
    await other.getByRole("button", { name: "Pay here" }).click();
    await other.getByLabel("Card number").waitFor();
    // The widget's session has ended the first one: this tab is led back, and nothing is charged.
    await pay(page);
    await seeState(page, "unpaid");
    expect(stage.movements()).toEqual([]);
    await pay(other);
    await Promise.all([seeState(page, "paid"), seeState(other, "paid")]);
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("does not send a shopper to pay who has paid", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page);
    await page.goto(`/orders/${orderIdOf(page)}/pay`);
    await page.getByText("There is nothing to pay").waitFor();
    await seeState(page, "paid");
  });
});

/** Sends a form as a double click does where no script prevents it. */
async function sendTwice(form: Locator): Promise<void> {
  await form.evaluate(async (element: HTMLFormElement) => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(element)) if (typeof value === "string") body.set(name, value);
    const send = () => fetch(element.action, { method: "POST", body, redirect: "manual" });
    await Promise.all([send(), send()]);
  });
}
