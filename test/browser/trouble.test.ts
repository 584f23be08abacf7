import { afterEach, expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { move, order, orderIdOf, pay, seeState } from "./steps.js";

describeInBrowser("a shop in trouble", () => {
  const stage = useStage();

  afterEach(() => {
    stage.simulator.faults.clear();
  });

  it("is bought from under another name of the machine", async () => {
    const page = await stage.open({ baseURL: stage.shopUrl.replace("127.0.0.1", "localhost") });
    await order(page);
    await pay(page);
    await seeState(page, "paid");
    expect(page.url()).toBe(`${stage.shopUrl}/orders/${orderIdOf(page)}`);
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("leads to the order that was placed while Purse was away, where it can be paid", async () => {
    const fault = stage.simulator.faults.add({
      kind: "error_before",
      operation: "createClientSession",
      times: "always",
    });
    const page = await stage.open();
    await page.goto("/products/sencha");
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByRole("button", { name: /^Order and pay/ }).click();
    await page.getByRole("heading", { name: "Sorry" }).waitFor();
    const wayOn = page.getByRole("link", { name: /^go on with order \d+$/ });
    const address = await wayOn.getAttribute("href");
    await wayOn.click();
    await seeState(page, "unpaid");
    // Still away: the way on is the same order's again.
    await page.getByRole("button", { name: "Pay here" }).click();
    await page.getByRole("heading", { name: "Sorry" }).waitFor();
    expect(await wayOn.getAttribute("href")).toBe(address);
    stage.simulator.faults.clear(fault.id);
    await wayOn.click();
    await page.getByRole("button", { name: "Pay on the payment page" }).click();
    await page.waitForURL(/\/sessions\//);
    await pay(page);
    await seeState(page, "paid");
    await page.goto("/orders");
    expect(await page.getByRole("link", { name: /^Order/ }).count()).toBe(1);
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("ends no payment page that is open, and opens no session, for a link to the widget", async () => {
    const page = await stage.open();
    await order(page);
    const other = await page.context().newPage();
    await other.goto("/orders");
    await other.getByRole("link", { name: /^Order/ }).click();
    const path = new URL(other.url()).pathname;
    const changes = (): number => stage.simulator.requests().filter(({ method }) => method !== "GET").length;
    const before = changes();
    await other.goto(`${path}/pay`);
    await other.getByRole("button", { name: "Pay here" }).waitFor();
    expect(new URL(other.url()).pathname).toBe(path);
    expect(changes()).toBe(before);
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("shows the widget again after a reload, with the same session", async () => {
    const page = await stage.open();
    await order(page, "sencha", "Here in the shop");
    const widget = page.locator("#purse-widget");
    const data = await widget.getAttribute("data-widget");
    await page.reload();
    await page.getByLabel("Card number").waitFor();
    expect(await widget.getAttribute("data-widget")).toBe(data);
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  for (const [status, words] of [
    [503, "Purse did not answer."],
    [404, "Purse says that it does not know the payment."],
  ] as const) {
    it(`says in the back office how old its figures are when Purse answers ${String(status)}`, async () => {
      const page = await stage.open();
      await order(page);
      await pay(page);
      const office = await stage.openOffice();
      await office.goto(`/office/orders/${orderIdOf(page)}`);
      expect(await office.getByRole("alert").count()).toBe(0);
      stage.simulator.faults.add({ kind: "error_before", operation: "getPayment", status, times: "always" });
      await office.reload();
      const told = await office.getByRole("alert").innerText();
      expect(told).toMatch(/^These figures are as of \d+ \w+ \d{4}, \d\d:\d\d UTC; /);
      expect(told).toContain(words);
      const readAt = await office.getByRole("alert").locator("time").getAttribute("datetime");
      expect(Date.now() - Date.parse(readAt ?? "")).toBeLessThan(120_000);
      stage.simulator.faults.clear();
      await office.reload();
      await office.getByText("Authorized", { exact: true }).waitFor();
      expect(await office.getByRole("alert").count()).toBe(0);
    });
  }

  it("announces what was refused, with the amount as people write it", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page);
    const office = await stage.openOffice();
    await office.goto(`/office/orders/${orderIdOf(page)}`);
    stage.simulator.faults.add({ kind: "bad_request", operation: "capturePayment" });
    await move(office, "Capture", "5.00");
    const told = await office.getByRole("alert").innerText();
    expect(told).toMatch(
      /^The capture of €5\.00 was not done\. Purse refused it: bad request\. Nothing was moved\./,
    );
    await move(office, "Capture", "14.50");
    await seeState(office, "captured");
    expect(await office.getByRole("alert").count()).toBe(0);
    stage.simulator.faults.add({ kind: "bad_request", operation: "refundPayment" });
    await move(office, "Refund", "2.00");
    expect(await office.getByRole("alert").innerText()).toMatch(/^The refund of €2\.00 was not done/);
    expect(stage.movements()).toEqual(["authorization 1450", "capture 1450"]);
  });
});
