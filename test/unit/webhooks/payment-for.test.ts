import { describe, expect, test } from "vitest";
import { PurseInvalidArgumentError, type Payment } from "../../../src/index.js";
import { isPaymentFor, type PaymentExpectation } from "../../../src/webhooks/index.js";
import { thrownBy } from "../../support/failures.js";
import { statedPayment } from "../../support/webhooks.js";

const facts = {
  client_session_id: "5e3a0862-7cc3-4427-92ba-9e1e9595f571",
  order_reference: "order-1",
  entity_id: "entity-1",
  amount: 4299,
  currency: "EUR",
};
const paymentOf = (members: Record<string, unknown> = {}): Payment => statedPayment({ ...facts, ...members });
const session = { clientSessionId: facts.client_session_id, amount: 4299, currency: "EUR" } as const;
const all = { ...session, orderReference: "order-1", entityId: "entity-1" } as const;

/** As from JavaScript, or from a database whose types are not what they say. */
const loosely = (payment: unknown, expected: unknown): boolean =>
  isPaymentFor(payment as Payment, expected as PaymentExpectation);

test.each<[string, PaymentExpectation]>([
  ["the session, the amount and the currency", session],
  [
    "the order's reference instead of the session",
    { orderReference: "order-1", amount: 4299, currency: "EUR" },
  ],
  ["everything", all],
])("a payment that is the same in %s is for the order", (_, expected) => {
  expect(isPaymentFor(paymentOf(), expected)).toBe(true);
});

test("a payment split over several solutions is compared as a whole", () => {
  const split = [
    { partner: "giftcards", method: "giftcard", amount: 1000 },
    { partner: "cards", method: "card", amount: 3299 },
  ];
  expect(isPaymentFor(paymentOf({ split }), session)).toBe(true);
  expect(isPaymentFor(paymentOf({ split, amount: 3299 }), session)).toBe(false);
});

test("a card check for nothing is compared with an order of nothing", () => {
  expect(isPaymentFor(paymentOf({ amount: 0 }), { ...session, amount: 0 })).toBe(true);
});

describe("a payment is not for the order when", () => {
  test.each<[string, Record<string, unknown>]>([
    ["its amount is smaller", { amount: 100 }],
    ["its amount is larger", { amount: 4300 }],
    ["its amount is text", { amount: "4299" }],
    ["its amount is missing", { amount: undefined }],
    ["its currency is another", { currency: "USD" }],
    ["its currency is in small letters", { currency: "eur" }],
    ["its currency is missing", { currency: undefined }],
    ["its session is another", { client_session_id: "5e3a0862-7cc3-4427-92ba-9e1e9595f572" }],
    ["its session is missing", { client_session_id: undefined }],
    ["its session is a list of the right one", { client_session_id: [facts.client_session_id] }],
    ["its reference is another", { order_reference: "order-10" }],
    ["its reference has a blank more", { order_reference: "order-1 " }],
    ["its entity is another", { entity_id: "entity-2" }],
    ["its entity is missing", { entity_id: undefined }],
  ])("%s", (_, members) => {
    expect(isPaymentFor(paymentOf(members), all)).toBe(false);
  });

  test("it only inherits what is expected", () => {
    expect(loosely(Object.create(paymentOf()), all)).toBe(true); // A payment of a class of yours.
    expect(loosely({}, all)).toBe(false);
  });
});

describe("an expectation that would compare less than meant is refused", () => {
  test.each<[string, unknown]>([
    ["none", undefined],
    ["null", null],
    ["a list", []],
    ["the order itself, with names of its own", { ...session, state: "open" }],
    ["a name of the API", { client_session_id: facts.client_session_id, amount: 4299, currency: "EUR" }],
    ["a misspelt entity", { ...session, entityID: "entity-1" }],
    ["no session and no reference", { amount: 4299, currency: "EUR" }],
    ["only the entity", { entityId: "entity-1", amount: 4299, currency: "EUR" }],
    ["a session that is not known", { ...session, clientSessionId: undefined }],
    ["a session that is not known, beside a reference", { ...all, clientSessionId: undefined }],
    ["a session that is null", { ...session, clientSessionId: null }],
    ["an empty session", { ...session, clientSessionId: "" }],
    ["a reference that is not known", { ...session, orderReference: undefined }],
    ["an empty reference", { ...session, orderReference: "" }],
    ["an entity that is not known", { ...session, entityId: undefined }],
    ["an empty entity", { ...session, entityId: "" }],
    ["no amount", { ...session, amount: undefined }],
    ["an amount in text", { ...session, amount: "4299" }],
    ["an amount in euros", { ...session, amount: 42.99 }],
    ["an amount below zero", { ...session, amount: -1 }],
    ["no number", { ...session, amount: NaN }],
    ["a bigint", { ...session, amount: 4299n }],
    ["an amount too large to be exact", { ...session, amount: 2 ** 53 }],
    ["no currency", { ...session, currency: undefined }],
    ["a currency in small letters", { ...session, currency: "eur" }],
    ["a sign of a currency", { ...session, currency: "€" }],
  ])("%s", (_, expected) => {
    const error = thrownBy(() => loosely(paymentOf(), expected));
    expect(error).toBeInstanceOf(PurseInvalidArgumentError);
    // Also for a payment that would be refused anyway: the fault is in the program.
    expect(thrownBy(() => loosely(paymentOf({ amount: 1 }), expected))).toBeInstanceOf(
      PurseInvalidArgumentError,
    );
  });
});

test.each([[undefined], [null], ["payment-1"], [5]])("%j instead of a payment is refused", (payment) => {
  expect(thrownBy(() => loosely(payment, session))).toBeInstanceOf(PurseInvalidArgumentError);
});

test("the payment in the place of the order is refused", () => {
  expect(thrownBy(() => loosely(session, paymentOf()))).toBeInstanceOf(PurseInvalidArgumentError);
});

test("what is refused is named, and not shown", () => {
  const error = thrownBy(() => loosely(paymentOf(), { ...session, currency: "secret" }));
  expect(String(error)).toContain("expected.currency");
  expect(String(error)).not.toContain("secret");
});
