import { decodeJwt } from "jose/jwt/decode";
import { beforeEach, describe, expect, it } from "vitest";
import { createClientSession, createPaymentLink, getClientSession } from "../../generated/operations.js";
import { redirectionParameter } from "../../generated/redirection.js";
import type { ClientSession, CreateClientSessionRequest, PaymentLink } from "../../generated/schema.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { connect, sessionRequest, type Caller } from "../unit/simulator/caller.js";

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

  it("makes one payment from two clicks in sequence", async () => {
    const { id } = await caller.createSession();
    const [first, second] = [await submit(id, form), await submit(id, form)];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(claimsIn(second.headers.get("location"))).toEqual(claimsIn(first.headers.get("location")));
    expect(simulator.ledger.entries()).toHaveLength(1);
  });

  it("makes one payment from many simultaneous clicks", async () => {
    const { id } = await caller.createSession();
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(id, form)));
    const payments = new Set(answers.map((answer) => claimsIn(answer.headers.get("location"))["payment_id"]));
    expect(payments.size).toBe(1);
    expect(simulator.ledger.entries()).toHaveLength(1);
  });

  it("redirects a shopper who returns to the page after paying", async () => {
    const { id } = await caller.createSession();
    const { redirectUrl } = await simulator.shopper.pay(id);
    const page = await simulator.fetch(pageUrl(id), { redirect: "manual" });
    expect(page.status).toBe(303);
    expect(claimsIn(page.headers.get("location"))).toEqual(claimsIn(redirectUrl));
  });

  it("keeps only the first six and last four digits of the card number", async () => {
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

  it("captures immediately with automatic capture", async () => {
    const payment = await caller.pay({ capture_mode: "AUTOMATIC" });
    expect(payment.amounts).toMatchObject({ total_captured: 5000, available_to_capture: 0 });
    expect(simulator.ledger.entries().map(({ kind }) => kind)).toEqual(["authorization", "capture"]);
  });

  it("refuses an unknown card number without echoing it", async () => {
    const { id } = await caller.createSession();
    const answer = await submit(id, { ...form, card_number: "4242424242424242" });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('role="alert"');
    expect(page).not.toContain("4242424242424242");
    expect((await readSession(id)).status).toBe("CREATED");
  });
});

describe("part payment by gift card", () => {
  const form = { card_number: "4111111111111111", holder_name: "Ada", action: "pay" };
  const splitOf = async (id: string): Promise<unknown> => {
    const { payment_id: paymentId = "" } = await readSession(id);
    return (await caller.read(paymentId)).split.map(({ method, amount }) => [method, amount]);
  };

  it.each([
    ["20", [["giftcard", 2000], ["creditcard", 3000]]], // prettier-ignore
    ["0.01", [["giftcard", 1], ["creditcard", 4999]]], // prettier-ignore
    [" 12,5 ", [["giftcard", 1250], ["creditcard", 3750]]], // prettier-ignore
    ["50.00", [["giftcard", 5000]]],
    ["0", [["creditcard", 5000]]],
    ["", [["creditcard", 5000]]],
  ])("of %j pays %j", async (amount, split) => {
    const { id } = await caller.createSession();
    expect((await submit(id, { ...form, gift_card_amount: amount })).status).toBe(303);
    expect(await splitOf(id)).toEqual(split);
  });

  it.each(["50.01", "-1", "1.234", "ten", "1e3", "0x10", "9".repeat(20)])("refuses %j", async (amount) => {
    const { id } = await caller.createSession();
    const answer = await submit(id, { ...form, gift_card_amount: amount });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toMatch(/id="giftCard"[^>]*aria-invalid="true" aria-describedby="giftCard-fault"/);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("uses the decimals of the currency", async () => {
    const order = { reference: "o", net_amount: 5000 };
    const { id } = await caller.createSession({ currency: "JPY", order });
    expect((await submit(id, { ...form, gift_card_amount: "20.5" })).status).toBe(422);
    await simulator.shopper.pay(id, { giftCardAmount: 2000 });
    expect(await splitOf(id)).toEqual([
      ["giftcard", 2000],
      ["creditcard", 3000],
    ]);
  });
});

describe("a payment link", () => {
  const follow = (id: string): Promise<Response> =>
    simulator.fetch(`${simulator.baseUrl}/links/${id}`, { redirect: "manual" });
  const createLink = async (): Promise<{ id: string; url: string }> => {
    const answer = await caller.call(createPaymentLink, { body: sessionRequest(simulator) });
    const { id = "", url = "" } = (await answer.json()) as PaymentLink;
    return { id, url };
  };

  it("leads to a payment page, and to the shop once paid", async () => {
    const link = await createLink();
    const { status, headers } = await simulator.fetch(link.url, { redirect: "manual" });
    expect(status).toBe(303);
    expect((await simulator.fetch(headers.get("location") ?? "")).status).toBe(200);
    await simulator.shopper.payLink(link.id);
    expect(simulator.ledger.entries()).toHaveLength(1);
    const page = (await follow(link.id)).headers.get("location") ?? "";
    expect((await simulator.fetch(page, { redirect: "manual" })).status).toBe(303);
    await simulator.shopper.payLink(link.id);
    expect(simulator.ledger.entries()).toHaveLength(1);
  });

  it("shows that it is no longer valid, or unknown", async () => {
    const link = await createLink();
    nowMs += 30 * 86_400_000;
    const over = await follow(link.id);
    expect([over.status, await over.text()]).toEqual([410, expect.stringContaining("no longer valid")]);
    const unknown = await follow(crypto.randomUUID());
    expect([unknown.status, await unknown.text()]).toEqual([
      404,
      expect.stringContaining("Payment not found"),
    ]);
    await expect(simulator.shopper.payLink(link.id)).rejects.toThrow("410");
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

  it("cannot pay an expired session", async () => {
    const { id, expires_at: expiresAt } = await caller.createSession();
    nowMs = Date.parse(expiresAt);
    const { redirectUrl } = await simulator.shopper.pay(id);
    expect(claimsIn(redirectUrl)).toEqual({ client_session_id: id, client_session_status: "EXPIRED" });
    expect((await submit(id, { card_number: "4111111111111111", action: "pay" })).status).toBe(303);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("answers 404 for other sessions and entities", async () => {
    const { id } = await caller.createSession();
    expect((await simulator.fetch(pageUrl(crypto.randomUUID()))).status).toBe(404);
    expect((await simulator.fetch(pageUrl(id, crypto.randomUUID()))).status).toBe(404);
    expect((await submit(id, { action: "steal" })).status).toBe(400);
  });
});

it.each([
  ["expiry", { expiry: "12/20" }],
  ["expiry", { expiry: "13/40" }],
  ["code", { security_code: "12" }],
] as const)("shows an error next to an invalid %s", async (name, wrong) => {
  const { id } = await caller.createSession();
  const answer = await submit(id, { card_number: "4111111111111111", action: "pay", ...wrong });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toMatch(new RegExp(`id="${name}"[^>]*aria-invalid="true" aria-describedby="${name}-fault"`));
  expect(page).toContain(`id="${name}-fault"`);
  expect(page.match(/aria-invalid="true"/g)).toHaveLength(1);
});

describe("after an error", () => {
  const wrong = { card_number: "4242424242424242", action: "pay" };
  const valueOf = (page: string, id: string): string | undefined =>
    new RegExp(`id="${id}"[^>]* value="([^"]*)"`).exec(page)?.[1];
  async function showFaults(form: Record<string, string>): Promise<string> {
    const { id } = await caller.createSession();
    const answer = await submit(id, form);
    expect(answer.status).toBe(422);
    return answer.text();
  }

  it("shows what was typed, and no card number", async () => {
    const page = await showFaults({
      ...wrong,
      expiry: "11/29",
      security_code: "",
      holder_name: `Ada "><b>`,
      gift_card_amount: "12,5",
    });
    expect(["card", "expiry", "code", "holder", "giftCard"].map((id) => valueOf(page, id))).toEqual([
      "",
      "11/29",
      "",
      "Ada &quot;&gt;&lt;b&gt;",
      "12,5",
    ]);
  });

  it.each([
    "4242424242424242",
    "4242 4242 4242 4242",
    "Ada 4242-4242.4242/4242",
    "3782 822463 10005",
    "４２４２４２４２４２４２４２４２",
  ])("shows %j in no other field either", async (number) => {
    const page = await showFaults({
      ...wrong,
      expiry: number,
      security_code: number,
      holder_name: number,
      gift_card_amount: number,
    });
    for (const id of ["card", "expiry", "code", "holder", "giftCard"]) expect(valueOf(page, id)).toBe("");
  });

  it("empties the number of a test card as well when another field is wrong", async () => {
    const page = await showFaults({ card_number: "4111111111111111", expiry: "01/20", action: "pay" });
    expect(valueOf(page, "card")).toBe("");
    expect(page).toContain("Enter the card number again");
    expect(page).toMatch(/id="expiry"[^>]*autofocus/);
  });
});

describe("choosing a test card", () => {
  it("fills it in, keeps the rest, and pays nothing", async () => {
    const { id } = await caller.createSession();
    const answer = await submit(id, {
      test_card: "approvedAmericanExpress",
      holder_name: "Ada",
      expiry: "01/20",
    });
    expect(answer.status).toBe(200);
    const page = await answer.text();
    expect(page).toContain('value="3782 822463 10005"');
    expect(page).toContain('value="Ada"');
    expect(page).not.toContain('role="alert"');
    expect((await readSession(id)).status).toBe("CREATED");
  });

  it.each(["toString", "unknown", ""])("refuses %j", async (name) => {
    const { id } = await caller.createSession();
    expect((await submit(id, { test_card: name, card_number: "4111111111111111" })).status).toBe(400);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("lists every card in the groups that are on it", async () => {
    const page = await showPage({});
    expect(page).toContain("3782 822463 10005");
    expect(page).toContain("5555 5555 5555 4444");
    expect(page).not.toMatch(/\d{7}(?=<)/);
  });
});

describe("the expiry date", () => {
  const isTaken = async (expiry: string): Promise<boolean> => {
    const { id } = await caller.createSession();
    const status = (await submit(id, { card_number: "4111111111111111", expiry })).status;
    return status === 303;
  };

  it.each(["01/26", "1/26", "0126", "01 26", "12-2030", " 12 / 30 ", "122030", "12.99"])(
    "%j is taken",
    async (text) => {
      expect(await isTaken(text)).toBe(true);
    },
  );

  it.each(["", "12/25", "13/30", "1326", "00/30", "1/2/30", "12/3", "1230/1"])(
    "%j is refused",
    async (text) => {
      expect(await isTaken(text)).toBe(false);
    },
  );

  it("is suggested so that it is taken, at any time", async () => {
    for (const year of [2026, 2097, 2099, 2100]) {
      nowMs = Date.UTC(year, 5, 1);
      caller = await connect(simulator); // The old token has expired.
      const page = await showPage({});
      expect(await isTaken(/id="expiry"[^>]* value="([^"]*)"/.exec(page)?.[1] ?? ""), String(year)).toBe(
        true,
      );
    }
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

  it("has a content security policy that allows only its own style", async () => {
    const { id } = await caller.createSession();
    const { headers } = await simulator.fetch(pageUrl(id));
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("content-security-policy")).not.toContain("form-action");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("shows the cart and the amount with the decimals of the currency", async () => {
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

  it("labels every input", async () => {
    const page = await showPage({});
    const inputs = [...page.matchAll(/<input id="(\w+)"/g)].map(([, id]) => id);
    expect(inputs).toEqual(["card", "expiry", "code", "holder", "giftCard"]);
    for (const id of inputs) expect(page).toContain(`<label for="${id ?? ""}">`);
  });

  it("is linked only from hosted-page sessions, but works for all", async () => {
    const embedded = await caller.createSession();
    expect(embedded.links.hosted_page).toBeUndefined();
    expect((await simulator.fetch(pageUrl(embedded.id))).status).toBe(200);
  });

  it("keeps the shop's return URL unchanged", async () => {
    for (const [url, start] of [
      ["https://shop.example/a", "https://shop.example/a?"],
      ["https://shop.example/?a=b%20c&d", "https://shop.example/?a=b%20c&d&"],
    ] as const) {
      const { id } = await caller.createSession({ shopper_redirection_url: url });
      const { redirectUrl } = await simulator.shopper.pay(id);
      expect(redirectUrl.startsWith(`${start}${redirectionParameter}=ey`)).toBe(true);
    }
  });

  it("does not exist after a failed session creation", async () => {
    const before = simulator.requests().length;
    await caller.call(createClientSession, { body: {} });
    expect(simulator.requests().slice(before)).toMatchObject([{ status: 400 }]);
  });
});
