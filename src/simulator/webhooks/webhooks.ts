import type { KnownWebhookEventType } from "../../../generated/enums.js";
import type { Payment, Webhook } from "../../../generated/schema.js";
import type { SimulatorClock } from "../state/clock.js";
import { addDelivery, findDelivery, isBlocked } from "./deliveries.js";
import type { PlannedFault } from "../state/fault-records.js";
import type { FaultPlan } from "../faults/faults.js";
import type { LedgerKind, WebhookDelivery } from "../state/records.js";
import type { Random } from "../state/random.js";
import type { SimulatorState } from "../state/state.js";
import { sendWebhook, toHeaders, type SendWebhook } from "./webhook-sending.js";

const defaultDelayMs = 60_000;
/** How long a reordered webhook waits for the next one. */
const maxReorderDelayMs = 60_000;

/** No event type is documented for authorizations, so a list of types never includes them. */
const eventTypes: Readonly<Record<LedgerKind, KnownWebhookEventType | undefined>> = {
  authorization: undefined,
  capture: "PAYMENT_CAPTURE",
  refund: "PAYMENT_REFUND",
  void: "PAYMENT_VOID",
};

export interface WebhookSender {
  /** Schedules a webhook with a copy of the payment, if it is configured for this event. */
  notify(payment: Payment, event: LedgerKind): void;
  /** Sends a webhook that is due. */
  deliver(deliveryId: string): void;
  /** Sends a webhook again, unchanged. False when there is none with that id. */
  redeliver(deliveryId: string): boolean;
  /** Webhooks, oldest first. */
  list(paymentId?: string): readonly WebhookDelivery[];
  /** Resolves when nothing is being sent. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface WebhookSenderOptions {
  readonly state: SimulatorState;
  readonly clock: SimulatorClock;
  readonly random: Random;
  readonly faults: FaultPlan;
  /** Delay before each retry. */
  readonly retryDelaysMs: readonly number[];
  readonly send: SendWebhook;
  readonly onAttempt: (delivery: WebhookDelivery) => void;
  /** Called when a webhook is due immediately. */
  readonly wake: () => void;
}

export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { state, clock, random, faults, retryDelaysMs } = options;
  const closing = new AbortController();
  const inFlight = new Set<Promise<void>>();

  function schedule(delivery: WebhookDelivery, atMs: number): void {
    delivery.status = "waiting";
    delivery.nextAttemptAtMs = atMs;
    state.due.push({ kind: "deliver_webhook", atMs, deliveryId: delivery.id });
    if (atMs <= clock.nowMs()) options.wake();
  }

  function create(
    payment: Payment,
    webhook: Webhook,
    event: LedgerKind,
    fault?: PlannedFault,
  ): WebhookDelivery {
    const eventType = eventTypes[event];
    const delivery: WebhookDelivery = {
      id: random.uuid(),
      paymentId: payment.id,
      version: payment.version ?? 0,
      ...(eventType === undefined ? {} : { eventType }),
      url: webhook.url,
      headers: toHeaders(webhook),
      body: JSON.stringify(payment),
      createdAtMs: clock.nowMs(),
      status: "waiting",
      attempts: [],
      ...(fault === undefined ? {} : { fault: fault.kind }),
    };
    addDelivery(state, delivery);
    return delivery;
  }

  /** Sends a reordered webhook, now that the next one of the payment has been sent. */
  function releaseReordered({ paymentId, id }: WebhookDelivery): void {
    for (const held of state.deliveries) {
      if (held.id === id || held.paymentId !== paymentId) continue;
      if (held.fault === "webhook_reorder" && held.status === "waiting" && held.attempts.length === 0)
        schedule(held, clock.nowMs());
    }
  }

  /** Sends the next webhook of the payment that waited for this one. */
  function releaseNext({ paymentId }: WebhookDelivery): void {
    const nowMs = clock.nowMs();
    const next = state.deliveries.find(
      ({ status, nextAttemptAtMs, ...other }) =>
        other.paymentId === paymentId && status === "waiting" && (nextAttemptAtMs ?? 0) <= nowMs,
    );
    if (next !== undefined) schedule(next, nowMs);
  }

  async function attempt(delivery: WebhookDelivery, atMs: number): Promise<void> {
    delivery.status = "sending";
    delete delivery.nextAttemptAtMs;
    const { outcome, status } = await sendWebhook(options.send, delivery, closing.signal);
    delivery.attempts.push({ atMs, outcome, ...(status === undefined ? {} : { status }) });
    const pauseMs = retryDelaysMs[delivery.attempts.length - 1];
    const isLast = pauseMs === undefined || closing.signal.aborted;
    if (outcome === "delivered") delivery.status = "delivered";
    else if (isLast) delivery.status = "failed";
    else schedule(delivery, atMs + pauseMs);
    options.onAttempt(delivery);
    if (outcome === "delivered") releaseReordered(delivery);
    if (outcome === "delivered" || isLast) releaseNext(delivery);
  }

  function deliver(delivery: WebhookDelivery): void {
    if (closing.signal.aborted || delivery.status === "sending") return;
    const sending = attempt(delivery, clock.nowMs()).finally(() => inFlight.delete(sending));
    inFlight.add(sending);
  }

  return {
    notify(payment, event) {
      const { webhook } = payment;
      if (webhook === undefined || closing.signal.aborted || !isWanted(webhook, event)) return;
      const fault = faults.takeForWebhook();
      const nowMs = clock.nowMs();
      const delivery = create(payment, webhook, event, fault);
      if (fault?.kind === "webhook_never") delivery.status = "dropped";
      else if (fault?.kind === "webhook_delay") schedule(delivery, nowMs + (fault.delayMs ?? defaultDelayMs));
      else if (fault?.kind === "webhook_reorder") schedule(delivery, nowMs + maxReorderDelayMs);
      else schedule(delivery, nowMs);
      if (fault?.kind === "webhook_duplicate") schedule(create(payment, webhook, event, fault), nowMs);
    },
    deliver(deliveryId) {
      const delivery = findDelivery(state, deliveryId);
      // A reordered webhook is scheduled twice.
      if (delivery?.status !== "waiting" || (delivery.nextAttemptAtMs ?? 0) > clock.nowMs()) return;
      if (!isBlocked(state, delivery)) deliver(delivery);
    },
    redeliver(deliveryId) {
      const delivery = findDelivery(state, deliveryId);
      if (delivery === undefined) return false;
      if (delivery.status !== "sending") schedule(delivery, clock.nowMs());
      return true;
    },
    list: (paymentId) =>
      structuredClone(
        state.deliveries.filter((delivery) => paymentId === undefined || delivery.paymentId === paymentId),
      ),
    async settled() {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
    async close() {
      closing.abort();
      await Promise.all(inFlight);
    },
  };
}

function isWanted({ url, event_types: types }: Webhook, event: LedgerKind): boolean {
  if (!URL.canParse(url) || !["http:", "https:"].includes(new URL(url).protocol)) return false;
  if (types === undefined || types.length === 0) return true;
  return types.some((type) => type === eventTypes[event]);
}
