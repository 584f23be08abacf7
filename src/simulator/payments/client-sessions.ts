import { abortClientSession, getClientSession, getPayment } from "../../../generated/operations.js";
import type {
  ClientSession,
  ClientSessionLinks,
  ClientSessionStatus,
  CreateClientSessionRequest,
  EligibleSolution,
  Payment,
} from "../../../generated/schema.js";
import { toHostedPagePath, toLink, widgetPath } from "../protocol/addresses.js";
import { abortAuthorization } from "./authorization-outcome.js";
import { toDateTime } from "../state/clock.js";
import type { Context } from "../context.js";
import { badRequest, unknownResource } from "../protocol/problems.js";
import { checkAmount, checkEntity } from "../protocol/request-rules.js";
import type { SessionRecord } from "../state/records.js";
import { schedule } from "../timeline.js";

/** Guesses: no status is documented for a session that the shopper cancelled or that expired. */
export const abortedByShopper: ClientSessionStatus = "ABORTED_BY_CUSTOMER";
const expired: ClientSessionStatus = "EXPIRED";

export const eligibleSolutions: readonly EligibleSolution[] = [
  { partner: "illicado", method: "giftcard" },
  { partner: "dalenys", method: "creditcard" },
  { partner: "paypal", method: "wallet" },
  { partner: "oney", method: "cb3x" },
];

export function createSession(
  context: Context,
  request: CreateClientSessionRequest,
  paymentLinkId?: string,
): SessionRecord {
  checkEntity(context, request.entity_id);
  checkAmount(request);
  const session: SessionRecord = {
    id: context.random.uuid(),
    request,
    expiresAtMs: context.clock.nowMs() + context.settings.sessionLifetimeMs,
    status: "CREATED",
    ...(paymentLinkId === undefined ? {} : { paymentLinkId }),
  };
  context.state.sessions[session.id] = session;
  schedule(context, { kind: "expire_session", atMs: session.expiresAtMs, id: session.id });
  return session;
}

export function findSession({ state }: Context, id: string): SessionRecord {
  const session = state.sessions[id];
  if (session === undefined) throw unknownResource("client session");
  return session;
}

/** Whether the shopper can still pay. Compares the time as well, because the expiry job may not have run yet. */
export function isOpen({ clock }: Context, session: SessionRecord): boolean {
  return session.status === "CREATED" && clock.nowMs() < session.expiresAtMs;
}

export function statusOf(context: Context, session: SessionRecord): ClientSessionStatus {
  return session.status === "CREATED" && !isOpen(context, session) ? expired : session.status;
}

export function expireSession({ state }: Context, id: string): void {
  const session = state.sessions[id];
  if (session?.status === "CREATED") session.status = expired;
}

/**
 * Aborts an unpaid session. The documentation does not say which statuses allow it. Its samples show an abort link on a
 * submitted session and a payment on an aborted one, so a session with a pending payment can be aborted too.
 */
export function abortSession(context: Context, session: SessionRecord, status: ClientSessionStatus): void {
  if (!canBeAborted(context, session)) {
    throw badRequest(`The status ${statusOf(context, session)} of the session does not allow an abort.`);
  }
  session.status = status;
  const payment = findPendingPayment(context, session);
  if (payment !== undefined) abortAuthorization(context, payment);
}

function canBeAborted(context: Context, session: SessionRecord): boolean {
  return isOpen(context, session) || findPendingPayment(context, session) !== undefined;
}

function findPendingPayment({ state }: Context, session: SessionRecord): Payment | undefined {
  const payment = state.payments[session.paymentId ?? ""];
  return payment?.authorization.status === "PENDING" ? payment : undefined;
}

export function showSession(context: Context, session: SessionRecord): ClientSession {
  const { request, paymentId } = session;
  return {
    id: session.id,
    status: statusOf(context, session),
    amount: request.amount,
    currency: request.currency,
    entity_id: request.entity_id,
    capture_mode: request.capture_mode ?? "MANUAL",
    integration_mode: request.integration_mode ?? "EMBEDDED",
    allow_future_usage: request.allow_future_usage ?? false,
    order: request.order,
    ...(request.customer === undefined ? {} : { customer: request.customer }),
    expires_at: toDateTime(session.expiresAtMs),
    shopper_redirection_url: request.shopper_redirection_url,
    widget: { data: widgetData(session), js_url: context.baseUrl() + widgetPath },
    ...(paymentId === undefined ? {} : { payment_id: paymentId }),
    eligible_solutions: [...eligibleSolutions],
    links: linksOf(context, session),
  };
}

function linksOf(context: Context, session: SessionRecord): ClientSessionLinks {
  const { id, paymentId, request } = session;
  const hostedPage = context.baseUrl() + toHostedPagePath(request.entity_id, id);
  return {
    self: toLink(getClientSession, id),
    ...(canBeAborted(context, session) ? { abort: toLink(abortClientSession, id) } : {}),
    ...(paymentId === undefined ? {} : { payment: toLink(getPayment, paymentId) }),
    ...(request.integration_mode === "HOSTED_PAGE"
      ? { hosted_page: { href: hostedPage, method: "GET" } }
      : {}),
  };
}

function widgetData({ id, request }: SessionRecord): string {
  return btoa(JSON.stringify({ client_session_id: id, entity_id: request.entity_id }));
}
