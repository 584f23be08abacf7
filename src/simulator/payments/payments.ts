import type { CreateClientSessionRequest, CreatePaymentRequest, Payment } from "../../../generated/schema.js";
import { completePayment, type PaymentDraft } from "./amounts.js";
import { concludeAuthorization, overallStatus } from "./authorization-outcome.js";
import { authorizeParts, scheduleSettlement } from "./authorizations.js";
import { isOpen } from "./client-sessions.js";
import { toDateTime } from "../state/clock.js";
import type { Context } from "../context.js";
import { parseDurationMs } from "../state/durations.js";
import { badRequest, unknownResource } from "../protocol/problems.js";
import { checkAmount, checkEntity, checkSplitMembers } from "../protocol/request-rules.js";
import { cardSolution, giftCardSolution, resolveSplit, type SplitPart } from "./split.js";
import type { SessionRecord } from "../state/records.js";
import type { TestCard } from "../partners/test-cards.js";

export function findPayment({ state }: Context, id: string): Payment {
  const payment = state.payments[id];
  if (payment === undefined) throw unknownResource("payment");
  return payment;
}

/**
 * Pays a session, which is then submitted regardless of the outcome. A gift card pays `giftCardAmount`, the card the rest.
 */
export function paySession(
  context: Context,
  session: SessionRecord,
  card: TestCard,
  holderName: string,
  giftCardAmount = 0,
): Payment {
  if (!isOpen(context, session)) throw badRequest("The session can no longer be paid.");
  const { amount } = session.request;
  if (!Number.isSafeInteger(giftCardAmount) || giftCardAmount < 0 || giftCardAmount > amount) {
    throw badRequest(`The gift card amount must be an integer from 0 to ${String(amount)}, in minor units.`);
  }
  const giftCard: SplitPart = { split: { ...giftCardSolution, amount: giftCardAmount } };
  const ownCard: SplitPart = {
    split: { ...cardSolution, amount: amount - giftCardAmount },
    card,
    holderName,
  };
  const parts = [
    ...(giftCardAmount > 0 ? [giftCard] : []),
    ...(giftCardAmount > 0 && giftCardAmount === amount ? [] : [ownCard]),
  ];
  session.status = "SUBMITTED";
  return open(context, session.request, parts, { session });
}

/** Creates a payment without a page. The key is recorded in the ledger but has no effect: a replay pays again. */
export function createPayment(
  context: Context,
  request: CreatePaymentRequest,
  idempotencyKey: string | undefined,
): Payment {
  checkEntity(context, request.entity_id);
  checkAmount(request);
  checkSplitMembers(request);
  const parts = resolveSplit(context.state, request);
  return open(context, request, parts, idempotencyKey === undefined ? {} : { idempotencyKey });
}

interface Origin {
  readonly session?: SessionRecord;
  readonly idempotencyKey?: string;
}

function open(
  context: Context,
  request: CreateClientSessionRequest | CreatePaymentRequest,
  parts: readonly SplitPart[],
  { session, idempotencyKey }: Origin,
): Payment {
  const authorized = authorizeParts(context, parts, request.allow_future_usage ?? false);
  const draft = toDraft(context, request);
  const transactions = authorized.map(({ transaction }) => transaction);
  const payment = completePayment({
    ...draft,
    ...(session === undefined ? {} : { client_session_id: session.id }),
    split: parts.map(({ split }) => split),
    authorization: {
      updated_at: draft.created_at,
      status: overallStatus(transactions),
      partner_transactions: transactions,
    },
  });
  context.state.payments[payment.id] = payment;
  context.state.paymentNotes[payment.id] = {
    captureDelayMs: parseDurationMs(request.capture_delay ?? "PT0S"),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
  if (session !== undefined) session.paymentId = payment.id;
  scheduleSettlement(context, payment.id, authorized);
  concludeAuthorization(
    context,
    payment,
    transactions.filter(({ status }) => status === "AUTHORIZED"),
  );
  return payment;
}

function toDraft(
  { clock, random }: Context,
  request: CreateClientSessionRequest | CreatePaymentRequest,
): Omit<PaymentDraft, "split" | "authorization"> {
  const { customer, webhook } = request;
  return {
    id: random.uuid(),
    created_at: toDateTime(clock.nowMs()),
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
    ...(webhook === undefined ? {} : { webhook }),
  };
}
