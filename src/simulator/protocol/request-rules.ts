import type {
  CreateClientSessionRequest,
  CreatePaymentLinkRequest,
  CreatePaymentRequest,
  ListEligibleSolutionsRequest,
} from "../../../generated/schema.js";
import type { Context } from "../context.js";
import { Refusal } from "./problems.js";
import { refuseMember } from "./validation.js";

type Request =
  CreateClientSessionRequest | CreatePaymentLinkRequest | CreatePaymentRequest | ListEligibleSolutionsRequest;

export function checkEntity({ settings }: Context, entityId: string): void {
  if (entityId.toLowerCase() !== settings.entityId.toLowerCase()) {
    throw new Refusal(403, "The credentials do not give access to this entity.");
  }
}

export function checkAmount(request: Request): void {
  const { amount, order } = request;
  const allowsFutureUsage = "allow_future_usage" in request && (request.allow_future_usage ?? false);
  if (amount === 0 && !allowsFutureUsage) {
    throw refuseMember("amount", "Zero is accepted only when the payment allows future usage.");
  }
  if (amount > order.net_amount) {
    throw refuseMember(
      "amount",
      `The amount ${String(amount)} is more than the order's net amount ${String(order.net_amount)}.`,
    );
  }
}

/** Checks rules on split parts that the schema cannot express. */
export function checkSplitMembers({ split, customer }: CreatePaymentRequest): void {
  const withOwnAuthentication = split.filter((part) => "three_ds_server_trans_id" in part);
  if (withOwnAuthentication.length > 1) {
    throw refuseMember("split", "At most one part may carry three_ds_server_trans_id.");
  }
  if (split.some((part) => "wallet_token" in part) && customer?.reference === undefined) {
    throw refuseMember("customer", "A saved card needs the reference of the customer that it belongs to.");
  }
}
