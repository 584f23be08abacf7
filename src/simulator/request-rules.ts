import type { CreateClientSessionRequest, CreatePaymentRequest } from "../../generated/schema.js";
import type { Context } from "./context.js";
import { Refusal } from "./problems.js";
import { refuseMember } from "./validation.js";

type Request = CreateClientSessionRequest | CreatePaymentRequest;

export function checkEntity({ settings }: Context, entityId: string): void {
  if (entityId.toLowerCase() !== settings.entityId.toLowerCase()) {
    throw new Refusal(403, "The credentials do not give access to this entity.");
  }
}

export function checkAmount({ amount, order, allow_future_usage: allowFutureUsage }: Request): void {
  if (amount === 0 && allowFutureUsage !== true) {
    throw refuseMember("amount", "Zero is accepted only when the payment allows future usage.");
  }
  if (amount > order.net_amount) {
    throw refuseMember(
      "amount",
      `The amount ${String(amount)} is more than the order's net amount ${String(order.net_amount)}.`,
    );
  }
}
