import type { WebhookDelivery } from "../state/records.js";
import type { SimulatorState } from "../state/state.js";

/** Older deliveries are dropped, except those still to be sent. */
const maxDeliveries = 1000;

export function addDelivery({ deliveries }: SimulatorState, delivery: WebhookDelivery): void {
  deliveries.push(delivery);
  if (deliveries.length <= maxDeliveries) return;
  const oldest = deliveries.findIndex(({ status }) => status !== "waiting" && status !== "sending");
  if (oldest !== -1) deliveries.splice(oldest, 1);
}

export function findDelivery({ deliveries }: SimulatorState, id: string): WebhookDelivery | undefined {
  return deliveries.find((delivery) => delivery.id === id);
}

/** Whether an earlier webhook of the same payment is still to be sent: versions arrive in order. */
export function isBlocked({ deliveries }: SimulatorState, delivery: WebhookDelivery): boolean {
  return deliveries.slice(0, deliveries.indexOf(delivery)).some((earlier) => blocks(earlier, delivery));
}

function blocks(earlier: WebhookDelivery, later: WebhookDelivery): boolean {
  if (earlier.paymentId !== later.paymentId) return false;
  // These faults make a webhook arrive late on purpose.
  if (earlier.fault === "webhook_delay" || earlier.fault === "webhook_reorder") return false;
  return earlier.status === "waiting" || earlier.status === "sending";
}
