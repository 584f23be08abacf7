import type { KnownWebhookEventType } from "../../../generated/enums.js";
import type { SimulatorState } from "../state/state.js";

/** One notification: what is sent where, and how it went. */
export interface WebhookDelivery {
  readonly id: string;
  readonly paymentId: string;
  readonly version: number;
  /** The event type that the notification counts as; absent for authorizations, for which none is documented. */
  readonly eventType?: KnownWebhookEventType;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** Milliseconds since 1970 on the simulator's clock, here and below. */
  readonly createdAtMs: number;
  /** `waiting` for its time, a retry or an earlier one; `dropped` when a fault kept it from being sent. */
  status: "waiting" | "sending" | "delivered" | "failed" | "dropped";
  readonly attempts: WebhookAttempt[];
  /** When it is sent, or sent again. */
  nextAttemptAtMs?: number;
  /** Kind of the fault that it met. */
  readonly fault?: string;
}

export interface WebhookAttempt {
  readonly atMs: number;
  /** What the receiver answered; absent when it did not. */
  readonly status?: number;
  /** `delivered`, `answered with 500`, `failed (TimeoutError)` … */
  readonly outcome: string;
}

/** The log of deliveries is cut off at the far end, but never what is still to be sent. */
const mostDeliveries = 1000;

export function addDelivery({ deliveries }: SimulatorState, delivery: WebhookDelivery): void {
  deliveries.push(delivery);
  if (deliveries.length <= mostDeliveries) return;
  const oldest = deliveries.findIndex(({ status }) => status !== "waiting" && status !== "sending");
  if (oldest !== -1) deliveries.splice(oldest, 1);
}

export function findDelivery({ deliveries }: SimulatorState, id: string): WebhookDelivery | undefined {
  return deliveries.find((delivery) => delivery.id === id);
}

/** Whether an earlier notification of the same payment is still on its way: versions arrive in order. */
export function hasToWait({ deliveries }: SimulatorState, delivery: WebhookDelivery): boolean {
  return deliveries.slice(0, deliveries.indexOf(delivery)).some((earlier) => blocks(earlier, delivery));
}

function blocks(earlier: WebhookDelivery, later: WebhookDelivery): boolean {
  if (earlier.paymentId !== later.paymentId) return false;
  // Those that a fault holds back are there to arrive late.
  if (earlier.fault === "webhook_delay" || earlier.fault === "webhook_reorder") return false;
  return earlier.status === "waiting" || earlier.status === "sending";
}
