import { PurseError, type SafeCause } from "./purse-error.js";

/** Why a redirection token was refused. */
export type RedirectionRefusal =
  | "parameter_missing"
  | "parameter_repeated"
  | "token_malformed"
  | "algorithm_refused"
  | "header_refused"
  | "key_unknown"
  | "keys_unavailable"
  | "signature_invalid"
  | "claims_invalid"
  | "not_current"
  | "other_session"
  | "session_missing";

/**
 * The return URL has no genuine token of this service. Treat the visit as unpaid. `keys_unavailable` means that the token
 * could not be checked: try again later.
 */
export class PurseRedirectionError extends PurseError {
  override get name(): "PurseRedirectionError" {
    return "PurseRedirectionError";
  }
  readonly code = "redirection";
  /** Why the token was refused. Only `keys_unavailable` says nothing about it. */
  readonly reason: RedirectionRefusal;

  constructor(reason: RedirectionRefusal, message: string, cause?: SafeCause) {
    super(message, { cause });
    this.reason = reason;
  }
}
