import type { Amounts, Overview, Payment } from "../../../generated/schema.js";
import { toHostedPagePath } from "../protocol/addresses.js";
import { statusOf } from "../payments/client-sessions.js";
import type { Context } from "../context.js";
import type { PlannedFault } from "../state/fault-records.js";
import type { LedgerEntry, LedgerPart, WebhookDelivery, PartnerOrder } from "../state/records.js";
import type { RequestRecord } from "../server/request-log.js";
import type { Simulator } from "../simulator-interface.js";

/** Entries per list, unless all are asked for. */
const maxShown = 50;

/** The lists of the dashboard that can become long. */
export type LongList = "payments" | "sessions" | "requests" | "webhooks" | "ledger";

interface SessionSummary {
  readonly id: string;
  readonly reference: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly expiresAtMs: number;
  readonly isPayable: boolean;
  readonly pageUrl: string;
}

interface PaymentSummary {
  readonly id: string;
  readonly reference: string;
  readonly createdAt: string;
  readonly version: number;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly amounts: Amounts;
  readonly overview: Overview;
  readonly split: readonly LedgerPart[];
  readonly operations: readonly {
    readonly id: string;
    readonly kind: "capture" | "refund" | "void";
    readonly status: string;
    readonly amount: number;
  }[];
}

type WebhookSummary = Pick<
  WebhookDelivery,
  "id" | "paymentId" | "version" | "status" | "url" | "attempts" | "nextAttemptAtMs" | "fault"
> &
  OfOrder;

interface OfOrder {
  /** The order's reference. */
  readonly reference: string;
}

/** The dashboard's data: the newest entries of each list, newest first. */
export interface DashboardOverview {
  readonly clock: { readonly nowMs: number; readonly isFrozen: boolean };
  readonly counts: Readonly<Record<LongList, number>>;
  readonly sessions: readonly SessionSummary[];
  readonly payments: readonly PaymentSummary[];
  readonly ledger: readonly (LedgerEntry & OfOrder)[];
  readonly requests: readonly RequestRecord[];
  readonly webhooks: readonly WebhookSummary[];
  readonly faults: readonly PlannedFault[];
  readonly partnerOrders: readonly PartnerOrder[];
  readonly signingKeys: readonly { readonly kid: string | number; readonly retiresAtMs?: number }[];
}

/** @param all lists to return in full */
export function createOverview(
  context: Context,
  simulator: Simulator,
  all: readonly string[] = [],
): DashboardOverview {
  const { state, clock } = context;
  const newestOf = <T>(name: LongList, list: readonly T[]): T[] =>
    newest(list, all.includes(name) ? list.length : maxShown);
  const referenceOf = (paymentId: string): string => state.payments[paymentId]?.order_reference ?? "–";
  const requests = simulator.requests();
  return {
    clock: { nowMs: clock.nowMs(), isFrozen: simulator.clock.isFrozen },
    counts: {
      sessions: Object.keys(state.sessions).length,
      payments: Object.keys(state.payments).length,
      ledger: state.ledger.length,
      requests: requests.length,
      webhooks: state.deliveries.length,
    },
    sessions: newestOf("sessions", Object.values(state.sessions)).map((session) => ({
      id: session.id,
      reference: session.request.order.reference,
      status: statusOf(context, session),
      amount: session.request.amount,
      currency: session.request.currency,
      expiresAtMs: session.expiresAtMs,
      isPayable: statusOf(context, session) === "CREATED",
      pageUrl: context.baseUrl() + toHostedPagePath(session.request.entity_id, session.id),
    })),
    payments: newestOf("payments", Object.values(state.payments)).map(toPaymentSummary),
    ledger: newestOf("ledger", simulator.ledger.entries()).map((entry) => ({
      ...entry,
      reference: referenceOf(entry.paymentId),
    })),
    requests: newestOf("requests", requests),
    webhooks: newestOf("webhooks", state.deliveries).map((delivery) =>
      toWebhookSummary(delivery, referenceOf(delivery.paymentId)),
    ),
    faults: simulator.faults.list(),
    partnerOrders: state.partnerOrders,
    signingKeys: newest(state.signingKeys, maxShown).map(({ kid, retiresAtMs }) => ({
      kid,
      ...(retiresAtMs === undefined ? {} : { retiresAtMs }),
    })),
  };
}

/** Leaves out headers, which can contain secrets, and the body. */
function toWebhookSummary(delivery: WebhookDelivery, reference: string): WebhookSummary {
  const { id, paymentId, version, status, url, attempts, nextAttemptAtMs, fault } = delivery;
  return {
    ...{ id, paymentId, reference, version, status, url, attempts },
    ...(nextAttemptAtMs === undefined ? {} : { nextAttemptAtMs }),
    ...(fault === undefined ? {} : { fault }),
  };
}

function toPaymentSummary(payment: Payment): PaymentSummary {
  return {
    id: payment.id,
    reference: payment.order_reference,
    createdAt: payment.created_at,
    version: payment.version ?? 0,
    status: payment.authorization.status,
    amount: payment.amount,
    currency: payment.currency,
    amounts: payment.amounts,
    overview: payment.overview,
    split: payment.split.map(({ partner, method, amount }) => ({ partner, method, amount })),
    operations: [
      ...payment.captures.map((operation) => ({ kind: "capture" as const, ...operation })),
      ...payment.refunds.map((operation) => ({ kind: "refund" as const, ...operation })),
      ...payment.voids.map((operation) => ({ kind: "void" as const, ...operation })),
    ].map(({ id, kind, status, amount }) => ({ id, kind, status, amount })),
  };
}

function newest<T>(list: readonly T[], count: number): T[] {
  return list.slice(Math.max(list.length - count, 0)).reverse();
}
