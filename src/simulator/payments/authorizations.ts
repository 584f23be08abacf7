import type { KnownAuthorizationStatus } from "../../../generated/enums.js";
import type { AuthorizationTransaction, Card } from "../../../generated/schema.js";
import { toDateTime } from "../state/clock.js";
import type { Context } from "../context.js";
import { answerAuthorization } from "../partners/partner-answers.js";
import { describeAuthorization } from "../partners/partner-texts.js";
import { isReusable, type SplitPart } from "./split.js";
import { maskCard } from "../partners/test-cards.js";
import type { SettledAnswer, AuthorizationAnswer } from "../state/records.js";
import { schedule } from "../timeline.js";

interface Authorized {
  readonly transaction: AuthorizationTransaction;
  /** How it settles later, if it does so by itself. */
  readonly settles?: SettledAnswer;
}

/** The initial status for each answer. */
const statuses: Readonly<Record<AuthorizationAnswer, KnownAuthorizationStatus>> = {
  approve: "AUTHORIZED",
  refuse: "REFUSED",
  error: "ERROR",
  pending: "PENDING",
  pending_then_refuse: "PENDING",
  undecided: "PENDING",
};

const laterAnswers: Readonly<Partial<Record<AuthorizationAnswer, SettledAnswer>>> = {
  pending: "approve",
  pending_then_refuse: "refuse",
};

/** Authorizes the parts in order and stops after the first failure. */
export function authorizeParts(
  context: Context,
  parts: readonly SplitPart[],
  allowFutureUsage: boolean,
): Authorized[] {
  const authorized: Authorized[] = [];
  for (const part of parts) {
    const next = authorize(context, part, allowFutureUsage);
    authorized.push(next);
    if (isFailed(next.transaction)) break;
  }
  return authorized;
}

export function scheduleSettlement(
  context: Context,
  paymentId: string,
  authorized: readonly Authorized[],
): void {
  const atMs = context.clock.nowMs() + context.settings.settlementDelayMs;
  for (const answer of ["refuse", "approve"] as const) {
    const transactionIds = authorized
      .filter(({ settles }) => settles === answer)
      .map(({ transaction }) => transaction.id);
    if (transactionIds.length > 0) {
      schedule(context, { kind: "settle_authorization", atMs, paymentId, transactionIds, answer });
    }
  }
}

export function isFailed({ status }: AuthorizationTransaction): boolean {
  return status !== "AUTHORIZED" && status !== "PENDING";
}

export function endAuthorization(
  { clock }: Context,
  transaction: AuthorizationTransaction,
  status: Exclude<KnownAuthorizationStatus, "PENDING">,
): void {
  Object.assign(transaction, {
    status,
    updated_at: toDateTime(clock.nowMs()),
    remaining_amount: status === "AUTHORIZED" ? transaction.amount : 0,
    ...describeAuthorization(status),
  } satisfies Partial<AuthorizationTransaction>);
}

function authorize(context: Context, part: SplitPart, allowFutureUsage: boolean): Authorized {
  const { clock, random } = context;
  const { partner, method, amount } = part.split;
  const answer = answerAuthorization(context, part.split, part.card);
  const status = statuses[answer];
  const now = toDateTime(clock.nowMs());
  const card = showCard(context, part);
  const settles = laterAnswers[answer];
  const transaction: AuthorizationTransaction = {
    id: random.uuid(),
    created_at: now,
    updated_at: now,
    amount,
    remaining_amount: status === "AUTHORIZED" ? amount : 0,
    partner,
    method,
    partner_reference: `A${random.digits(12)}`,
    ...describeAuthorization(status, part.card),
    ...(allowFutureUsage && isReusable(part.split) ? { partner_token: random.uuid() } : {}),
    ...(card === undefined ? {} : { card }),
    status,
  };
  return settles === undefined ? { transaction } : { transaction, settles };
}

function showCard({ clock }: Context, { card, holderName, parent }: SplitPart): Card | undefined {
  return card === undefined ? parent?.card : maskCard(card, holderName ?? "", clock.nowMs());
}
