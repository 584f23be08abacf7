import type {
  AuthorizationStatus,
  AuthorizationTransaction,
  CreateClientSessionRequest,
  CreatePaymentRequest,
  Payment,
  Split,
} from "../../generated/schema.js";
import { completePayment, type PaymentDraft } from "./amounts.js";
import { authorizeCard, authorizePart } from "./authorizations.js";
import { isOpen } from "./client-sessions.js";
import { toDateTime } from "./clock.js";
import type { Context } from "./context.js";
import { record } from "./ledger.js";
import { operate } from "./operations.js";
import { badRequest, unknownResource } from "./problems.js";
import { checkAmount, checkEntity } from "./request-rules.js";
import { resolveSplit } from "./split.js";
import type { SessionRecord } from "./state.js";
import type { TestCard } from "./test-cards.js";

export function findPayment({ state }: Context, id: string): Payment {
  const payment = state.payments[id];
  if (payment === undefined) throw unknownResource("payment");
  return payment;
}

/** The shopper has pressed "Pay": the session is submitted, whatever the bank says. */
export function paySession(
  context: Context,
  session: SessionRecord,
  card: TestCard,
  holderName: string,
): void {
  if (!isOpen(context, session)) throw badRequest("The session can no longer be paid.");
  const transaction = authorizeCard(context, session.request, card, holderName);
  const { partner, method, amount } = transaction;
  const draft = toDraft(context, session.request, [{ partner, method, amount }], [transaction]);
  const payment = completePayment({ ...draft, client_session_id: session.id });
  session.status = "SUBMITTED";
  session.paymentId = payment.id;
  open(context, payment, undefined);
}

/** A payment without a page. The key is noted in the ledger, but not honoured: a replay pays again. */
export function createPayment(
  context: Context,
  request: CreatePaymentRequest,
  idempotencyKey: string | undefined,
): Payment {
  checkEntity(context, request.entity_id);
  checkAmount(request);
  const parts = resolveSplit(context.state, request);
  const transactions = parts.map((part) => authorizePart(context, request, part));
  const split = parts.map((part) => part.split);
  const payment = completePayment(toDraft(context, request, split, transactions));
  open(context, payment, idempotencyKey);
  return payment;
}

function open(context: Context, payment: Payment, idempotencyKey: string | undefined): void {
  context.state.payments[payment.id] = payment;
  const amount = payment.amounts.total_authorized;
  record(context.state, payment, { kind: "authorization", operationId: payment.id, amount, idempotencyKey });
  context.webhooks.notify(payment, "authorization");
  if (payment.capture_mode === "AUTOMATIC" && amount > 0) operate(context, "captures", payment, { amount });
}

function toDraft(
  { clock }: Context,
  request: CreateClientSessionRequest | CreatePaymentRequest,
  split: Split[],
  transactions: AuthorizationTransaction[],
): PaymentDraft {
  const now = toDateTime(clock.nowMs());
  const { customer, webhook } = request;
  return {
    id: crypto.randomUUID(),
    created_at: now,
    entity_id: request.entity_id,
    order_reference: request.order.reference,
    order: request.order,
    ...(customer === undefined ? {} : { customer }),
    amount: request.amount,
    currency: request.currency,
    capture_mode: request.capture_mode ?? "MANUAL",
    allow_future_usage: request.allow_future_usage ?? false,
    captures: [],
    voids: [],
    refunds: [],
    authorization: { updated_at: now, status: overall(transactions), partner_transactions: transactions },
    split,
    ...(webhook === undefined ? {} : { webhook }),
  };
}

/** A payment is authorized when every part is. */
function overall(transactions: readonly AuthorizationTransaction[]): AuthorizationStatus {
  return transactions.find(({ status }) => status !== "AUTHORIZED")?.status ?? "AUTHORIZED";
}
