import type { Payment, PaymentLink, PaymentLinkStatus } from "../../../generated/schema.js";
import { toPaymentLinkPath } from "../protocol/addresses.js";
import type { Context } from "../context.js";
import type { PaymentLinkRecord } from "../state/records.js";

/** A guess: no status is documented for an expired link. */
const expired: PaymentLinkStatus = "EXPIRED";

export function showPaymentLink(context: Context, { id, status }: PaymentLinkRecord): PaymentLink {
  return { id, status, url: context.baseUrl() + toPaymentLinkPath(id) };
}

/** Whether a shopper can still pay with the link. */
export function isPayable({ clock }: Context, link: PaymentLinkRecord): boolean {
  return link.status === "OPENED" && clock.nowMs() < link.expiresAtMs;
}

/** Marks the payment's link as paid. After a failed payment the link stays open. */
export function noteAuthorized({ state }: Context, payment: Payment): void {
  const session = state.sessions[payment.client_session_id ?? ""];
  const link = state.paymentLinks[session?.paymentLinkId ?? ""];
  if (link !== undefined) link.status = "PAID";
}

export function expirePaymentLink({ state }: Context, id: string): void {
  const link = state.paymentLinks[id];
  if (link?.status === "OPENED") link.status = expired;
}
