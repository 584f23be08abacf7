import { describe, expect, it } from "vitest";
import { schemaId } from "../../scripts/spec/validator.js";
import { documentedExample } from "../support/documented-examples.js";
import { ajv } from "./judge.js";

/** Bodies written here, not taken from the spec: what it says is compared with something else than itself. */
function fits(schema: string, body: unknown): boolean {
  const validate = ajv.getSchema(schemaId(`#/components/schemas/${schema}`));
  if (validate === undefined) throw new Error(`the spec has no ${schema}`);
  return validate(body) === true;
}

const link = { href: "/v2/payments/p", method: "GET" };
const payment: Readonly<Record<string, unknown>> = {
  id: "p",
  created_at: "2026-03-02T09:15:00.28Z",
  overview: { consumed: "NOT", captured: "NOT", voided: "NOT", refunded: "NOT" },
  entity_id: "e",
  order_reference: "r",
  order: { reference: "r", net_amount: 100 },
  amount: 100,
  currency: "KWD",
  capture_mode: "LATER",
  captures: [],
  voids: [],
  refunds: [],
  authorization: { status: "HELD", partner_transactions: [] },
  amounts: {
    ...{ total_authorized: 0, total_voided: 0, available_to_void: 0, total_captured: 0 },
    ...{ available_to_capture: 0, total_refunded: 0, available_to_refund: 0 },
  },
  links: { self: link },
  split: [],
};
const session: Readonly<Record<string, unknown>> = {
  ...{ id: "s", status: "EXPIRED", amount: 100, currency: "EUR", entity_id: "e" },
  ...{ capture_mode: "MANUAL", integration_mode: "EMBEDDED", order: { reference: "r", net_amount: 100 } },
  expires_at: "2026-03-02T10:15:00Z",
  shopper_redirection_url: "https://shop.example/return",
  widget: { data: "d", js_url: "https://cdn.example/purse.js" },
  eligible_solutions: [{ partner: "new-partner", method: "new-method" }],
  links: { self: link },
};
const request: Readonly<Record<string, unknown>> = {
  ...{ entity_id: "e", amount: 100, currency: "EUR", order: { reference: "r", net_amount: 100 } },
  shopper_redirection_url: "https://shop.example/return",
};

describe.each([
  ["Payment", payment],
  ["ClientSession", session],
  ["CreateClientSessionRequest", request],
] as const)("%s", (schema, body) => {
  it("fits as short as it may be", () => {
    expect(fits(schema, body)).toBe(true);
  });

  it.each(Object.keys(body))("needs %s", (member) => {
    const rest = Object.entries(body).filter(([name]) => name !== member);
    expect(fits(schema, Object.fromEntries(rest))).toBe(false);
  });
});

describe("an answer", () => {
  it.each([
    ["Payment", { ...payment, new_member: 1 }],
    ["Payment", { ...payment, redirection: { href: "https://pay.example/", method: "GET" } }],
    ["ClientSession", { ...session, customer: { email: "a@example.org", new_member: 1 } }],
    ["Order", { reference: "r", net_amount: 1, new_member: 1 }],
    ["Webhook", { url: "https://shop.example/hook", new_member: 1 }],
  ])("of %s may hold more", (schema, body) => {
    expect(fits(schema, body)).toBe(true);
  });

  it.each([
    ["redirection", { method: "GET" }],
    ["customer", { email: "no address" }],
    ["version", "7"],
    ["captures", [{ id: "c" }]],
  ])("is not a payment with such a %s", (member, value) => {
    expect(fits("Payment", { ...payment, [member]: value })).toBe(false);
  });

  it("lists keys whose ids are texts", () => {
    const key = { kty: "RSA", e: "AQAB", n: "0vx7" };
    expect(fits("PurseJsonWebKeySet", { keys: [{ ...key, kid: "12345" }] })).toBe(true);
    expect(fits("PurseJsonWebKeySet", { keys: [{ ...key, kid: 12345 }] })).toBe(false);
  });
});

describe("a request", () => {
  const order = { reference: "r", net_amount: 100 };
  const address = { city: "Lille", country_code: "FR" };

  it.each([
    ["an order's member", { ...request, order: { ...order, refrence: "r" } }],
    [
      "a billing address's member",
      { ...request, order: { ...order, billing_address: { ...address, citty: "" } } },
    ],
    ["a shipment's member", { ...request, order: { ...order, shipments: [{ delivery_typ: "X" }] } }],
    [
      "a shipping address's member",
      {
        ...request,
        order: { ...order, shipments: [{ shipping_address: { ...address, delivery_point: "" } }] },
      },
    ],
    [
      "an item line's member",
      { ...request, order: { ...order, shipments: [{ item_lines: [{ sku: "" }] }] } },
    ],
    ["a discount's member", { ...request, order: { ...order, discounts: [{ coupon: "" }] } }],
    ["a webhook's member", { ...request, webhook: { url: "https://shop.example/", event_type: [] } }],
    [
      "a header's member",
      {
        ...request,
        webhook: { url: "https://shop.example/", headers: [{ name: "a", values: [], value: "b" }] },
      },
    ],
    ["its own member", { ...request, capturemode: "MANUAL" }],
  ])("with a misspelling of %s is refused", (_what, body) => {
    expect(fits("CreateClientSessionRequest", body)).toBe(false);
  });

  it("for an operation with a misspelt member of its order is refused", () => {
    expect(fits("OperationRequest", { amount: 1, order: { shipment: [] } })).toBe(false);
    expect(fits("OperationRequest", { amount: 1, order: { shipments: [{ lines: [] }] } })).toBe(false);
  });

  it.each([
    ["a customer", "Customer", { reference: "c", loyalty: "gold" }],
    ["a browser", "Browser", { locale: "fr-FR", device_memory: 8 }],
    [
      "the list that overrides an operation's order",
      "OperationRequest",
      { amount: 1, priority: [{ partner: "*" }] },
    ],
  ])("may hold more where only samples were seen: %s", (_what, schema, body) => {
    expect(fits(schema, body)).toBe(true);
  });

  it("has the members of the answer, where an answer has it as well", () => {
    const { shipments } = documentedExample("ClientSessionRequest")["order"] as { shipments: unknown[] };
    expect(fits("ShipmentRequest", shipments[0])).toBe(true);
  });
});
