import type { Context } from "../context.js";
import { isAuthorizationAnswer, isOperationAnswer, partnerAnswers } from "../partners/partner-answers.js";
import { type PartnerAnswer, type PartnerOrderTarget } from "../state/records.js";
import { checkMembers } from "../known-members.js";
import { findOperation, settleAuthorization, settleOperation } from "./settlement.js";
import type { SettledAnswer } from "../state/records.js";

/**
 * Controls the partners' answers, beyond what test cards and test amounts allow.
 *
 * @example
 * ```ts
 * import { createSimulator } from "purse-payments/simulator";
 *
 * const { partners } = createSimulator();
 * partners.next("refuse", { kind: "authorization" });
 * partners.next("uncertain", { kind: "capture" });
 * ```
 */
export interface PartnerControl {
  /**
   * Queues an answer for the next matching authorization, capture, refund or void. Each is used once, oldest first.
   * `error` applies to authorizations only, `conflict` and `uncertain` to other operations only. With `partner` or `method`
   * it applies to that share of an operation, otherwise to the whole operation.
   *
   * @throws RangeError when the answer is unknown or does not apply to the kind; TypeError when `target` has an unknown
   * member.
   */
  next(answer: PartnerAnswer, target?: PartnerOrderTarget): void;
  /**
   * Settles a pending authorization, by payment id, or a pending or uncertain capture, refund or void, by its own id, even
   * if it would settle by itself later.
   *
   * @throws RangeError when the id is unknown, nothing is pending, or the answer is invalid.
   */
  settle(id: string, answer: SettledAnswer): void;
  /** Clears the queued answers. */
  reset(): void;
}

const settledAnswers: readonly SettledAnswer[] = ["approve", "refuse"];

export function createPartnerControl(context: Context): PartnerControl {
  const { state } = context;
  return {
    next(answer, target = {}) {
      checkMembers(target, ["kind", "partner", "method"]);
      const { kind, partner, method } = target;
      if (!partnerAnswers.includes(answer)) {
        throw new RangeError(`answer must be one of ${partnerAnswers.join(", ")}.`);
      }
      const isPossible = kind === "authorization" ? isAuthorizationAnswer(answer) : isOperationAnswer(answer);
      if (kind !== undefined && !isPossible) {
        throw new RangeError(`The answer "${answer}" does not apply to the kind "${kind}".`);
      }
      state.partnerOrders.push({
        answer,
        ...(kind === undefined ? {} : { kind }),
        ...(partner === undefined ? {} : { partner }),
        ...(method === undefined ? {} : { method }),
      });
    },
    settle(id, answer) {
      // Callers in JavaScript can pass anything, and any other value would count as a refusal.
      if (!settledAnswers.includes(answer)) throw new RangeError('answer must be "approve" or "refuse".');
      if (!settle(context, id, answer)) {
        throw new RangeError(`No payment or operation ${id} with anything pending.`);
      }
    },
    reset() {
      state.partnerOrders.length = 0;
    },
  };
}

function settle(context: Context, id: string, answer: SettledAnswer): boolean {
  const payment = context.state.payments[id];
  if (payment !== undefined) return settleAuthorization(context, payment, answer);
  for (const candidate of Object.values(context.state.payments)) {
    const found = findOperation(candidate, id);
    if (found !== undefined) return settleOperation(context, candidate, found, answer);
  }
  return false;
}
