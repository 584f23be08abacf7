import type { CreatePaymentLinkRequest, PaymentLink } from "../../generated/schema.js";
import { toPaymentLinkPath } from "./addresses.js";
import type { Context } from "./context.js";
import { checkAmount, checkEntity } from "./request-rules.js";

/**
 * A link that stays open: nothing is served at its address. What a paid link looks like from outside is not documented
 * well enough to imitate; sessions of the hosted page are there to be paid.
 */
export function createPaymentLink(context: Context, request: CreatePaymentLinkRequest): PaymentLink {
  checkEntity(context, request.entity_id);
  checkAmount(request);
  const id = crypto.randomUUID();
  return { id, status: "OPENED", url: context.baseUrl() + toPaymentLinkPath(id) };
}
