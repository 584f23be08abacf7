import type {
  KnownAuthorizationStatus,
  KnownCardNetwork,
  KnownThreeDsFlow,
} from "../../../generated/enums.js";
import type { Card } from "../../../generated/schema.js";
import type { AuthorizationAnswer } from "../state/records.js";

/** A test card number and its outcome. */
export interface TestCard {
  /** Number of the card. */
  readonly number: string;
  /** What the partner answers. */
  readonly answer: AuthorizationAnswer;
  /** The initial authorization status. */
  readonly outcome: KnownAuthorizationStatus;
  /** Network of the card. */
  readonly network: KnownCardNetwork;
  /** Whether the shopper is challenged. */
  readonly threeDsFlow: KnownThreeDsFlow;
  /** `partner_status` and its description in the answer. */
  readonly partnerStatus: string;
  /** Description of `partnerStatus`. */
  readonly partnerText: string;
}

/** Names of the test cards, by their outcome. */
export type TestCardName =
  | "approved"
  | "approvedMastercard"
  | "approvedAmericanExpress"
  | "approvedAfterChallenge"
  | "refused"
  | "refusedInsufficientFunds"
  | "refusedExpired"
  | "error"
  | "pendingThenApproved"
  | "pendingThenRefused"
  | "undecided";

const frictionless: Pick<TestCard, "threeDsFlow"> = { threeDsFlow: "FRICTIONLESS" };

const approved = {
  ...frictionless,
  answer: "approve",
  outcome: "AUTHORIZED",
  partnerStatus: "0000",
  partnerText: "Successful operation",
} as const;

const refused = { ...frictionless, answer: "refuse", outcome: "REFUSED" } as const;

const pending = {
  ...frictionless,
  outcome: "PENDING",
  partnerStatus: "PENDING",
  partnerText: "Waiting for the bank",
} as const;

/**
 * The card numbers that the simulator accepts, by outcome. They are public test numbers of card networks and payment
 * companies.
 *
 * @example
 * ```ts
 * import { createSimulator, testCards } from "purse-payments/simulator";
 *
 * const simulator = createSimulator();
 * const pay = (sessionId: string) =>
 *   simulator.shopper.pay(sessionId, { card: testCards.refusedInsufficientFunds.number });
 * ```
 */
export const testCards: Readonly<Record<TestCardName, TestCard>> = {
  approved: { number: "4111111111111111", network: "VISA", ...approved },
  refused: {
    number: "4000000000000002",
    network: "VISA",
    ...refused,
    partnerStatus: "4001",
    partnerText: "The bank refused the payment",
  },
  approvedMastercard: { number: "5555555555554444", network: "MASTERCARD", ...approved },
  approvedAmericanExpress: { number: "378282246310005", network: "AMERICAN_EXPRESS", ...approved },
  approvedAfterChallenge: {
    number: "4916994064252017",
    network: "VISA",
    ...approved,
    threeDsFlow: "CHALLENGE",
  },
  refusedInsufficientFunds: {
    number: "4000000000009995",
    network: "VISA",
    ...refused,
    partnerStatus: "51",
    partnerText: "Insufficient funds",
  },
  refusedExpired: {
    number: "4000000000000069",
    network: "VISA",
    ...refused,
    partnerStatus: "54",
    partnerText: "Expired card",
  },
  error: {
    number: "4000000000000119",
    network: "VISA",
    ...frictionless,
    answer: "error",
    outcome: "ERROR",
    partnerStatus: "96",
    partnerText: "The partner failed while processing",
  },
  pendingThenApproved: { number: "5200828282828210", network: "MASTERCARD", ...pending, answer: "pending" },
  pendingThenRefused: {
    number: "5105105105105100",
    network: "MASTERCARD",
    ...pending,
    answer: "pending_then_refuse",
  },
  undecided: { number: "4012888888881881", network: "VISA", ...pending, answer: "undecided" },
};

export const approvedCard: TestCard = testCards.approved;
export const refusedCard: TestCard = testCards.refused;

export function findTestCard(typedNumber: string): TestCard | undefined {
  const number = typedNumber.replaceAll(/[\s-]/g, "");
  return Object.values(testCards).find((card) => card.number === number);
}

const tokenPrefix = "simulator-";
const tokenLength = 32;

/**
 * The `vault_form_token` of a test card, for `POST /payments`. Any other token stands for an approved card.
 *
 * @throws RangeError when the number is not one of `testCards`.
 *
 * @example
 * ```ts
 * import { createVaultFormToken, testCards } from "purse-payments/simulator";
 *
 * const split = [{ amount: 4299, vault_form_token: createVaultFormToken(testCards.refused.number) }];
 * ```
 */
export function createVaultFormToken(cardNumber: string): string {
  const card = findTestCard(cardNumber);
  if (card === undefined) throw new RangeError("The number is not one of the simulator's test cards.");
  return `${tokenPrefix}${card.number}`.padEnd(tokenLength, "_");
}

export function readVaultFormToken(token: string): TestCard {
  const number = token.startsWith(tokenPrefix) ? token.slice(tokenPrefix.length).replaceAll("_", "") : "";
  return findTestCard(number) ?? approvedCard;
}

/** The card as payments show it: only the first six and last four digits of the number. */
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
