import { deriveIdempotencyKey } from "purse-payments";
import type { Order } from "./orders";
import { setting } from "./settings";

/** The same key for the same operation, even after a restart. */
export function keyFor(order: Order, ...parts: readonly string[]): Promise<string> {
  return deriveIdempotencyKey({ secret: setting("KEY_SECRET"), parts: [order.reference, ...parts] });
}
