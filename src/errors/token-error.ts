import { PurseError, type PurseErrorFacts } from "./purse-error.js";

/**
 * Why there is no access token. The first two last until a setting is changed; the others may be temporary.
 *
 * - `credentials_refused`: the token endpoint says `invalid_client` or `unauthorized_client`, or answers with 401 and JSON or nothing.
 * - `request_refused`: another 4xx. The message names the error of RFC 6749, section 5.2, if there is one; an answer that is not
 *   JSON comes from something in between, such as a firewall, or from a URL that is not the token endpoint.
 * - `unavailable`: no answer, or 408, 425, 429, 5xx or a redirect; or the `clientSecret` function failed.
 * - `unusable_answer`: a success without a usable token.
 */
export type TokenFailureReason =
  "credentials_refused" | "request_refused" | "unavailable" | "unusable_answer";

/**
 * There is no access token: the call was not sent, or had been refused with 401 or 429. `retryAfterMs` is how long the token
 * endpoint asks to wait, if it does.
 */
export class PurseTokenError extends PurseError {
  override get name(): "PurseTokenError" {
    return "PurseTokenError";
  }
  readonly code = "token";
  /** Why there is no token. */
  readonly reason: TokenFailureReason;

  constructor(reason: TokenFailureReason, message: string, facts?: PurseErrorFacts) {
    super(message, facts);
    this.reason = reason;
  }
}
