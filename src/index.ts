export { Purse } from "./client.js";
export type { PurseEnvironment, PurseOptions, RequestOptions } from "./options.js";
export { deriveIdempotencyKey, type DeriveIdempotencyKeyInput } from "./idempotency/derived-key.js";
export type { TokenStore } from "./auth/token-store.js";
export type { ClientAuthentication } from "./auth/credentials.js";
export type { FetchFunction } from "./http/exchange.js";
export type { PollOptions } from "./http/poll.js";
export type { PursePromise, PurseResponse } from "./http/purse-promise.js";

export type { AccessTokens } from "./resources/access-tokens.js";
export type { ClientSessions } from "./resources/client-sessions.js";
export { findOperation, type FindOperationQuery } from "./resources/find-operation.js";
export type {
  CaptureParams,
  CreateClientSessionParams,
  CreatePaymentParams,
  RefundParams,
  VoidParams,
} from "./resources/params.js";
export type { Payments, RetrievePaymentOptions } from "./resources/payments.js";
export type { Redirection } from "./resources/redirection.js";
export type { RedirectionInput } from "./redirection/token-input.js";
export type { VerifyOptions } from "./redirection/verifier.js";
export type { SigningKeys } from "./resources/signing-keys.js";

export { PurseAbortError } from "./errors/abort-error.js";
export type { AnyPurseError, PurseOtherApiError } from "./errors/any-purse-error.js";
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
  type FieldProblem,
} from "./errors/api-error.js";
export { PurseConfigurationError } from "./errors/configuration-error.js";
export { PurseConnectionError } from "./errors/connection-error.js";
export { PurseInvalidArgumentError } from "./errors/invalid-argument-error.js";
export {
  PurseOutcomeUnknownError,
  type Inspection,
  type OutcomeUnknownReason,
} from "./errors/outcome-unknown-error.js";
export { isPurseError, PurseError, type ProblemSummary, type SafeCause } from "./errors/purse-error.js";
export { PurseRedirectionError, type RedirectionRefusal } from "./errors/redirection-error.js";
export { PurseTimeoutError } from "./errors/timeout-error.js";
export { PurseTokenError, type TokenFailureReason } from "./errors/token-error.js";
export { PurseUnreadableResponseError, type UnreadableReason } from "./errors/unreadable-response-error.js";

export * from "../generated/enums.js";
export type {
  AccessToken,
  Address,
  Amounts,
  Authentication,
  Authorization,
  AuthorizationTransaction,
  Browser,
  Card,
  ClientSession,
  Customer,
  CustomerAccount,
  Discount,
  EligibleSolution,
  ItemLine,
  JsonWebKey as PurseJsonWebKey,
  JsonWebKeySet as PurseJsonWebKeySet,
  Link,
  Operation,
  OperationOrder,
  OperationTransaction,
  Order,
  Overview,
  Payment,
  PaymentThreeDsAuthenticationOptions,
  Problem,
  Redirection as PaymentRedirection,
  RedirectionClaims,
  Shipment,
  ShippingAddress,
  Split,
  SplitRequest,
  ThreeDsResult,
  Webhook,
  WebhookHeader,
  Widget,
} from "../generated/schema.js";
