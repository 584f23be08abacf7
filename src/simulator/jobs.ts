import { captureRemaining } from "./payments/authorization-outcome.js";
import { expireSession } from "./payments/client-sessions.js";
import { expirePaymentLink } from "./payments/payment-link-status.js";
import { findOperation, settleAuthorization, settleOperation } from "./payments/settlement.js";
import type { JobHandlers } from "./context.js";

export const jobHandlers: JobHandlers = {
  capture(context, { paymentId }) {
    const payment = context.state.payments[paymentId];
    if (payment !== undefined) captureRemaining(context, payment);
  },
  settle_authorization(context, { paymentId, transactionIds, answer }) {
    const payment = context.state.payments[paymentId];
    if (payment !== undefined) settleAuthorization(context, payment, answer, transactionIds);
  },
  settle_operation(context, { paymentId, operationId, transactionIds, answer }) {
    const payment = context.state.payments[paymentId];
    const found = payment === undefined ? undefined : findOperation(payment, operationId);
    if (payment === undefined || found === undefined) return;
    settleOperation(context, payment, found, answer, transactionIds);
  },
  expire_session(context, { id }) {
    expireSession(context, id);
  },
  expire_payment_link(context, { id }) {
    expirePaymentLink(context, id);
  },
  deliver_webhook({ webhooks }, { deliveryId }) {
    webhooks.deliver(deliveryId);
  },
};
