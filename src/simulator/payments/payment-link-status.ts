import type { Payment, PaymentLink, PaymentLinkStatus } from "../../../generated/schema.js";
import { toPaymentLinkPath } from "../protocol/addresses.js";
import type { Context } from "../context.js";
import type { PaymentLinkRecord } from "../state/records.js";
/** A guess: that links end is likely, how their status then reads is not documented. */
const expired: PaymentLinkStatus = "EXPIRED";

export function showPaymentLink(context: Context, { id, status }: PaymentLinkRecord): PaymentLink {
  return { id, status, url: context.baseUrl() + toPaymentLinkPath(id) };
}

/** Whether a shopper can still pay by the link. */
export function isPayable({ clock }: Context, link: PaymentLinkRecord): boolean {
  return link.status === "OPENED" && clock.nowMs() < link.expiresAtMs;
}

/** A link is paid once a payment made by it is authorized; after a failed attempt it just stays open. */
export function noteAuthorized({ state }: Context, payment: Payment): void {
  const session = state.sessions[payment.client_session_id ?? ""];
  const link = state.paymentLinks[session?.paymentLinkId ?? ""];
  if (link !== undefined) link.status = "PAID";
}

export function expirePaymentLink({ state }: Context, id: string): void {
  const link = state.paymentLinks[id];
  if (link?.status === "OPENED") link.status = expired;
}
