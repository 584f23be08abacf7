import type { PurseAbortError } from "./abort-error.js";
import type {
  PurseApiError,
  PurseAuthenticationError,
  PurseBadRequestError,
  PurseConflictError,
  PurseIdempotencyConflictError,
  PurseNotFoundError,
  PursePermissionError,
  PurseRateLimitError,
  PurseServerError,
} from "./api-error.js";
import type { PurseCheckoutError } from "./checkout-error.js";
import type { PurseConfigurationError } from "./configuration-error.js";
import type { PurseConnectionError } from "./connection-error.js";
import type { PurseInvalidArgumentError } from "./invalid-argument-error.js";
import type { PurseOutcomeUnknownError } from "./outcome-unknown-error.js";
import { brand } from "./purse-error.js";
import type { PurseRedirectionError } from "./redirection-error.js";
import type { PurseTimeoutError } from "./timeout-error.js";
import type { PurseTokenError } from "./token-error.js";
import type { PurseUnreadableResponseError } from "./unreadable-response-error.js";
import type { PurseWebhookError } from "./webhook-error.js";

/** An answer with a status that has no class of its own. */
export type PurseOtherApiError = PurseApiError & {
  /** Names the kind of failure. */
  readonly code: "api";
};

/**
 * Every error this package throws, as a union over the literal `code`.
 *
 * @example
 * ```ts
 * import type { AnyPurseError } from "purse-payments";
 *
 * function whatToDo(error: AnyPurseError): string {
 *   switch (error.code) {
 *     case "outcome_unknown":
 *       return `repeat the call with key ${error.idempotencyKey}`;
 *     case "rate_limit":
 *       return `wait ${error.retryAfterMs ?? 1000} ms`;
 *     default:
 *       return error.message;
 *   }
 * }
 * ```
 */
export type AnyPurseError =
  | PurseAbortError
  | PurseAuthenticationError
  | PurseBadRequestError
  | PurseCheckoutError
  | PurseConfigurationError
  | PurseConflictError
  | PurseConnectionError
  | PurseIdempotencyConflictError
  | PurseInvalidArgumentError
  | PurseNotFoundError
  | PurseOtherApiError
  | PurseOutcomeUnknownError
  | PursePermissionError
  | PurseRateLimitError
  | PurseRedirectionError
  | PurseServerError
  | PurseTimeoutError
  | PurseTokenError
  | PurseUnreadableResponseError
  | PurseWebhookError;

/**
 * Whether a caught value is an error of this package, even if two copies of the package are loaded and `instanceof` fails.
 *
 * @example
 * ```ts
 * import { isPurseError } from "purse-payments";
 *
 * try {
 *   // a call
 * } catch (error) {
 *   if (isPurseError(error) && error.code === "outcome_unknown") console.error(error.idempotencyKey);
 *   else throw error;
 * }
 * ```
 */
export function isPurseError(value: unknown): value is AnyPurseError {
  return typeof value === "object" && value !== null && brand in value;
}
