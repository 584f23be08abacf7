import type { KnownAuthorizationStatus, KnownOperationStatus } from "../../../generated/enums.js";
import type { TestCard } from "./test-cards.js";

/** The partner's own code and description, for information only. */
export interface PartnerText {
  readonly partner_status: string;
  readonly partner_status_description: string;
}

const success: PartnerText = {
  partner_status: "0000",
  partner_status_description: "Successful operation",
};

const authorizationTexts: Readonly<Record<KnownAuthorizationStatus, PartnerText>> = {
  AUTHORIZED: success,
  REFUSED: { partner_status: "05", partner_status_description: "Do not honour" },
  ERROR: { partner_status: "96", partner_status_description: "The partner failed while processing" },
  PENDING: { partner_status: "PENDING", partner_status_description: "Waiting for the bank" },
  ABORTED: { partner_status: "17", partner_status_description: "Cancelled before the bank answered" },
};

const operationTexts: Readonly<Record<KnownOperationStatus, PartnerText>> = {
  SUCCESS: success,
  PENDING: { partner_status: "PENDING", partner_status_description: "Waiting for the partner" },
  FAILURE: { partner_status: "9999", partner_status_description: "The partner rejected the operation" },
  CONFLICT: { partner_status: "9409", partner_status_description: "Partly successful" },
  UNCERTAIN: { partner_status: "9504", partner_status_description: "The partner's answer did not arrive" },
};

/** The test card's own text, if the card caused this status. */
export function describeAuthorization(status: KnownAuthorizationStatus, card?: TestCard): PartnerText {
  if (card?.outcome !== status) return authorizationTexts[status];
  return { partner_status: card.partnerStatus, partner_status_description: card.partnerText };
}

export function describeOperation(status: KnownOperationStatus): PartnerText {
  return operationTexts[status];
}
