import type { Context } from "../context.js";
import { isAuthorizationAnswer, isOperationAnswer, partnerAnswers } from "../partners/partner-answers.js";
import { type PartnerAnswer, type PartnerOrderTarget } from "../state/records.js";
import { checkMembers } from "../known-members.js";
import { findOperation, settleAuthorization, settleOperation } from "./settlement.js";
import type { SettledAnswer } from "../state/records.js";

/**
 * Tells the partners behind the simulator what to answer, where test cards and test amounts do not reach.
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
   * Gives the answer to the next authorization, capture, refund or void that fits; each call is used once, the oldest
   * first. `error` goes with authorizations only, `conflict` and `uncertain` with the others only. With `partner` or
   * `method` it answers for the share of an operation that goes there, otherwise for the whole operation.
   *
   * @throws RangeError when there is no such answer, or the kind never gets it; TypeError when a member of `target` is not
   * known.
   */
  next(answer: PartnerAnswer, target?: PartnerOrderTarget): void;
  /**
   * Ends what is pending or uncertain: of an authorization, by the payment's id, or of a capture, refund or void, by its
   * own. Works for what would have ended by itself later, too.
   *
   * @throws RangeError when the id is unknown, nothing is pending there, or it cannot end like that.
   */
  settle(id: string, answer: SettledAnswer): void;
  /** Forgets the answers not used yet. */
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
        throw new RangeError(`Partners answer with one of ${partnerAnswers.join(", ")}.`);
      }
      const isPossible = kind === "authorization" ? isAuthorizationAnswer(answer) : isOperationAnswer(answer);
      if (kind !== undefined && !isPossible) {
        throw new RangeError(`The kind "${kind}" is never answered with "${answer}".`);
      }
      state.partnerOrders.push({
        answer,
        ...(kind === undefined ? {} : { kind }),
        ...(partner === undefined ? {} : { partner }),
        ...(method === undefined ? {} : { method }),
      });
    },
    settle(id, answer) {
      // Callers of JavaScript can pass anything, and what is not "approve" would count as a refusal.
      if (!settledAnswers.includes(answer))
        throw new RangeError('What is pending ends with "approve" or "refuse".');
      if (!settle(context, id, answer)) {
        throw new RangeError(`There is no payment and no operation ${id} with anything pending.`);
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
