import type { EligibleSolutionList, ListEligibleSolutionsRequest } from "../../../generated/schema.js";
import { eligibleSolutions } from "./client-sessions.js";
import type { Context } from "../context.js";
import { checkAmount, checkEntity } from "../protocol/request-rules.js";

/** The list is the same as for a client session. */
export function listEligibleSolutions(
  context: Context,
  request: ListEligibleSolutionsRequest,
): EligibleSolutionList {
  checkEntity(context, request.entity_id);
  checkAmount(request);
  return {
    amount: request.amount,
    currency: request.currency,
    eligible_solutions: [...eligibleSolutions],
  };
}
