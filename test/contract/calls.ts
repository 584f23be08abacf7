import { expect } from "vitest";
import type {
  CreateClientSessionParams,
  CreatePaymentLinkParams,
  CreatePaymentParams,
  ListEligibleSolutionsParams,
  Purse,
} from "../../src/index.js";
import { documentedExample, requestExample } from "../support/documented-examples.js";

export const paymentId = "9a14962c-bdcf-49d1-8673-e75dfb48013f";
export const idempotencyKey = "contract-key";

/** How one operation is reached through the client, and what its documented answer must show. */
export interface ContractCall {
  call(purse: Purse): PromiseLike<unknown>;
  expectAnswer(answer: unknown): void;
}

const options = { idempotencyKey };

function call<T>(run: (purse: Purse) => PromiseLike<T>, expectAnswer: (answer: T) => void): ContractCall {
  return {
    call: run,
    expectAnswer: (answer) => {
      expectAnswer(answer as T);
    },
  }; // What `run` resolves to.
}

// Plain JSON from the spec; that it fits the parameter types is what the mock proves.
const sessionParams = documentedExample("ClientSessionRequest") as unknown as CreateClientSessionParams;
const paymentParams = documentedExample("PaymentRequest") as unknown as CreatePaymentParams;
const solutionParams = requestExample("listEligibleSolutions") as unknown as ListEligibleSolutionsParams;
const linkParams = requestExample("createPaymentLink") as unknown as CreatePaymentLinkParams;

export const calls: Readonly<Record<string, ContractCall>> = {
  createAccessToken: call(
    (purse) => purse.accessTokens.retrieve(),
    (token) => {
      expect(token.token_type).toBe("Bearer");
      expect(token.expires_in).toBeGreaterThan(3500);
    },
  ),
  createClientSession: call(
    (purse) => purse.clientSessions.create(sessionParams, options),
    (session) => {
      expect(session.status).toBe("CREATED");
    },
  ),
  getClientSession: call(
    (purse) => purse.clientSessions.retrieve(paymentId),
    (session) => {
      expect(session.payment_id).toBe("e3a6516b-0ec4-4a5b-92b0-7bb9693e82c1");
    },
  ),
  abortClientSession: call(
    (purse) => purse.clientSessions.abort(paymentId, options),
    (session) => {
      expect(session.status).toBe("ABORTED_BY_MERCHANT");
    },
  ),
  createPayment: call(
    (purse) => purse.payments.create(paymentParams, options),
    (payment) => {
      expect(payment.amounts.total_authorized).toBe(4299);
    },
  ),
  getPayment: call(
    (purse) => purse.payments.retrieve(paymentId, { maxAgeSeconds: 60 }),
    (payment) => {
      expect(payment.amounts.available_to_capture).toBe(1299);
    },
  ),
  capturePayment: call(
    (purse) =>
      purse.payments.capture(paymentId, { amount: 3000, merchant_reference: "CAP#1223445" }, options),
    (payment) => {
      expect(payment.captures).toHaveLength(1);
    },
  ),
  refundPayment: call(
    (purse) => purse.payments.refund(paymentId, { amount: 10 }, options),
    (payment) => {
      expect(payment.refunds).toHaveLength(1);
    },
  ),
  voidPayment: call(
    (purse) => purse.payments.void(paymentId, { amount: 10 }, options),
    (payment) => {
      expect(payment.voids).toHaveLength(1);
    },
  ),
  listEligibleSolutions: call(
    (purse) => purse.eligibleSolutions.list(solutionParams, options),
    (list) => {
      expect(list.eligible_solutions).toContainEqual({ partner: "dalenys", method: "creditcard" });
    },
  ),
  createPaymentLink: call(
    (purse) => purse.paymentLinks.create(linkParams, options),
    (link) => {
      expect(link.status).toBe("OPENED");
    },
  ),
  getSigningJwks: call(
    (purse) => purse.signingKeys.list(),
    (list) => {
      expect(list.keys[0]?.kty).toBe("RSA");
    },
  ),
};
