import type { KnownWebhookEventType } from "../../../generated/enums.js";
import type { Payment, Webhook } from "../../../generated/schema.js";
import type { SimulatorClock } from "../state/clock.js";
import { addDelivery, findDelivery, hasToWait } from "./deliveries.js";
import type { PlannedFault } from "../state/fault-records.js";
import type { FaultPlan } from "../faults/faults.js";
import type { LedgerKind, WebhookDelivery } from "../state/records.js";
import type { Random } from "../state/random.js";
import type { SimulatorState } from "../state/state.js";
import { sendWebhook, toHeaders, type SendWebhook } from "./webhook-sending.js";

const defaultDelayMs = 60_000;
/** How long a notification that is to be overtaken waits for the one that overtakes it. */
const longestReorderMs = 60_000;

/** No event type is documented for authorizations, so a list of types never asks for them. */
const eventTypes: Readonly<Record<LedgerKind, KnownWebhookEventType | undefined>> = {
  authorization: undefined,
  capture: "PAYMENT_CAPTURE",
  refund: "PAYMENT_REFUND",
  void: "PAYMENT_VOID",
};

export interface WebhookSender {
  /** Sends a copy of the payment as it is now, soon, if it asked to be notified of this. */
  notify(payment: Payment, event: LedgerKind): void;
  /** Sends what the timeline says is due. */
  deliver(deliveryId: string): void;
  /** Sends the same notification once more, whatever became of it. False when there is none of that id. */
  redeliver(deliveryId: string): boolean;
  /** Notifications, the oldest first. */
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
  /** The pauses before each further attempt. */
  readonly retryDelaysMs: readonly number[];
  readonly send: SendWebhook;
  readonly onAttempt: (delivery: WebhookDelivery) => void;
  /** Called when something has become due at once. */
  readonly wake: () => void;
}

export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { state, clock, random, faults, retryDelaysMs } = options;
  const closing = new AbortController();
  const underway = new Set<Promise<void>>();

  function plan(delivery: WebhookDelivery, atMs: number): void {
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

  /** A notification that was to be overtaken has been, now that another of the payment is sent. */
  function releaseOvertaken({ paymentId, id }: WebhookDelivery): void {
    for (const held of state.deliveries) {
      if (held.id === id || held.paymentId !== paymentId) continue;
      if (held.fault === "webhook_reorder" && held.status === "waiting" && held.attempts.length === 0)
        plan(held, clock.nowMs());
    }
  }

  /** Notifications of a payment that have waited for an earlier one. */
  function releaseBehind({ paymentId }: WebhookDelivery): void {
    const nowMs = clock.nowMs();
    const next = state.deliveries.find(
      ({ status, nextAttemptAtMs, ...other }) =>
        other.paymentId === paymentId && status === "waiting" && (nextAttemptAtMs ?? 0) <= nowMs,
    );
    if (next !== undefined) plan(next, nowMs);
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
    else plan(delivery, atMs + pauseMs);
    options.onAttempt(delivery);
    if (outcome === "delivered") releaseOvertaken(delivery);
    if (outcome === "delivered" || isLast) releaseBehind(delivery);
  }

  function deliver(delivery: WebhookDelivery): void {
    if (closing.signal.aborted || delivery.status === "sending") return;
    const sending = attempt(delivery, clock.nowMs()).finally(() => underway.delete(sending));
    underway.add(sending);
  }

  return {
    notify(payment, event) {
      const { webhook } = payment;
      if (webhook === undefined || closing.signal.aborted || !isWanted(webhook, event)) return;
      const fault = faults.takeForWebhook();
      const nowMs = clock.nowMs();
      const delivery = create(payment, webhook, event, fault);
      if (fault?.kind === "webhook_never") delivery.status = "dropped";
      else if (fault?.kind === "webhook_delay") plan(delivery, nowMs + (fault.delayMs ?? defaultDelayMs));
      else if (fault?.kind === "webhook_reorder") plan(delivery, nowMs + longestReorderMs);
      else plan(delivery, nowMs);
      if (fault?.kind === "webhook_duplicate") plan(create(payment, webhook, event, fault), nowMs);
    },
    deliver(deliveryId) {
      const delivery = findDelivery(state, deliveryId);
      // One that was overtaken was planned twice.
      if (delivery?.status !== "waiting" || (delivery.nextAttemptAtMs ?? 0) > clock.nowMs()) return;
      if (!hasToWait(state, delivery)) deliver(delivery);
    },
    redeliver(deliveryId) {
      const delivery = findDelivery(state, deliveryId);
      if (delivery === undefined) return false;
      if (delivery.status !== "sending") plan(delivery, clock.nowMs());
      return true;
    },
    list: (paymentId) =>
      structuredClone(
        state.deliveries.filter((delivery) => paymentId === undefined || delivery.paymentId === paymentId),
      ),
    async settled() {
      while (underway.size > 0) await Promise.all(underway);
    },
    async close() {
      closing.abort();
      await Promise.all(underway);
    },
  };
}

function isWanted({ url, event_types: types }: Webhook, event: LedgerKind): boolean {
  if (!URL.canParse(url) || !["http:", "https:"].includes(new URL(url).protocol)) return false;
  if (types === undefined || types.length === 0) return true;
  return types.some((type) => type === eventTypes[event]);
}
