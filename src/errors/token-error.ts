import { PurseError, type PurseErrorFacts } from "./purse-error.js";

/**
 * Why there is no access token. `credentials_refused` needs a person; the others may pass by themselves.
 */
export type TokenFailureReason = "credentials_refused" | "unavailable" | "unusable_answer";

/** No access token could be had, so the call itself was not sent. */
export class PurseTokenError extends PurseError {
  override get name(): "PurseTokenError" {
    return "PurseTokenError";
  }
  readonly code = "token";
  readonly reason: TokenFailureReason;

  constructor(reason: TokenFailureReason, message: string, facts?: PurseErrorFacts) {
    super(message, facts);
    this.reason = reason;
  }
}
