import { deriveIdempotencyKey } from "purse-payments";
import type { Order } from "./orders";
import { setting } from "./settings";

/** The same question under the same key, also after a restart: Purse answers it once. */
export function keyFor(order: Order, ...parts: readonly string[]): Promise<string> {
  return deriveIdempotencyKey({ secret: setting("KEY_SECRET"), parts: [order.reference, ...parts] });
}
