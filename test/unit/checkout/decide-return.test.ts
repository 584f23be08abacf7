import { describe, expect, test } from "vitest";
import {
  decideReturn,
  paymentOutcome,
  type PaymentOutcome,
  type ReturnExpectation,
  type ReturnReader,
} from "../../../src/checkout/index.js";
import {
  PurseConnectionError,
  PurseInvalidArgumentError,
  PurseRedirectionError,
  type Payment,
  type RequestOptions,
} from "../../../src/index.js";
import { rejectionOf } from "../../support/failures.js";
import { simulate, smallOrder, type Simulated } from "../../support/simulated.js";
import { statedPayment } from "../../support/webhooks.js";

const { amount, currency } = smallOrder;

interface Bought {
  readonly expected: ReturnExpectation;
  readonly url: string;
}

async function buy(
  { purse, simulator }: Simulated,
  as: "pay" | "refuse" | "cancel" = "pay",
): Promise<Bought> {
  const { id } = await purse.clientSessions.create(smallOrder);
  const { redirectUrl } = await simulator.shopper[as](id);
  return { expected: { clientSessionId: id, amount, currency }, url: redirectUrl };
}

describe("a shopper who comes back", () => {
  test("has paid when the payment says so, and the payment is given", async () => {
    const simulated = simulate();
    const { expected, url } = await buy(simulated);
    const decision = await decideReturn(simulated.purse, url, expected);
    expect(decision).toMatchObject({ outcome: "paid", reason: "authorized", payment: { amount } });
  });

  test("has not paid when the payment was refused", async () => {
    const simulated = simulate();
    const { expected, url } = await buy(simulated, "refuse");
    const decision = await decideReturn(simulated.purse, url, expected);
    expect(decision).toMatchObject({ outcome: "not_paid", reason: "authorization_failed" });
    expect(decision.payment?.authorization.status).toBe("REFUSED");
  });

  test("has not paid when the session ended without a payment", async () => {
    const simulated = simulate();
    const { expected, url } = await buy(simulated, "cancel");
    const decision = await decideReturn(simulated.purse, url, expected);
    expect(decision).toEqual({ outcome: "not_paid", reason: "no_payment" });
  });

  test("has not paid any more when the payment was voided since", async () => {
    const simulated = simulate();
    const { expected, url } = await buy(simulated);
    const { payment_id: id = "" } = await simulated.purse.redirection.verify(url);
    await simulated.purse.payments.void(id, { amount });
    const decision = await decideReturn(simulated.purse, url, expected);
    expect(decision).toMatchObject({ outcome: "not_paid", reason: "undone" });
  });

  test.each([
    ["the address of another order", "other_session"],
    ["no token", "parameter_missing"],
    ["a token that is not genuine", "signature_invalid"],
  ])("with %s proves nothing", async (_, reason) => {
    const simulated = simulate();
    const { expected, url } = await buy(simulated);
    const other = await buy(simulated);
    const address = {
      other_session: other.url,
      parameter_missing: "https://shop.example/return",
      signature_invalid: url.replace(
        /(?<=data=)([^.]+\.)([^.]+)/,
        (_whole, head: string) => head + otherPayload,
      ),
    }[reason];
    const decision = await decideReturn(simulated.purse, address ?? "", expected);
    expect(decision).toMatchObject({ outcome: "not_paid", reason: "token_refused", error: { reason } });
    expect(decision.error).toBeInstanceOf(PurseRedirectionError);
  });

  test("with a payment for another sum does not pay again, and a person has to look", async () => {
    const simulated = simulate();
    const { expected, url } = await buy(simulated);
    const decision = await decideReturn(simulated.purse, url, { ...expected, amount: amount + 1 });
    expect(decision).toMatchObject({ outcome: "pending", reason: "other_order", payment: { amount } });
  });

  test("tries again when the keys cannot be fetched", async () => {
    const simulated = simulate();
    const { expected, url } = await buy(simulated);
    simulated.simulator.faults.add({ kind: "error_before", operation: "getSigningJwks" });
    const decision = await decideReturn(simulated.purse, url, expected);
    expect(decision).toMatchObject({ outcome: "try_again", reason: "keys_unavailable" });
  });

  test("tries again when the payment cannot be read", async () => {
    const simulated = simulate();
    const { expected, url } = await buy(simulated);
    simulated.simulator.faults.add({ kind: "error_before", operation: "getPayment" });
    const options = { maxRetries: 0 };
    const decision = await decideReturn(simulated.purse, url, expected, options);
    expect(decision).toMatchObject({
      outcome: "try_again",
      reason: "payment_unreadable",
      error: { status: 503 },
    });
    expect(await decideReturn(simulated.purse, url, expected, options)).toMatchObject({ outcome: "paid" });
  });
});

test.each(["CREATED", "SUBMITTED", "LATER", undefined])(
  "a token of a session that is %s and names no payment is no reason to pay again",
  async (status) => {
    const verify = (): unknown =>
      Promise.resolve({ client_session_id: "s-1", client_session_status: status });
    const decision = await decideReturn(
      reader(() => Promise.reject(new Error()), verify),
      "token",
      order,
    );
    expect(decision).toEqual({ outcome: "pending", reason: "session_open" });
  },
);

test("the rest of an authorization whose first capture was refunded is still paid for", async () => {
  const simulated = simulate();
  const { expected, url } = await buy(simulated);
  const { payment_id: id = "" } = await simulated.purse.redirection.verify(url);
  await simulated.purse.payments.capture(id, { amount: 1 });
  await simulated.purse.payments.refund(id, { amount: 1 });
  expect(await decideReturn(simulated.purse, url, expected)).toMatchObject({ outcome: "paid" });
  await simulated.purse.payments.void(id, { amount: amount - 1 });
  expect(await decideReturn(simulated.purse, url, expected)).toMatchObject({ reason: "undone" });
});

test.each([{ deadlineMS: 800 }, null, []])(
  "options %j are refused before anything is sent",
  async (options) => {
    const fail = (): never => expect.fail("nothing may be sent");
    const decision = decideReturn(reader(fail, fail), "token", order, options as unknown as RequestOptions);
    expect(await rejectionOf(decision)).toBeInstanceOf(PurseInvalidArgumentError);
  },
);

const otherPayload = Buffer.from('{"client_session_id":"s-1"}').toString("base64url");
const verified = { client_session_id: "s-1", client_session_status: "SUBMITTED", payment_id: "p-1" };

function reader(
  retrieve: () => Promise<Payment>,
  verify = (): unknown => Promise.resolve(verified),
): ReturnReader {
  return { redirection: { verify }, payments: { retrieve } } as unknown as ReturnReader; // As much as is called.
}

const order: ReturnExpectation = { clientSessionId: "s-1", amount, currency };

test.each([
  ["wrong credentials", Object.assign(new PurseConnectionError("x"), { code: "authentication" })],
  ["a mistake in the program", new TypeError("x")],
])("%s are no decision", async (_, error) => {
  const purse = reader(() => Promise.reject(error));
  expect(await rejectionOf(decideReturn(purse, "token", order))).toBe(error);
  const forged = reader(
    () => Promise.reject(new Error()),
    () => Promise.reject(error),
  );
  expect(await rejectionOf(decideReturn(forged, "token", order))).toBe(error);
});

test.each([
  ["nothing", undefined],
  ["no session", { orderReference: "1", amount, currency }],
  ["an empty session", { ...order, clientSessionId: "" }],
  ["no amount", { clientSessionId: "s-1", currency }],
  ["a misspelt member", { ...order, orderRef: "1" }],
])("an expectation with %s is refused before anything is sent", async (_, expected) => {
  const fail = (): never => expect.fail("nothing may be sent");
  const decision = decideReturn(reader(fail, fail), "token", expected as ReturnExpectation);
  expect(await rejectionOf(decision)).toBeInstanceOf(PurseInvalidArgumentError);
});

test.each<[string, Record<string, unknown>, PaymentOutcome]>([
  ["AUTHORIZED", {}, { outcome: "paid", reason: "authorized" }],
  [
    "AUTHORIZED, refunded in part",
    { overview: { refunded: "PARTIALLY" } },
    { outcome: "paid", reason: "authorized" },
  ],
  [
    "AUTHORIZED, captured and refunded in full",
    { overview: { captured: "TOTALLY", refunded: "TOTALLY" } },
    { outcome: "not_paid", reason: "undone" },
  ],
  [
    "AUTHORIZED, with one capture of several refunded in full",
    { overview: { captured: "PARTIALLY", consumed: "PARTIALLY", refunded: "TOTALLY" } },
    { outcome: "paid", reason: "authorized" },
  ],
  [
    "AUTHORIZED, refunded in part and voided for the rest",
    { amounts: { total_authorized: amount, total_voided: amount - 1, total_refunded: 1 } },
    { outcome: "not_paid", reason: "undone" },
  ],
  [
    "AUTHORIZED, for less than its amount",
    { amounts: { total_authorized: amount - 1 } },
    { outcome: "pending", reason: "authorization_pending" },
  ],
  [
    "AUTHORIZED, without amounts",
    { amounts: undefined },
    { outcome: "pending", reason: "authorization_pending" },
  ],
  [
    "AUTHORIZED, voided in full",
    { overview: { voided: "TOTALLY" } },
    { outcome: "not_paid", reason: "undone" },
  ],
  ["AUTHORIZED, without an overview", { overview: undefined }, { outcome: "paid", reason: "authorized" }],
  ["PENDING", {}, { outcome: "pending", reason: "authorization_pending" }],
  ["REFUSED", {}, { outcome: "not_paid", reason: "authorization_failed" }],
  ["ABORTED", {}, { outcome: "not_paid", reason: "authorization_failed" }],
  ["ERROR", {}, { outcome: "not_paid", reason: "authorization_failed" }],
  ["IN_REVIEW", {}, { outcome: "pending", reason: "authorization_pending" }],
  ["", { authorization: undefined }, { outcome: "pending", reason: "authorization_pending" }],
  ["REFUSED, of another order", { amount: 1 }, { outcome: "pending", reason: "other_order" }],
  ["AUTHORIZED, in another currency", { currency: "USD" }, { outcome: "pending", reason: "other_order" }],
])("a payment that is %s", (status, members, expected) => {
  const authorization = { status: status.split(",")[0], partner_transactions: [] };
  const amounts = { total_authorized: amount, total_voided: 0, total_refunded: 0 };
  const stated = { client_session_id: "s-1", amount, currency, authorization, amounts, ...members };
  const payment = statedPayment(stated);
  expect(paymentOutcome(payment, order)).toEqual(expected);
});
