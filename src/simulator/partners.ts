import type { OperationList } from "../../generated/operations.js";
import type { KnownOperationStatus } from "../../generated/enums.js";
import type { MinorUnits } from "../../generated/schema.js";

/** One partner's share of a capture, refund or void. */
interface PartnerOrder {
  readonly list: OperationList;
  readonly partner: string;
  readonly method: string;
  readonly amount: MinorUnits;
}

/** The acquirers and wallets behind Purse: they decide how each share of an operation ends. */
export interface Partners {
  operate(order: PartnerOrder): KnownOperationStatus;
}

export const obligingPartners: Partners = { operate: () => "SUCCESS" };
