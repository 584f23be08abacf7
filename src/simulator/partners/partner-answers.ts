import type { OperationList } from "../../../generated/operations.js";
import type { MinorUnits } from "../../../generated/schema.js";
import type { Context } from "../context.js";
import type { LedgerKind } from "../state/ledger.js";
import { authorizationOf, operationOf } from "./test-amounts.js";
import type { TestCard } from "./test-cards.js";

/**
 * How partners end an authorization: at once (`approve`, `refuse`, `error`), later by themselves (`pending` approves,
 * `pending_then_refuse` refuses), or when they are told to (`undecided`).
 */
export type AuthorizationAnswer =
  "approve" | "refuse" | "error" | "pending" | "pending_then_refuse" | "undecided";

/**
 * How partners end a capture, refund or void. `conflict` does a part of it and fails with the rest; `uncertain` leaves
 * open whether anything was done, until they are told.
 */
export type OperationAnswer =
  "approve" | "refuse" | "pending" | "pending_then_refuse" | "undecided" | "conflict" | "uncertain";

export type PartnerAnswer = AuthorizationAnswer | OperationAnswer;

/** Every answer, for those whom no compiler checks. */
export const partnerAnswers: readonly PartnerAnswer[] = [
  "approve",
  "refuse",
  "error",
  "pending",
  "pending_then_refuse",
  "undecided",
  "conflict",
  "uncertain",
];

/** What an answer is meant for; whatever is left out may be any. */
export interface PartnerOrderTarget {
  kind?: LedgerKind;
  partner?: string;
  method?: string;
}

/** An answer given beforehand. */
export interface PartnerOrder extends PartnerOrderTarget {
  readonly answer: PartnerAnswer;
}

interface Share {
  readonly partner: string;
  readonly method: string;
  readonly amount: MinorUnits;
}

/** What was ordered comes before what the card says, and that before what the amount says. */
export function answerAuthorization(
  { state }: Context,
  share: Share,
  card: TestCard | undefined,
): AuthorizationAnswer {
  const ordered = take(
    state.partnerOrders,
    (order): order is PartnerOrder & { answer: AuthorizationAnswer } =>
      isAuthorizationAnswer(order.answer) &&
      (order.kind ?? "authorization") === "authorization" &&
      isFor(order, share),
  );
  if (ordered !== undefined) return ordered;
  if (card !== undefined && card.answer !== "approve") return card.answer;
  return authorizationOf(share.amount) ?? "approve";
}

const kinds: Readonly<Record<OperationList, LedgerKind>> = {
  captures: "capture",
  refunds: "refund",
  voids: "void",
};

/** The answers for the shares of one operation. What was ordered for no partner in particular holds for all of them. */
export function answerOperation(
  { state }: Context,
  list: OperationList,
  amount: MinorUnits,
  shares: readonly Share[],
): OperationAnswer[] {
  const matches = (order: PartnerOrder): boolean =>
    isOperationAnswer(order.answer) && (order.kind ?? kinds[list]) === kinds[list];
  const whole =
    take(
      state.partnerOrders,
      (order): order is PartnerOrder & { answer: OperationAnswer } =>
        matches(order) && order.partner === undefined && order.method === undefined,
    ) ?? operationOf(amount);
  return shares.map(
    (share) =>
      take(
        state.partnerOrders,
        (order): order is PartnerOrder & { answer: OperationAnswer } =>
          matches(order) &&
          !(order.partner === undefined && order.method === undefined) &&
          isFor(order, share),
      ) ??
      whole ??
      "approve",
  );
}

/** Takes the first order that fits off the list. */
function take<T extends PartnerOrder>(
  orders: PartnerOrder[],
  fits: (order: PartnerOrder) => order is T,
): T["answer"] | undefined {
  const order = orders.find(fits);
  if (order !== undefined) orders.splice(orders.indexOf(order), 1);
  return order?.answer;
}

function isFor(order: PartnerOrder, { partner, method }: Share): boolean {
  return (order.partner ?? partner) === partner && (order.method ?? method) === method;
}

export function isAuthorizationAnswer(answer: PartnerAnswer): answer is AuthorizationAnswer {
  return answer !== "conflict" && answer !== "uncertain";
}

export function isOperationAnswer(answer: PartnerAnswer): answer is OperationAnswer {
  return answer !== "error";
}
