import { decodeJwt } from "jose/jwt/decode";
import { beforeEach, describe, expect, it } from "vitest";
import { createClientSession, getClientSession, redirectionParameter } from "../../generated/operations.js";
import type { ClientSession, CreateClientSessionRequest } from "../../generated/schema.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { connect, type Caller } from "../unit/simulator/caller.js";

let simulator: Simulator;
let caller: Caller;
let nowMs: number;
beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1);
  simulator = createSimulator({ clock: { nowMs: () => nowMs } });
  caller = await connect(simulator);
});

function pageUrl(sessionId: string, entityId = simulator.entityId): string {
  return `${simulator.baseUrl}/entities/${entityId}/sessions/${sessionId}`;
}

function submit(sessionId: string, form: Record<string, string>): Promise<Response> {
  return simulator.fetch(pageUrl(sessionId), {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
  });
}

async function showPage(changes: Partial<CreateClientSessionRequest>, headers = {}): Promise<string> {
  const { id } = await caller.createSession(changes);
  return (await simulator.fetch(pageUrl(id), { headers })).text();
}

function claimsIn(location: string | null): Record<string, unknown> {
  return decodeJwt(new URL(location ?? "").searchParams.get(redirectionParameter) ?? "");
}

async function readSession(id: string): Promise<ClientSession> {
  return (await (await caller.call(getClientSession, { id })).json()) as ClientSession;
}

describe("paying", () => {
  const form = { card_number: "4111111111111111", holder_name: "Ada", action: "pay" };

  it("makes one payment of two clicks, one after the other", async () => {
    const { id } = await caller.createSession();
    const [first, second] = [await submit(id, form), await submit(id, form)];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(claimsIn(second.headers.get("location"))).toEqual(claimsIn(first.headers.get("location")));
    expect(simulator.ledger.entries()).toHaveLength(1);
  });

  it("makes one payment of many clicks at the same time", async () => {
    const { id } = await caller.createSession();
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(id, form)));
    const payments = new Set(answers.map((answer) => claimsIn(answer.headers.get("location"))["payment_id"]));
    expect(payments.size).toBe(1);
    expect(simulator.ledger.entries()).toHaveLength(1);
  });

  it("sends a shopper who comes back to the page to the shop again", async () => {
    const { id } = await caller.createSession();
    const { redirectUrl } = await simulator.shopper.pay(id);
    const page = await simulator.fetch(pageUrl(id), { redirect: "manual" });
    expect(page.status).toBe(303);
    expect(claimsIn(page.headers.get("location"))).toEqual(claimsIn(redirectUrl));
  });

  it("keeps no more of the card number than its two ends", async () => {
    const payment = await caller.pay();
    expect(JSON.stringify(payment)).not.toMatch(/4111111111|1{7}/);
  });

  it("reports a refusal by the bank and moves nothing", async () => {
    const { id } = await caller.createSession();
    const { redirectUrl } = await simulator.shopper.refuse(id);
    const { payment_id: paymentId = "", status } = await readSession(id);
    expect(status).toBe("SUBMITTED");
    expect(claimsIn(redirectUrl)).toMatchObject({ payment_id: paymentId, authorization_status: "REFUSED" });
    const payment = await caller.read(paymentId);
    expect(payment.authorization.status).toBe("REFUSED");
    expect(Object.values(payment.amounts).every((amount) => amount === 0)).toBe(true);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("lets a card decide the outcome", async () => {
    const { id } = await caller.createSession();
    const { redirectUrl } = await simulator.shopper.pay(id, { card: "4000000000000002" });
    expect(claimsIn(redirectUrl)).toMatchObject({ authorization_status: "REFUSED" });
  });

  it("captures at once when the session says so", async () => {
    const payment = await caller.pay({ capture_mode: "AUTOMATIC" });
    expect(payment.amounts).toMatchObject({ total_captured: 5000, available_to_capture: 0 });
    expect(simulator.ledger.entries().map(({ kind }) => kind)).toEqual(["authorization", "capture"]);
  });

  it("asks again for a card that it does not know, without repeating it", async () => {
    const { id } = await caller.createSession();
    const answer = await submit(id, { ...form, card_number: "4242424242424242" });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('role="alert"');
    expect(page).not.toContain("4242424242424242");
    expect((await readSession(id)).status).toBe("CREATED");
  });
});

describe("not paying", () => {
  it("lets the shopper cancel", async () => {
    const { id } = await caller.createSession();
    const { redirectUrl } = await simulator.shopper.cancel(id);
    expect(claimsIn(redirectUrl)).toEqual({
      client_session_id: id,
      client_session_status: "ABORTED_BY_CUSTOMER",
    });
    expect((await readSession(id)).status).toBe("ABORTED_BY_CUSTOMER");
    await simulator.shopper.pay(id);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("does not let an expired session be paid", async () => {
    const { id, expires_at: expiresAt } = await caller.createSession();
    nowMs = Date.parse(expiresAt);
    const { redirectUrl } = await simulator.shopper.pay(id);
    expect(claimsIn(redirectUrl)).toEqual({ client_session_id: id, client_session_status: "EXPIRED" });
    expect((await submit(id, { card_number: "4111111111111111", action: "pay" })).status).toBe(303);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("knows neither other sessions nor other entities", async () => {
    const { id } = await caller.createSession();
    expect((await simulator.fetch(pageUrl(crypto.randomUUID()))).status).toBe(404);
    expect((await simulator.fetch(pageUrl(id, crypto.randomUUID()))).status).toBe(404);
    expect((await submit(id, { action: "steal" })).status).toBe(400);
  });
});

describe("the page", () => {
  it("escapes everything that the shop sends", async () => {
    const hostile = `"><script>alert('x')</script>&amp;`;
    const page = await showPage({
      order: {
        reference: hostile,
        net_amount: 5000,
        shipments: [
          { item_lines: [{ name: hostile, net_amount: 5000, quantity: 1 }, { sku_reference: hostile }] },
        ],
      },
      customer: { first_name: hostile, last_name: hostile, locale: hostile },
    });
    expect(page).not.toContain("<script");
    expect(page).not.toContain(hostile);
    expect(page.split("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;")).toHaveLength(6);
  });

  it("forbids itself everything but its own style", async () => {
    const { id } = await caller.createSession();
    const { headers } = await simulator.fetch(pageUrl(id));
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("content-security-policy")).not.toContain("form-action");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("shows the cart and the amount in the units of its currency", async () => {
    const order = {
      reference: "o",
      net_amount: 4299,
      shipments: [{ item_lines: [{ name: "Tea", quantity: 2, net_amount: 1050 }] }],
    };
    const euros = await showPage({ amount: 4299, order });
    expect(euros).toContain("€42.99");
    expect(euros).toContain("Tea × 2");
    expect(euros).toContain("€10.50");
    expect(await showPage({ amount: 4299, order, currency: "JPY" })).toContain("¥4,299");
  });

  it("speaks the shopper's language", async () => {
    expect(await showPage({ customer: { locale: "fr-FR" } })).toContain('<html lang="fr">');
    expect(await showPage({ customer: { locale: "fr_FR" } })).toContain("Payer 50,00");
    expect(await showPage({ customer: { locale: "en-GB" } }, { "accept-language": "fr" })).toContain(
      'lang="en"',
    );
    expect(await showPage({}, { "accept-language": "fr-CA,en;q=0.5" })).toContain('lang="fr"');
    expect(await showPage({})).toContain('lang="en"');
  });

  it("names every input", async () => {
    const page = await showPage({});
    const inputs = [...page.matchAll(/<input id="(\w+)"/g)].map(([, id]) => id);
    expect(inputs).toHaveLength(2);
    for (const id of inputs) expect(page).toContain(`<label for="${id ?? ""}">`);
  });

  it("is offered only for sessions that ask for it, but works for all", async () => {
    const embedded = await caller.createSession();
    expect(embedded.links.hosted_page).toBeUndefined();
    expect((await simulator.fetch(pageUrl(embedded.id))).status).toBe(200);
  });

  it("leaves the shop's own address as it was", async () => {
    for (const [url, start] of [
      ["https://shop.example/a", "https://shop.example/a?"],
      ["https://shop.example/?a=b%20c&d", "https://shop.example/?a=b%20c&d&"],
    ] as const) {
      const { id } = await caller.createSession({ shopper_redirection_url: url });
      const { redirectUrl } = await simulator.shopper.pay(id);
      expect(redirectUrl.startsWith(`${start}${redirectionParameter}=ey`)).toBe(true);
    }
  });

  it("is described by the session alone: a failed creation leaves no page", async () => {
    const before = simulator.requests().length;
    await caller.call(createClientSession, { body: {} });
    expect(simulator.requests().slice(before)).toMatchObject([{ status: 400 }]);
  });
});
