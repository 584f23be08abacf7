import type { AuthorizationAnswer, OperationAnswer, PartnerAnswer, PartnerOrder } from "../state/records.js";
import type { OperationList } from "../../../generated/operations.js";
import type { MinorUnits } from "../../../generated/schema.js";
import type { Context } from "../context.js";
import type { LedgerKind } from "../state/records.js";
import { authorizationOf, operationOf } from "./test-amounts.js";
import type { TestCard } from "./test-cards.js";

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

interface Share {
  readonly partner: string;
  readonly method: string;
  readonly amount: MinorUnits;
}

/** Queued answers come first, then the card, then the amount. */
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

/** The answer for each share of one operation. A queued answer without partner and method applies to all shares. */
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

/** Removes and returns the first matching order. */
function take<T extends PartnerOrder>(
  orders: PartnerOrder[],
  matches: (order: PartnerOrder) => order is T,
): T["answer"] | undefined {
  const order = orders.find(matches);
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
