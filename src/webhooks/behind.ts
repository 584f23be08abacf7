import type { Clock } from "../clock.js";
import { PurseWebhookError } from "../errors/webhook-error.js";
import type { Delivery } from "./delivery.js";
import type { Outcome } from "./once.js";
import { pause } from "./patience.js";

/** A reading a moment old is the likeliest reason, and costs a moment. */
const rereadPausesMs = [300, 1000];
const retryAfterMs = 5000;
/** How often the sender is asked to come again for one version that cannot be read. */
const mostRefusals = 5;
const mostNumbered = 1000;

/** Whether the delivery speaks of something newer than what was read. */
export function isBehind(
  { announcedVersion }: Delivery,
  { version }: { version: number | undefined },
): boolean {
  return announcedVersion !== undefined && version !== undefined && announcedVersion > version;
}

export function readBackBehind(): PurseWebhookError {
  const message = "The payment as read back is older than the delivery.";
  return new PurseWebhookError("read_back_behind", message, { retryAfterMs });
}

/** Handles a delivery; again, after a pause, while the service does not know yet what its own delivery is about. */
export async function handleUntilRead(
  clock: Clock,
  delivery: Delivery,
  handle: (delivery: Delivery) => Promise<Outcome>,
): Promise<Outcome> {
  for (const pauseMs of rereadPausesMs) {
    const outcome = await handle(delivery).catch(unlessUnknown);
    if (outcome?.kind === "failed") return outcome;
    if (outcome !== undefined && !isBehind(delivery, outcome)) return outcome;
    await pause(clock, pauseMs);
  }
  return handle(delivery);
}

function unlessUnknown(error: unknown): undefined {
  if (error instanceof PurseWebhookError && error.reason === "payment_unknown") return undefined;
  throw error;
}

/**
 * Whether the sender may be asked once more to come again because of this delivery's version. Bounded, in this process:
 * a wrong number must not make it come for ever. The oldest are forgotten first, which only means asking again.
 */
export function createRefusalLimit(): (delivery: Delivery) => boolean {
  const counts = new Map<string, number>();
  return ({ id, announcedVersion }) => {
    const key = `${id}:${String(announcedVersion)}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.delete(key);
    counts.set(key, count);
    const [oldest] = counts.keys();
    if (counts.size > mostNumbered && oldest !== undefined) counts.delete(oldest);
    return count <= mostRefusals;
  };
}
