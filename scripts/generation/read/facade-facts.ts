/**
 * What the facade has to know and an OpenAPI file does not say. The committed description says it in `x-` extensions of
 * ours; the vendor's own file will not, so `generate -- --from` takes it from here. It lives beside the generation and
 * not in openapi/ because it outlasts the replacement of the file there. A test keeps both in agreement.
 */
export interface FactsOfOperation {
  readonly operationId: string;
  readonly method: "get" | "post";
  readonly path: string;
  /** `operations`: the member of a payment that lists what was made with an idempotency key. */
  readonly idempotency?: { readonly honoured: true | "unknown"; readonly operations?: string };
  readonly redirectionParameter?: string;
  /** A POST that changes nothing. */
  readonly isRepeatable?: boolean;
}

const payment = "/payment/v2/payments/{id}";
const session = "/payment/v2/client-sessions";

/** Method and path identify an operation; what its path parameters are called does not matter. */
export const facadeOperations: readonly FactsOfOperation[] = [
  { operationId: "createAccessToken", method: "post", path: "/oauth/token" },
  { operationId: "createClientSession", method: "post", path: session, idempotency: { honoured: "unknown" } },
  { operationId: "getClientSession", method: "get", path: `${session}/{id}` },
  {
    operationId: "abortClientSession",
    method: "post",
    path: `${session}/{id}/abort`,
    idempotency: { honoured: "unknown" },
  },
  {
    operationId: "createPayment",
    method: "post",
    path: "/payment/v2/payments",
    idempotency: { honoured: "unknown" },
  },
  { operationId: "getPayment", method: "get", path: payment },
  {
    operationId: "capturePayment",
    method: "post",
    path: `${payment}/captures`,
    idempotency: { honoured: true, operations: "captures" },
  },
  {
    operationId: "refundPayment",
    method: "post",
    path: `${payment}/refunds`,
    idempotency: { honoured: true, operations: "refunds" },
  },
  {
    operationId: "voidPayment",
    method: "post",
    path: `${payment}/voids`,
    idempotency: { honoured: true, operations: "voids" },
  },
  {
    operationId: "listEligibleSolutions",
    method: "post",
    path: "/payment/v2/eligible-solutions",
    isRepeatable: true,
  },
  {
    operationId: "createPaymentLink",
    method: "post",
    path: "/payment/v2/payment-links",
    idempotency: { honoured: "unknown" },
  },
  {
    operationId: "getSigningJwks",
    method: "get",
    path: "/payment/v2/signing-jwks",
    redirectionParameter: "purse-redirection-data",
  },
];

/** The vendor publishes tokens apart from payments, so its payment file may lack this one. */
export const tokenOperation = "createAccessToken";

/** Origins, and the words by which a server of the file is recognised when its origin is another. */
export const facadeEnvironments: readonly { name: string; url: string; words: RegExp }[] = [
  { name: "sandbox", url: "https://api.purse-sandbox.com", words: /sandbox|\btest/i },
  { name: "production", url: "https://api.purse-live.com", words: /\blive\b|production|\bprod\b|secure/i },
];

/** Members that hold amounts in minor units, for files that describe them as plain integers. */
export const minorUnitMembers: readonly string[] = [
  "amount",
  "discount_amount",
  "net_amount",
  "tax_amount",
  "unit_gross_price",
];

/** Lists whose values callers look up rather than loop over: as types alone they add nothing to the bundle. */
export const listsInTypesOnly: readonly string[] = ["Partner", "PaymentMethod"];

/** Request headers that the client itself sends, by what they are called in any file. */
export const idempotencyKeyHeaderPattern = /idempot/i;
export const maxAgeHeaderPattern = /^cache-control$/i;

/**
 * Schemas that a file need not have: the signed token that is no API answer, and variants that it may describe as one
 * schema. Where they are missing, ours are kept.
 */
export const schemasOutsideOperations: readonly string[] = [
  ...["RedirectionHeader", "RedirectionClaims"],
  ...["ParentPaymentSplit", "ParentTransactionSplit", "ParentTokenSplit"],
  ...["SavedCardSplit", "NewCardSplit", "SolutionSplit"],
  ...["FormRedirection", "PostRedirection", "LinkRedirection"],
];
