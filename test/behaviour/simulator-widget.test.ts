import { beforeEach, describe, expect, it } from "vitest";
import { createSimulator, testCards, type Simulator } from "../../src/simulator/index.js";
import { connect, type Caller } from "../unit/simulator/caller.js";

let simulator: Simulator;
let caller: Caller;
beforeEach(async () => {
  simulator = createSimulator();
  caller = await connect(simulator);
});

const shop = { origin: "https://shop.example" };
const url = (sessionId: string, entityId = simulator.entityId): string =>
  `${simulator.baseUrl}/widget/entities/${entityId}/sessions/${sessionId}`;

function submit(sessionId: string, form: Record<string, string>): Promise<Response> {
  return simulator.fetch(url(sessionId), { method: "POST", headers: shop, body: new URLSearchParams(form) });
}

const form = {
  card_number: testCards.approved.number,
  expiry: "12/99",
  security_code: "123",
  holder_name: "Ada",
  gift_card_amount: "",
};

it("is served at js_url, for pages of any origin", async () => {
  const { widget } = await caller.createSession();
  const response = await simulator.fetch(widget.js_url, { headers: shop });
  expect(response.headers.get("content-type")).toContain("javascript");
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(response.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  const script = await response.text();
  expect(script).not.toMatch(/\beval\(|new Function|innerHTML|document\.write/);
  // It must be a script that sets the documented global.
  const page: { Purse?: { createDropinCheckout?: unknown } } = {};
  new Function("window", script)(page); // eslint-disable-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it runs as browsers would run it
  expect(page.Purse?.createDropinCheckout).toBeTypeOf("function");
});

it("allows other origins on widget endpoints only", async () => {
  const { id } = await caller.createSession();
  const preflight = await simulator.fetch(url(id), { method: "OPTIONS", headers: shop });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-methods")).toBe("GET, POST");
  for (const response of [preflight, await simulator.fetch(url(id)), await submit(id, form)]) {
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
  }
  for (const path of ["/payment/v2/signing-jwks", `/entities/${simulator.entityId}/sessions/${id}`]) {
    const { headers } = await simulator.fetch(simulator.baseUrl + path, {
      headers: shop,
      redirect: "manual",
    });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
});

it("returns the amount and texts in the shopper's language", async () => {
  const { id } = await caller.createSession({ customer: { first_name: "Zoé", locale: "fr-FR" } });
  const shown = (await (await simulator.fetch(url(id))).json()) as Record<string, unknown>;
  expect(shown).toMatchObject({ state: "open", reference: "order-1", suggested: { holder: "Zoé" } });
  expect(String(shown["amount"])).toMatch(/^50,00\s€$/);
});

describe("paying", () => {
  it("redirects to the shop with a signed token, and pays once", async () => {
    const { id } = await caller.createSession();
    const answers = await Promise.all([1, 2, 3].map(() => submit(id, form)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { redirect_url: back } = (await answers[0]?.json()) as { redirect_url: string };
    expect(back).toMatch(/^https:\/\/shop\.example\/return\?order=1&purse-redirection-data=ey/);
    expect(simulator.ledger.entries()).toMatchObject([{ kind: "authorization", amount: 5000 }]);
  });

  it("splits between a gift card and the card", async () => {
    const { id } = await caller.createSession();
    await submit(id, { ...form, gift_card_amount: "20,5" });
    const paymentId = simulator.dump().state.sessions[id]?.paymentId ?? "";
    expect((await caller.read(paymentId)).split).toMatchObject([
      { method: "giftcard", amount: 2050 },
      { method: "creditcard", amount: 2950 },
    ]);
  });

  it("reports every invalid field, echoes nothing, and pays nothing", async () => {
    const { id } = await caller.createSession();
    const wrong = {
      card_number: "4242424242424242",
      expiry: "01/20",
      security_code: "x",
      gift_card_amount: "50.01",
    };
    const answer = await submit(id, wrong);
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({ faults: { card: true, expiry: true, code: true, giftCard: true } });
    expect(text).not.toContain("4242");
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("reports that the session is expired or closed", async () => {
    const { id } = await caller.createSession();
    await simulator.shopper.cancel(id);
    const cancelled = await submit(id, form);
    expect([cancelled.status, await cancelled.json()]).toMatchObject([409, { state: "closed" }]);
    const late = await caller.createSession();
    await simulator.clock.advance({ hours: 1 });
    expect(await (await simulator.fetch(url(late.id))).json()).toMatchObject({ state: "expired" });
    expect((await submit(late.id, form)).status).toBe(409);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("answers 404 for other sessions and entities, and accepts only forms", async () => {
    const { id } = await caller.createSession();
    expect((await simulator.fetch(url(crypto.randomUUID()))).status).toBe(404);
    expect((await simulator.fetch(url(id, crypto.randomUUID()))).status).toBe(404);
    const json = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
    expect((await simulator.fetch(url(id), json)).status).toBe(400);
  });
});
