/**
 * Values that the spec has from other places than the API page: the vendor's guides, glossary, conventions and
 * published code. The page is not expected to show them; every other value that is documented or shown by an example
 * is. A value added to the spec from such a place belongs here.
 */
export const valuesFromElsewhere: Readonly<Record<string, readonly string[]>> = {
  "TokenRequest.grant_type": ["client_credentials"],
  ProblemType: ["urn:eu.purse:write-conflict"],
  Currency: ["CHF", "GBP", "JPY", "USD"],
  AuthorizationStatus: ["PENDING", "ERROR", "ABORTED", "REFUSED"],
  OperationStatus: ["PENDING", "FAILURE", "CONFLICT", "UNCERTAIN"],
  OverviewStatus: ["TOTALLY"],
  PaymentLinkStatus: ["OPENED", "PAID"],
  ChallengeIndicator: ["CHALLENGE_REQUESTED_BY_MANDATE"],
  ThreeDsFlow: ["FRICTIONLESS"],
  AuthenticationStatus: ["IN_PROGRESS", "SUCCESS"],
  CardNetwork: [
    "CARTE_BANCAIRE",
    "MASTERCARD",
    "AMERICAN_EXPRESS",
    "MAESTRO",
    "DINERS_CLUB",
    "DISCOVER",
    "UNIONPAY",
    "JCB",
    "ONEY",
    "OTHER",
  ],
};

/** Lists that come from elsewhere but for these values, which examples of the page show. */
export const valuesOfThePage: Readonly<Record<string, readonly string[]>> = {
  Partner: ["dalenys", "easy2play", "illicado", "ingenico", "oney", "paypal"],
  PaymentMethod: ["cb3x", "creditcard", "giftcard", "wallet"],
};

export function isFromElsewhere(list: string, value: string): boolean {
  const own = valuesOfThePage[list];
  if (own !== undefined) return !own.includes(value);
  return valuesFromElsewhere[list]?.includes(value) === true;
}

/** Operations that only guides describe. */
export const operationsFromElsewhere: readonly string[] = ["listEligibleSolutions", "createPaymentLink"];

/** Headers that only guides and sample calls name. */
export const headersFromElsewhere: readonly string[] = ["x-idempotency-key", "x-api-key", "Cache-Control"];
