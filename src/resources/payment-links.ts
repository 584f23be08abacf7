import { createPaymentLink } from "../../generated/operations.js";
import type { PaymentLink } from "../../generated/schema.js";
import type { Caller } from "../call/execute.js";
import type { PursePromise } from "../call/purse-promise.js";
import type { RequestOptions } from "../options.js";
import type { CreatePaymentLinkParams } from "./request-types.js";

/** Links to pay by, for an e-mail or a message. */
export interface PaymentLinks {
  /**
   * Creates a link for one order. It works until it is paid: a failed attempt leaves it `OPENED`, a successful one makes it
   * `PAID` for good. The link alone charges nothing.
   *
   * Source: documented by a guide, without the answer. Whether the idempotency key is honoured here is not said, so an
   * unclear outcome is not retried.
   *
   * @param params order, amount (whole minor units: 4299 is 42.99 EUR), currency and the URL the shopper returns to.
   * `entity_id` defaults to the client's.
   * @returns the link as the service describes it. The documentation does not show this answer, so every member is
   * optional, and the address for the shopper may be in another member than `url`.
   * @throws PurseInvalidArgumentError when a member is missing or an amount is not a whole number; nothing was sent.
   * @throws PurseBadRequestError when the service refuses the order.
   * @throws PurseOutcomeUnknownError when the answer was lost: the link may exist, but its address is not known.
   *
   * @example
   * ```ts
   * import { Purse } from "purse-payments";
   *
   * const purse = new Purse({ environment: "sandbox", entityId: "5e3a0862-7cc3-4427-92ba-9e1e9595f571" });
   * const link = await purse.paymentLinks.create({
   *   amount: 12000,
   *   currency: "EUR",
   *   shopper_redirection_url: "https://shop.example/return",
   *   order: { reference: "123456789", net_amount: 12000 },
   * });
   * console.log(link.status, link.url);
   * ```
   */
  create(params: CreatePaymentLinkParams, options?: RequestOptions): PursePromise<PaymentLink>;
}

export function createPaymentLinks(caller: Caller): PaymentLinks {
  return {
    create: (params, options) => caller.execute({ ...creation, params, options }),
  };
}

const creation = {
  operation: createPaymentLink,
  adviceWhenUnknown: "A link that was not sent charges nothing: create another link and send only that one.",
} as const;
