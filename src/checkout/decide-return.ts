import type { Payment, RedirectionClaims } from "../../generated/schema.js";
import { isTemporary } from "../call/is-temporary.js";
import { checkOptions } from "../call/prepare.js";
import { refuseArgument } from "../checks/members.js";
import type { PurseRedirectionError } from "../errors/redirection-error.js";
import { isPurseError, type AnyPurseError } from "../errors/union.js";
import { requestOptionNames, type RequestOptions } from "../options.js";
import type { RedirectionInput } from "../redirection/token-input.js";
import type { Payments } from "../resources/payments.js";
import type { Redirection } from "../resources/redirection.js";
import { checkExpectation, type PaymentExpectation } from "../webhooks/payment-for.js";
import { paymentOutcome, type PaymentOutcome } from "./payment-outcome.js";

/** What your own records say of the order that a shopper comes back from: all that is given is compared. */
export type ReturnExpectation = PaymentExpectation & {
  /** Id of the session that the shopper was sent to pay. */
  readonly clientSessionId: string;
};

/** What to tell a shopper who comes back. */
export type ReturnDecision =
  | (PaymentOutcome & {
      /** As it was read. */
      readonly payment: Payment;
      /** None: the payment was read. */
      readonly error?: undefined;
    })
  | {
      /** The session has not ended, and its token names no payment yet: do not ask the shopper to pay again. */
      readonly outcome: "pending";
      /** Read the session, or wait for the webhook. */
      readonly reason: "session_open";
      /** None was read. */
      readonly payment?: undefined;
      /** None. */
      readonly error?: undefined;
    }
  | {
      /** This visit shows no payment. */
      readonly outcome: "not_paid";
      /**
       * `no_payment`: the session was aborted or has expired without one. `token_refused`: the visit proves nothing, and
       * `error` says why. The order may be paid all the same: show what your own records say, and ask for no other payment
       * because of this.
       */
      readonly reason: "no_payment" | "token_refused";
      /** None was read. */
      readonly payment?: undefined;
      /** For your log, not for the page. With `token_refused` only. */
      readonly error?: PurseRedirectionError;
    }
  | {
      /** Nothing could be found out for now: neither paid nor forged. Show that it is being checked, and look again. */
      readonly outcome: "try_again";
      /** What failed: the signing keys could not be fetched, or the payment could not be read. */
      readonly reason: "keys_unavailable" | "payment_unreadable";
      /** None was read. */
      readonly payment?: undefined;
      /** For your log, not for the page. */
      readonly error: AnyPurseError;
    };

/** As much of a client as the decision takes. */
export interface ReturnReader {
  /** Verifies the token. */
  readonly redirection: Pick<Redirection, "verify">;
  /** Reads the payment. */
  readonly payments: Pick<Payments, "retrieve">;
}

/**
 * Decides what to tell a shopper who comes back to `shopper_redirection_url`: verifies the token against the session of
 * the order, reads the payment, and compares it with the order. The token alone never makes an order paid.
 *
 * `paid` is what the page may say, and `payment` what to book. Mark the order as paid in one place, for the webhook and
 * for this page: either may come first, and this one may never come.
 *
 * Source: parameter, claims and statuses are documented. Whether a token names a payment that was made without a session is
 * not.
 *
 * @param purse the client.
 * @param address the request's, as `redirection.verify` takes it.
 * @param expected what your own records say of the order, looked up among those of this shopper; never what the address says.
 * A payment that was made without a session has its id stored with the order: read it, and ask `paymentOutcome`.
 * @param options for reading the payment, for example a shorter `deadlineMs`.
 * @returns the decision. A refused token and a payment that cannot be read now are decisions, not errors.
 * @throws PurseInvalidArgumentError when `expected` lacks something, or it or `options` is misspelt; nothing was sent.
 * @throws PurseError when reading fails for good, such as for wrong credentials.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { decideReturn } from "purse-payments/checkout";
 *
 * interface Order {
 *   clientSessionId: string;
 *   amount: number;
 *   currency: string;
 * }
 *
 * export async function returnPage(purse: Purse, url: string, order: Order): Promise<string> {
 *   const { clientSessionId, amount, currency } = order;
 *   const decision = await decideReturn(purse, url, { clientSessionId, amount, currency });
 *   if (decision.error !== undefined) console.warn(decision.error);
 *   switch (decision.outcome) {
 *     case "paid":
 *       return "Thank you, your order is paid.";
 *     case "not_paid":
 *       if (decision.reason === "token_refused") return "This link is not valid. Please look at your order.";
 *       return "Your order was not paid.";
 *     default:
 *       return "We are checking your payment. Please look again in a moment.";
 *   }
 * }
 * ```
 */
export async function decideReturn(
  purse: ReturnReader,
  address: RedirectionInput,
  expected: ReturnExpectation,
  options?: RequestOptions,
): Promise<ReturnDecision> {
  const order = checkExpectation(expected);
  const { clientSessionId } = order;
  if (clientSessionId === undefined) return refuseArgument("expected.clientSessionId", "is missing.");
  // Checked before anything is sent, and copied: the caller may change them meanwhile.
  const reading = checkOptions(options, requestOptionNames) as RequestOptions; // Their values are checked by the call.
  let claims: RedirectionClaims;
  try {
    claims = await purse.redirection.verify(address, { clientSessionId });
  } catch (error) {
    if (!isPurseError(error) || error.code !== "redirection") throw error;
    if (error.reason === "keys_unavailable") return { outcome: "try_again", reason: error.reason, error };
    return { outcome: "not_paid", reason: "token_refused", error };
  }
  const { payment_id: paymentId, client_session_status: status } = claims;
  if (paymentId === undefined) {
    // Whether a token can be signed before its payment is known is not documented.
    return /^(?:ABORTED|EXPIRED)/.test(status)
      ? { outcome: "not_paid", reason: "no_payment" }
      : { outcome: "pending", reason: "session_open" };
  }
  let payment: Payment;
  try {
    payment = await purse.payments.retrieve(paymentId, reading); // Not the token: this is the proof.
  } catch (error) {
    if (!isPurseError(error) || !isTemporary(error)) throw error;
    return { outcome: "try_again", reason: "payment_unreadable", error };
  }
  return { ...paymentOutcome(payment, order), payment };
}
