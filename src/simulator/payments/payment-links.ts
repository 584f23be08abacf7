import type { CreatePaymentLinkRequest, PaymentLink } from "../../../generated/schema.js";
import { createSession, isOpen } from "./client-sessions.js";
import type { Context } from "../context.js";
import { isPayable, showPaymentLink } from "./payment-link-status.js";
import { unknownResource } from "../protocol/problems.js";
import { checkAmount, checkEntity } from "../protocol/request-rules.js";
import type { PaymentLinkRecord, SessionRecord } from "../state/records.js";
import { schedule } from "../timeline.js";

export function createPaymentLink(context: Context, request: CreatePaymentLinkRequest): PaymentLink {
  checkEntity(context, request.entity_id);
  checkAmount(request);
  const link: PaymentLinkRecord = {
    id: context.random.uuid(),
    request,
    expiresAtMs: context.clock.nowMs() + context.settings.paymentLinkLifetimeMs,
    status: "OPENED",
  };
  context.state.paymentLinks[link.id] = link;
  schedule(context, { kind: "expire_payment_link", atMs: link.expiresAtMs, id: link.id });
  return showPaymentLink(context, link);
}

/**
 * The session to show to a shopper who opens the link. Returns the last session while it can be paid or its payment is
 * authorized or pending, so that a link is never paid twice; after a failed payment, a new session. Undefined when the link
 * has expired.
 *
 * @throws Refusal with status 404 when there is no such link.
 */
export function openPaymentLink(context: Context, id: string): SessionRecord | undefined {
  const link = context.state.paymentLinks[id];
  if (link === undefined) throw unknownResource("payment link");
  const last = context.state.sessions[link.sessionId ?? ""];
  if (last !== undefined && !isOver(context, last)) return last;
  if (!isPayable(context, link)) return undefined;
  const session = createSession(context, { ...link.request, integration_mode: "HOSTED_PAGE" }, link.id);
  link.sessionId = session.id;
  return session;
}

/** Whether the session was not paid and no longer can be. */
function isOver(context: Context, session: SessionRecord): boolean {
  if (isOpen(context, session)) return false;
  const status = context.state.payments[session.paymentId ?? ""]?.authorization.status;
  return status !== "AUTHORIZED" && status !== "PENDING";
}
