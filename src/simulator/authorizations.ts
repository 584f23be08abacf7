import type {
  AuthorizationTransaction,
  CreateClientSessionRequest,
  CreatePaymentRequest,
  MinorUnits,
} from "../../generated/schema.js";
import { toDateTime } from "./clock.js";
import type { Context } from "./context.js";
import type { SplitPart } from "./split.js";
import { approvedCard, maskCard, type TestCard } from "./test-cards.js";

/** Asks the bank of a card entered on the hosted page. */
export function authorizeCard(
  context: Context,
  request: CreateClientSessionRequest,
  card: TestCard,
  holderName: string,
): AuthorizationTransaction {
  return {
    ...authorize(context, { partner: "dalenys", method: "creditcard" }, request.amount, card),
    ...reusable(request),
    card: maskCard(card, holderName, context.clock.nowMs()),
  };
}

/** Authorizes one part of a payment made without a page; these are always approved. */
export function authorizePart(
  context: Context,
  request: CreatePaymentRequest,
  { split, parent }: SplitPart,
): AuthorizationTransaction {
  return {
    ...authorize(context, split, split.amount, approvedCard),
    ...reusable(request),
    ...(parent?.card === undefined ? {} : { card: parent.card }),
  };
}

function authorize(
  { clock }: Context,
  { partner, method }: { readonly partner: string; readonly method: string },
  amount: MinorUnits,
  answer: Pick<TestCard, "outcome" | "partnerStatus" | "partnerText">,
): AuthorizationTransaction {
  const now = toDateTime(clock.nowMs());
  return {
    id: crypto.randomUUID(),
    created_at: now,
    updated_at: now,
    amount,
    remaining_amount: answer.outcome === "AUTHORIZED" ? amount : 0,
    partner,
    method,
    partner_reference: crypto.randomUUID(),
    partner_status: answer.partnerStatus,
    partner_status_description: answer.partnerText,
    status: answer.outcome,
  };
}

function reusable(request: {
  readonly allow_future_usage?: boolean;
}): Pick<AuthorizationTransaction, "partner_token"> {
  return request.allow_future_usage === true ? { partner_token: crypto.randomUUID() } : {};
}
