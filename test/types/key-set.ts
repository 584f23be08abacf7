import type { JSONWebKeySet } from "jose";
import type { Order, OrderRequest, PurseJsonWebKeySet } from "purse-payments";

/** The key set is what jose takes, without a cast. */
export function forJose(set: PurseJsonWebKeySet): JSONWebKeySet {
  return set;
}

/** What an answer has can be sent again. */
export function orderAgain(order: Order): OrderRequest {
  return order;
}
