export { Purse } from "./client.js";
export type { PurseEnvironment, PurseOptions, RequestOptions } from "./options.js";
export { deriveIdempotencyKey, type DeriveIdempotencyKeyInput } from "./idempotency/derived-key.js";
export type { TokenStore } from "./auth/token-store.js";
export type { ClientAuthentication } from "./auth/credentials.js";
export type { FetchAnswer, FetchFunction, FetchLike } from "./http/fetch-like.js";
export type {
  AttemptEndEvent,
  AttemptOutcome,
  CallEndEvent,
  CallEvent,
  CallOutcome,
  CallPurpose,
  PurseHooks,
  PurseLogger,
  RetryEvent,
  RetryReason,
  TokenRequestEvent,
} from "./hooks.js";
export type { ApiResponse } from "./call/raw-api.js";
export type { PollOptions } from "./call/poll.js";
export type { PursePromise, PurseResponse } from "./call/purse-promise.js";

export type { AccessTokens } from "./resources/access-tokens.js";
export type {
  ApiAnswer,
  ApiArguments,
  ApiBody,
  ApiData,
  ApiInit,
  ApiParams,
  ApiPath,
  PurseApi,
} from "./resources/api.js";
export type { ClientSessions } from "./resources/client-sessions.js";
export type { EligibleSolutions } from "./resources/eligible-solutions.js";
export { findOperation, type FindOperationQuery } from "./resources/find-operation.js";
export type {
  CaptureParams,
  CreateClientSessionParams,
  CreatePaymentLinkParams,
  CreatePaymentParams,
  ListEligibleSolutionsParams,
  RefundParams,
  VoidParams,
} from "./resources/request-types.js";
export type { PaymentLinks } from "./resources/payment-links.js";
export type { Payments, RetrievePaymentOptions } from "./resources/payments.js";
export type { Redirection } from "./resources/redirection.js";
export type { RedirectionInput } from "./redirection/token-input.js";
export type { VerifyOptions } from "./redirection/verifier.js";
export type { SigningKeys } from "./resources/signing-keys.js";
export type { Webhooks } from "./resources/webhooks.js";
export type { ReceiveWebhookOptions } from "./webhooks/delivery/options.js";
export type { ReceivedWebhook } from "./webhooks/delivery/receive.js";

export { PurseAbortError } from "./errors/abort-error.js";
export { isPurseError, type AnyPurseError, type PurseOtherApiError } from "./errors/union.js";
export {
  PurseApiError,
  PurseAuthenticationError,
  PurseBadRequestError,
  PurseConflictError,
  PurseIdempotencyConflictError,
  PurseNotFoundError,
  PursePermissionError,
  PurseRateLimitError,
  PurseServerError,
  type ApiErrorCode,
  type FieldProblem,
} from "./errors/api-error.js";
export type { CheckoutRefusal, PurseCheckoutError } from "./errors/checkout-error.js";
export { PurseConfigurationError } from "./errors/configuration-error.js";
export { PurseConnectionError } from "./errors/connection-error.js";
export { PurseInvalidArgumentError } from "./errors/invalid-argument-error.js";
export {
  PurseOutcomeUnknownError,
  type Inspection,
  type OutcomeUnknownReason,
} from "./errors/outcome-unknown-error.js";
export { PurseError, type ProblemSummary, type SafeCause } from "./errors/purse-error.js";
export { PurseRedirectionError, type RedirectionRefusal } from "./errors/redirection-error.js";
export { PurseTimeoutError } from "./errors/timeout-error.js";
export { PurseTokenError, type TokenFailureReason } from "./errors/token-error.js";
export { PurseUnreadableResponseError, type UnreadableReason } from "./errors/unreadable-response-error.js";
export { PurseWebhookError, type WebhookRefusal } from "./errors/webhook-error.js";

export * from "../generated/enums.js";
export type { OperationList } from "../generated/operations.js";
export type {
  AccessToken,
  AccountAgeIndicator,
  AccountChangeIndicator,
  Address,
  AddressRequest,
  Amounts,
  Authentication,
  AuthenticationMethod,
  AuthenticationStatus,
  Authorization,
  AuthorizationStatus,
  AuthorizationTransaction,
  Browser,
  CaptureMode,
  Card,
  CardNetwork,
  ChallengeIndicator,
  ClientSession,
  ClientSessionLinks,
  ClientSessionStatus,
  Currency,
  Customer,
  CustomerAccount,
  CustomerType,
  DeliveryQuickness,
  DeliveryType,
  Discount,
  DiscountRequest,
  EligibleSolution,
  EligibleSolutionList,
  FormRedirection,
  Gender,
  IntegrationMode,
  ItemLine,
  ItemLineRequest,
  ItemLineType,
  Link,
  LinkMethod,
  LinkRedirection,
  MinorUnits,
  NewCardSplit,
  Operation,
  OperationOrder,
  OperationOrderRequest,
  OperationShipment,
  OperationShipmentRequest,
  OperationStatus,
  OperationTransaction,
  Order,
  OrderRequest,
  Overview,
  OverviewStatus,
  ParentPaymentSplit,
  ParentTokenSplit,
  ParentTransactionSplit,
  Partner,
  PartnerAdditionalData,
  Payment,
  PaymentHrefs,
  PaymentLink,
  PaymentLinkStatus,
  PaymentMethod,
  PaymentRedirection,
  PaymentThreeDsAuthenticationOptions,
  PostRedirection,
  Problem,
  ProblemError,
  ProblemType,
  PurseJsonWebKey,
  PurseJsonWebKeySet,
  RedirectionClaims,
  SavedCardSplit,
  Shipment,
  ShipmentRequest,
  ShippingAddress,
  ShippingAddressRequest,
  SolutionSplit,
  Split,
  SplitRequest,
  ThreeDsFlow,
  ThreeDsResult,
  TriggeredBy,
  Webhook,
  WebhookEventType,
  WebhookHeader,
  WebhookHeaderRequest,
  WebhookRequest,
  Widget,
} from "../generated/schema.js";
