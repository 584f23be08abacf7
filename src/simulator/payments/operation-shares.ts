import type { KnownOperationStatus } from "../../../generated/enums.js";
import type { OperationList } from "../../../generated/operations.js";
import type { OperationStatus, OperationTransaction } from "../../../generated/schema.js";
import { toDateTime } from "../state/clock.js";
import type { Context } from "../context.js";
import type { Share, Source } from "./distribution.js";
import { answerOperation } from "../partners/partner-answers.js";
import { describeOperation } from "../partners/partner-texts.js";
import type { SettledAnswer, OperationAnswer } from "../state/records.js";

/** The result of one share. */
export interface CarriedOut {
  readonly transaction: OperationTransaction;
  readonly sourceId: string;
  /** How it settles later, if it does so by itself. */
  readonly settles?: SettledAnswer;
}

interface AnsweredShare extends Share<Source> {
  readonly answer: Exclude<OperationAnswer, "conflict">;
}

/** The initial status for each answer. */
const statuses: Readonly<Record<AnsweredShare["answer"], KnownOperationStatus>> = {
  approve: "SUCCESS",
  refuse: "FAILURE",
  pending: "PENDING",
  pending_then_refuse: "PENDING",
  undecided: "PENDING",
  uncertain: "UNCERTAIN",
};

const laterAnswers: Readonly<Partial<Record<OperationAnswer, SettledAnswer>>> = {
  pending: "approve",
  pending_then_refuse: "refuse",
};

const letters: Readonly<Record<OperationList, string>> = { captures: "C", refunds: "R", voids: "V" };

/** Carries out each share and, unless it fails, deducts it from its source. */
export function carryOut(
  context: Context,
  list: OperationList,
  amount: number,
  shares: readonly Share<Source>[],
): CarriedOut[] {
  const orders = shares.map(({ source: { partner, method }, amount: part }) => ({
    partner,
    method,
    amount: part,
  }));
  const answers = answerOperation(context, list, amount, orders);
  return shares
    .flatMap((share, index) => divide(share, answers[index] ?? "approve", index === shares.length - 1, index))
    .map((share) => carryOutShare(context, list, share));
}

/** In a conflict, the last share fails and the others succeed; a single share succeeds by half. */
function divide(
  share: Share<Source>,
  answer: OperationAnswer,
  isLast: boolean,
  index: number,
): AnsweredShare[] {
  if (answer !== "conflict") return [{ ...share, answer }];
  if (!isLast) return [{ ...share, answer: "approve" }];
  if (index > 0 || share.amount === 1) return [{ ...share, answer: "refuse" }];
  const half = Math.floor(share.amount / 2);
  return [
    { ...share, amount: half, answer: "approve" },
    { ...share, amount: share.amount - half, answer: "refuse" },
  ];
}

function carryOutShare(
  { clock, random }: Context,
  list: OperationList,
  { source, amount, answer }: AnsweredShare,
): CarriedOut {
  const status = statuses[answer];
  const settles = laterAnswers[answer];
  if (status !== "FAILURE") source.remaining_amount = (source.remaining_amount ?? 0) - amount;
  const now = toDateTime(clock.nowMs());
  const transaction: OperationTransaction = {
    id: random.uuid(),
    created_at: now,
    updated_at: now,
    amount,
    remaining_amount: remainingAfter(list, status, amount),
    partner: source.partner,
    method: source.method,
    partner_reference: `${letters[list]}${random.digits(12)}`,
    ...describeOperation(status),
    status,
  };
  return { transaction, sourceId: source.id, ...(settles === undefined ? {} : { settles }) };
}

/** Only captured amounts can be used later, for refunds. */
export function remainingAfter(list: OperationList, status: KnownOperationStatus, amount: number): number {
  return list === "captures" && status === "SUCCESS" ? amount : 0;
}

/** Open while any share is open; `CONFLICT` when some shares succeeded and others failed. */
export function overallStatus(transactions: readonly OperationTransaction[]): OperationStatus {
  const all = transactions.map(({ status }) => status);
  const open = (["PENDING", "UNCERTAIN"] as const).find((status) => all.includes(status));
  if (open !== undefined) return open;
  const [first = "SUCCESS", ...rest] = all;
  const mixed: KnownOperationStatus = "CONFLICT";
  return rest.every((status) => status === first) ? first : mixed;
}
