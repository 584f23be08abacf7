import type { KnownAuthorizationStatus, KnownCardNetwork, KnownThreeDsFlow } from "../../generated/enums.js";
import type { Card } from "../../generated/schema.js";

/** A well-known test number and how paying with it ends. */
export interface TestCard {
  readonly number: string;
  readonly outcome: KnownAuthorizationStatus;
  readonly network: KnownCardNetwork;
  readonly threeDsFlow: KnownThreeDsFlow;
  /** What the partner says, in its own words. */
  readonly partnerStatus: string;
  readonly partnerText: string;
}

const approved = {
  outcome: "AUTHORIZED",
  partnerStatus: "0000",
  partnerText: "Successful operation",
} as const;

export const approvedCard: TestCard = {
  number: "4111111111111111",
  network: "VISA",
  threeDsFlow: "FRICTIONLESS",
  ...approved,
};

export const refusedCard: TestCard = {
  number: "4000000000000002",
  network: "VISA",
  threeDsFlow: "FRICTIONLESS",
  outcome: "REFUSED",
  partnerStatus: "4001",
  partnerText: "The bank refused the payment",
};

export const testCards: readonly TestCard[] = [
  approvedCard,
  refusedCard,
  { number: "5555555555554444", network: "MASTERCARD", threeDsFlow: "FRICTIONLESS", ...approved },
  { number: "4916994064252017", network: "VISA", threeDsFlow: "CHALLENGE", ...approved },
];

export function findTestCard(typedNumber: string): TestCard | undefined {
  const number = typedNumber.replaceAll(/[\s-]/g, "");
  return testCards.find((card) => card.number === number);
}

/** The card as payments show it: never more of the number than its two ends. */
export function maskCard(card: TestCard, holderName: string, nowMs: number): Card {
  return {
    bin: card.number.slice(0, 6),
    last_four_digits: card.number.slice(-4),
    holder_name: holderName,
    expiry_month: "12",
    expiry_year: String(new Date(nowMs).getUTCFullYear() + 3),
    country_code: "FR",
    selected_network: card.network,
    three_ds: { eci: "05", version: "2.2.0", flow: card.threeDsFlow },
  };
}
