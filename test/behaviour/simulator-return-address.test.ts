import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { simulate, smallOrderTo, type Simulated } from "../support/simulated.js";

/** The payment page and the widget redirect browsers only to http and https URLs. */

let simulated: Simulated;

beforeEach(() => {
  simulated = simulate();
});

afterEach(() => simulated.simulator.close());

const foreign = [
  "javascript:alert(document.domain)//",
  "JavaScript:alert(1)",
  "javascript://shop.example/%0aalert(1)",
  "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E",
  "vbscript:msgbox(1)",
  "file:///etc/passwd",
  "blob:https://shop.example/5e3a0862",
  "shop-app://return",
  "intent://return#Intent;scheme=shop-app;end",
  "ftp://shop.example/return",
  "mailto:shop@shop.example",
];

function pageOf(sessionId: string): { page: string; widget: string } {
  const { baseUrl, entityId } = simulated.simulator;
  const path = `/entities/${entityId}/sessions/${sessionId}`;
  return { page: baseUrl + path, widget: `${baseUrl}/widget${path}` };
}

describe.each(foreign)("a session with the return URL %s", (address) => {
  it("cannot be paid on the page, which does not redirect", async () => {
    const { simulator, purse } = simulated;
    const { id } = await purse.clientSessions.create(smallOrderTo(address));
    const { page } = pageOf(id);
    const body = new URLSearchParams({ action: "pay" });
    for (const init of [
      {},
      { method: "POST", body },
      { method: "POST", body: new URLSearchParams({ action: "cancel" }) },
    ]) {
      const answer = await simulator.fetch(page, init);
      expect([answer.status, answer.headers.get("location")]).toEqual([422, null]);
      const html = await answer.text();
      expect(html).toContain("shopper_redirection_url");
      expect(html).not.toContain("<form");
    }
    await expect(simulator.shopper.pay(id)).rejects.toThrow("422");
    expect(simulator.ledger.entries()).toEqual([]);
    expect((await purse.clientSessions.retrieve(id)).status).toBe("CREATED");
  });

  it("cannot be paid in the widget, which does not redirect", async () => {
    const { simulator, purse } = simulated;
    const { id } = await purse.clientSessions.create(smallOrderTo(address));
    const { widget } = pageOf(id);
    const shown = await simulator.fetch(widget);
    const paid = await simulator.fetch(widget, {
      method: "POST",
      body: new URLSearchParams({ action: "pay" }),
    });
    for (const answer of [shown, paid]) {
      expect(answer.status).toBe(400);
      const text = await answer.text();
      expect(text).toContain("shopper_redirection_url");
      expect(text).not.toContain('redirect_url"');
      expect(text).not.toContain(address.slice(0, 12));
    }
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("does not redirect from a payment link", async () => {
    const { simulator, purse } = simulated;
    const link = await purse.paymentLinks.create(smallOrderTo(address));
    await expect(simulator.shopper.payLink(link.id ?? "")).rejects.toThrow("422");
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("does not redirect when paid in a loaded state", async () => {
    const { simulator, purse } = simulated;
    const { id } = await purse.clientSessions.create(smallOrderTo("https://shop.example/return"));
    await simulator.shopper.pay(id);
    const text = JSON.stringify(simulator.dump());
    simulator.load(
      JSON.parse(text.replaceAll("https://shop.example/return", address)) as ReturnType<
        typeof simulator.dump
      >,
    );
    const { page, widget } = pageOf(id);
    expect((await simulator.fetch(page)).headers.get("location")).toBeNull();
    const paid = await simulator.fetch(widget, {
      method: "POST",
      body: new URLSearchParams({ action: "pay" }),
    });
    expect(await paid.text()).not.toContain(address.slice(0, 12));
  });
});

it.each([
  "http://127.0.0.1:3000/return",
  "https://shop.example/return?order_id=1#top",
  "HTTPS://SHOP.EXAMPLE/return",
])("still redirects to %s", async (address) => {
  const { simulator, purse } = simulated;
  const { id } = await purse.clientSessions.create(smallOrderTo(address));
  const { redirectUrl } = await simulator.shopper.pay(id);
  expect(redirectUrl.startsWith(address.split("#")[0] ?? "")).toBe(true);
  expect(simulator.ledger.entries()).toHaveLength(1);
});
