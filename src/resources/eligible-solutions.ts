import { listEligibleSolutions } from "../../generated/operations.js";
import type { EligibleSolutionList } from "../../generated/schema.js";
import type { Caller } from "../call/execute.js";
import type { PursePromise } from "../call/purse-promise.js";
import type { RequestOptions } from "../options.js";
import type { ListEligibleSolutionsParams } from "./request-types.js";

/** The ways to pay for an order, without a session: for checkouts that a shop builds itself. */
export interface EligibleSolutions {
  /**
   * Lists the payment solutions (partner and method) that an order may be paid with. It creates and charges
   * nothing, so it is retried like a read.
   *
   * Source: documented by a guide; that it changes nothing is inferred.
   *
   * @param params order, amount (whole minor units: 4299 is 42.99 EUR) and currency. `entity_id` defaults to the
   * client's.
   * @throws PurseInvalidArgumentError when a member is missing or an amount is not a whole number; nothing was sent.
   * @throws PurseBadRequestError when the service refuses the order.
   * @throws PurseConnectionError, PurseTimeoutError or PurseServerError when the service cannot be reached.
   *
   * @example
   * ```ts
   * import { Purse } from "purse-payments";
   *
   * const purse = new Purse({ environment: "sandbox", entityId: "5e3a0862-7cc3-4427-92ba-9e1e9595f571" });
   * const { eligible_solutions: solutions } = await purse.eligibleSolutions.list({
   *   amount: 12000,
   *   currency: "EUR",
   *   order: { reference: "123456789", net_amount: 12000 },
   * });
   * console.log(solutions.map(({ partner, method }) => `${partner} ${method}`));
   * ```
   */
  list(params: ListEligibleSolutionsParams, options?: RequestOptions): PursePromise<EligibleSolutionList>;
}

export function createEligibleSolutions(caller: Caller): EligibleSolutions {
  return {
    list: (params, options) => caller.execute({ operation: listEligibleSolutions, params, options }),
  };
}
