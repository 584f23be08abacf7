import type { Payment } from "../../../generated/schema.js";
import type { Clock } from "../../clock.js";
import { PurseWebhookError } from "../../errors/webhook-error.js";
import type { Delivery } from "../delivery/delivery.js";
import type { Outcome } from "./handle-once.js";
import { pause } from "./with-timeout.js";
import { showsMore, versionOf } from "./payment-state.js";

/** Pause before reading again: most stale reads are over after it. */
const rereadPausesMs = [300, 1000];
const retryAfterMs = 5000;
/** How often the sender is asked to come again for one version that cannot be read. */
const mostRefusals = 5;
const mostNumbered = 1000;

type Announcement = Pick<Delivery, "id" | "announcedVersion">;

/**
 * Whether the delivery speaks of something newer than what was read. Where versions cannot be compared, what the body
 * says is compared with the reading: a hint to read again, and never more than that.
 */
export function isBehind(
  { announcedVersion, content }: Delivery,
  { payment }: { payment: Payment },
): boolean {
  const version = versionOf(payment);
  if (announcedVersion !== undefined && version !== undefined) return announcedVersion > version;
  return showsMore(content, payment);
}

export function readBackBehind(): PurseWebhookError {
  const message = "The payment as read back is older than the delivery.";
  return new PurseWebhookError("read_back_behind", message, { retryAfterMs });
}

export function readBackStale(): PurseWebhookError {
  const message =
    "The payment as read back has a lower version than the state that was handled last, so nothing was handled. " +
    "If this goes on, the service counts anew: delete what the store keeps as the payment's summary.";
  return new PurseWebhookError("read_back_behind", message, { retryAfterMs });
}

/** Handles a delivery. Reads again after a pause while the service does not show yet what it announced. */
export async function handleUntilRead(
  clock: Clock,
  delivery: Delivery,
  handle: (delivery: Delivery) => Promise<Outcome>,
): Promise<Outcome> {
  for (const pauseMs of rereadPausesMs) {
    const outcome = await handle(delivery).catch(unlessUnknown);
    if (outcome?.kind === "failed") return outcome;
    if (outcome !== undefined && outcome.kind !== "stale" && !isBehind(delivery, outcome)) return outcome;
    await pause(clock, pauseMs);
  }
  return handle(delivery);
}

function unlessUnknown(error: unknown): undefined {
  if (error instanceof PurseWebhookError && error.reason === "payment_unknown") return undefined;
  throw error;
}

/**
 * Whether the sender may be asked once more to come again because of what this delivery announces. Bounded, in this
 * process: a wrong number must not make it come for ever. The oldest are forgotten first, which only means asking again.
 */
export function createRefusalLimit(): (delivery: Announcement, fingerprint?: string) => boolean {
  const counts = new Map<string, number>();
  return ({ id, announcedVersion }, fingerprint) => {
    const key = `${id}:${String(announcedVersion ?? fingerprint)}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.delete(key);
    counts.set(key, count);
    const [oldest] = counts.keys();
    if (counts.size > mostNumbered && oldest !== undefined) counts.delete(oldest);
    return count <= mostRefusals;
  };
}
